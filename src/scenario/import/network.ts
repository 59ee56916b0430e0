import { type ElementReader, quoted } from "./reader.ts";
import type { Place } from "./xml.ts";

/** Which endpoint of which role an access control list guards. */
export interface EndpointAcl {
  readonly role: string;
  readonly rolePlace: Place;
  readonly endpoint: string;
  readonly endpointPlace: Place;
}

/** Notes what a shape cannot say about a `<NetworkConfiguration>`: addresses, ranges of addresses, order numbers, names that refer. */
export function checkNetwork(network: ElementReader): void {
  for (const server of network.within("Dns", "DnsServers").flatMap((servers) => servers.all("DnsServer")))
    checkAddress(server, "IPAddress");
  const frontEnds = network.within("LoadBalancers", "LoadBalancer").flatMap((balancer) => balancer.all("FrontendIPConfiguration"));
  for (const frontEnd of frontEnds) checkAddress(frontEnd, "staticVirtualNetworkIPAddress");
  const lists = network.within("AccessControls", "AccessControl");
  for (const rule of lists.flatMap((list) => list.all("Rule"))) {
    rule.integer("order", 0, 65_535);
    const subnet = rule.optional("remoteSubnet") ?? "";
    const [address = "", bits = "", ...rest] = subnet.split("/");
    const isRange = rest.length === 0 && isAddress(address) && /^\d{1,2}$/.test(bits) && Number(bits) <= 32;
    if (subnet !== "" && !isRange)
      rule.error(`"remoteSubnet" is ${quoted(subnet)}; allowed is a range such as "10.1.0.0/16"`, "remoteSubnet");
  }
}

/** The access control lists that endpoints name; an unknown list is noted. */
export function readAcls(network: ElementReader): EndpointAcl[] {
  const lists = network.within("AccessControls", "AccessControl").map((list) => list.optional("name"));
  return network.within("EndpointAcls", "EndpointAcl").map((acl) => {
    acl.known("accessControl", lists, "there is no access control");
    return {
      role: acl.optional("role") ?? "",
      rolePlace: acl.place("role"),
      endpoint: acl.optional("endpoint") ?? "",
      endpointPlace: acl.place("endpoint"),
    };
  });
}

function checkAddress(reader: ElementReader, attribute: string): void {
  const address = reader.optional(attribute);
  if (address === undefined || address === "" || isAddress(address)) return;
  reader.error(`${quoted(attribute)} is ${quoted(address)}; allowed is an IPv4 address such as "10.0.0.4"`, attribute);
}

function isAddress(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}
