import { type Named, openRoot } from "./definition.ts";
import type { ElementReader, Findings } from "./reader.ts";
import { networkShape } from "./shapes.ts";
import type { Place } from "./xml.ts";

/** A role of a service configuration. */
interface RoleConfiguration extends Named {
  /** Undefined when missing or wrong, which has been noted. */
  readonly instances: number | undefined;
  readonly instancesPlace: Place;
  readonly settings: readonly Named[];
  readonly certificates: readonly Named[];
}

/** The names in a `<NetworkConfiguration>`; counts of what is only there once or more. */
export interface NetworkConfiguration {
  readonly virtualNetworkSite: string | null;
  readonly instanceAddresses: readonly {
    readonly role: string;
    readonly subnets: readonly string[];
    readonly publicIPs?: readonly string[];
  }[];
  readonly reservedIPs: readonly string[];
  readonly loadBalancers: readonly string[];
  readonly accessControls?: number;
  readonly endpointAcls?: number;
  readonly dnsServers?: number;
}

/** A service configuration as read from its file, defaults filled in. */
export interface ServiceConfiguration {
  readonly serviceName: string;
  readonly serviceNamePlace: Place;
  readonly schemaVersion: string | null;
  readonly osFamily: string;
  readonly osVersion: string;
  readonly roles: readonly RoleConfiguration[];
  readonly network: NetworkConfiguration | null;
  readonly networkRoles: readonly Named[];
}

/** The XML namespace of every service configuration, whatever its schema version. */
const namespace = "http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration";
/** More instances than any cluster holds are a slip of the keyboard. */
const mostInstances = 999_999;

/** Reads the tree of a .cscfg file; mistakes go to the findings. Undefined if it is no service configuration at all. */
export function readConfiguration(findings: Findings): ServiceConfiguration | undefined {
  const root = openRoot(findings, "ServiceConfiguration", namespace);
  if (root === undefined) return undefined;
  const network = root.one("NetworkConfiguration");
  const addresses = network?.within("AddressAssignments", "InstanceAddress") ?? [];
  return {
    serviceName: root.required("serviceName"),
    serviceNamePlace: root.place("serviceName"),
    schemaVersion: root.optional("schemaVersion") ?? null,
    osFamily: String(root.integer("osFamily", 1, 99) ?? 1),
    osVersion: root.optional("osVersion") || "*",
    roles: root.all("Role").map(readRole),
    network: network === undefined ? null : readNetwork(network, addresses),
    networkRoles: addresses.map((address) => ({ name: address.required("roleName"), place: address.place("roleName") })),
  };
}

function readRole(role: ElementReader): RoleConfiguration {
  role.optional("vmName");
  const instances = role.one("Instances");
  const name = role.required("name");
  if (instances === undefined) role.error(`role "${name.slice(0, 80)}" has no <Instances count="..."/>, which is required`);
  return {
    name,
    place: role.place("name"),
    instances: instances?.requiredInteger("count", 1, mostInstances),
    instancesPlace: (instances ?? role).place("count"),
    settings: role.within("ConfigurationSettings", "Setting").map((setting) => readName(setting, ["value"])),
    certificates: role.within("Certificates", "Certificate").map((reader) => readName(reader, ["thumbprint", "thumbprintAlgorithm"])),
  };
}

function readName(reader: ElementReader, others: readonly string[]): Named {
  reader.accept({ attributes: others });
  return { name: reader.required("name"), place: reader.place("name") };
}

function readNetwork(network: ElementReader, addresses: readonly ElementReader[]): NetworkConfiguration {
  network.accept(networkShape);
  const counts = {
    accessControls: network.within("AccessControls", "AccessControl").length,
    endpointAcls: network.within("EndpointAcls", "EndpointAcl").length,
    dnsServers: network.within("Dns", "DnsServers").flatMap((servers) => servers.all("DnsServer")).length,
  };
  return {
    virtualNetworkSite: network.one("VirtualNetworkSite")?.optional("name") ?? null,
    instanceAddresses: addresses.map(readAddress),
    reservedIPs: network
      .all("AddressAssignments")
      .flatMap((assignments) => assignments.within("ReservedIPs", "ReservedIP"))
      .map((reader) => reader.optional("name") ?? ""),
    loadBalancers: network.within("LoadBalancers", "LoadBalancer").map((balancer) => {
      balancer.accept({
        children: { FrontendIPConfiguration: { attributes: ["type", "subnet", "staticVirtualNetworkIPAddress"] } },
      });
      return balancer.required("name");
    }),
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  };
}

function readAddress(address: ElementReader): NetworkConfiguration["instanceAddresses"][number] {
  const publicIPs = address.within("PublicIPs", "PublicIP").map((reader) => {
    reader.accept({ attributes: ["idleTimeoutInMinutes", "domainNameLabel"] });
    return reader.optional("name") ?? "";
  });
  return {
    role: address.optional("roleName") ?? "",
    subnets: address.within("Subnets", "Subnet").map((subnet) => subnet.required("name")),
    ...(publicIPs.length === 0 ? {} : { publicIPs }),
  };
}
