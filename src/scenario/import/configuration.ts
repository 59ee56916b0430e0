import { type Named, openRoot } from "./definition.ts";
import { checkNetwork, type EndpointAcl, readAcls } from "./network.ts";
import { type ElementReader, type Findings, quoted } from "./reader.ts";
import { configurationShape, shapeAt } from "./shapes.ts";
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
  /** Access control lists and the endpoints that they guard. */
  readonly endpointAcls: readonly EndpointAcl[];
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
    ...readSystem(root),
    roles: root.all("Role").map(readRole),
    network: network === undefined ? null : readNetwork(network, addresses),
    endpointAcls: network === undefined ? [] : readAcls(network),
    networkRoles: addresses.map((address) => ({ name: address.required("roleName"), place: address.place("roleName") })),
  };
}

/** Guest OS families 1 to 7: Windows Server 2008 to 2022. */
const lastFamily = 7;
/** How a version of the guest OS is named when it is not `*`; the first group is its family. */
export const versionPattern = /^WA-GUEST-OS-(\d+)\.\d+_\d{6}-\d\d$/;

function readSystem(root: ElementReader): Pick<ServiceConfiguration, "osFamily" | "osVersion"> {
  const osFamily = String(root.integer("osFamily", 1, lastFamily) ?? 1);
  const osVersion = root.optional("osVersion") || "*";
  const family = versionPattern.exec(osVersion)?.[1];
  if (osVersion !== "*" && family === undefined) {
    root.error(
      `"osVersion" is ${quoted(osVersion)}; allowed are "*" and versions such as "WA-GUEST-OS-${osFamily}.1_201501-01"`,
      "osVersion",
    );
  } else if (family !== undefined && family !== osFamily) {
    root.error(`"osVersion" is ${quoted(osVersion)}, a version of family ${family}, but "osFamily" is ${osFamily}`, "osVersion");
  }
  return { osFamily, osVersion };
}

/** The longest name of a virtual machine, in characters. */
const longestVmName = 10;

function readRole(role: ElementReader): RoleConfiguration {
  const vmName = role.optional("vmName");
  if (vmName !== undefined && vmName.length > longestVmName) {
    role.error(`"vmName" is ${quoted(vmName)}, ${vmName.length} characters long; at most ${longestVmName} are allowed`, "vmName");
  }
  for (const name of ["ConfigurationSettings", "Certificates"]) {
    role.accept({ children: { [name]: shapeAt(configurationShape, "Role", name) } });
  }
  const instances = role.one("Instances");
  const name = role.required("name");
  if (instances === undefined) role.error(`role "${name.slice(0, 80)}" has no <Instances count="..."/>, which is required`);
  return {
    name,
    place: role.place("name"),
    instances: instances?.requiredInteger("count", 1, mostInstances),
    instancesPlace: (instances ?? role).place("count"),
    settings: role.within("ConfigurationSettings", "Setting").map(readName),
    certificates: role.within("Certificates", "Certificate").map(readName),
  };
}

function readName(reader: ElementReader): Named {
  return { name: reader.required("name"), place: reader.place("name") };
}

function readNetwork(network: ElementReader, addresses: readonly ElementReader[]): NetworkConfiguration {
  network.accept(shapeAt(configurationShape, "NetworkConfiguration"));
  checkNetwork(network);
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
    loadBalancers: network.within("LoadBalancers", "LoadBalancer").map((balancer) => balancer.required("name")),
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  };
}

function readAddress(address: ElementReader): NetworkConfiguration["instanceAddresses"][number] {
  const publicIPs = address.within("PublicIPs", "PublicIP").map((reader) => reader.optional("name") ?? "");
  return {
    role: address.optional("roleName") ?? "",
    subnets: address.within("Subnets", "Subnet").map((subnet) => subnet.required("name")),
    ...(publicIPs.length === 0 ? {} : { publicIPs }),
  };
}
