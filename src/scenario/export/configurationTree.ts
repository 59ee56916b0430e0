import type { NetworkConfiguration } from "../import/configuration.ts";
import type { Service } from "../import/service.ts";
import { childOf, childrenOf, element, keepChildren, named, setAttribute, type Tree } from "./tree.ts";

const space = "http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration";

/** A configuration that describes nothing yet. */
export function emptyConfiguration(): Tree {
  return element("ServiceConfiguration", { xmlns: space });
}

/** Changes a configuration so that it goes with the wanted service, as `describeDefinition` does. */
export function describeConfiguration(root: Tree, current: Service | undefined, wanted: Service): void {
  if (!root.attributes.has("xmlns")) root.attributes.set("xmlns", space);
  if (current?.serviceName !== wanted.serviceName) root.attributes.set("serviceName", wanted.serviceName);
  setAttribute(root, "osFamily", wanted.osFamily, "1");
  setAttribute(root, "osVersion", wanted.osVersion, "*");
  if (wanted.configurationSchemaVersion === null) root.attributes.delete("schemaVersion");
  else setAttribute(root, "schemaVersion", wanted.configurationSchemaVersion, undefined);
  keepChildren(root, ["Role"], (role) => wanted.roles.some(({ name }) => name === role.attributes.get("name")?.trim()));
  for (const role of wanted.roles) {
    const found = named(childrenOf(root, "Role"), role.name);
    const tree = found ?? element("Role", { name: role.name });
    if (found === undefined) root.children.push(tree);
    setAttribute(childOf(tree, "Instances"), "count", String(role.instances), undefined);
    const before = current?.roles.find(({ name }) => name === role.name);
    if ((before?.settings ?? 0) !== role.settings) describeSettings(tree, role.settings);
  }
  if (current !== undefined) forget(root, wanted);
  else if (wanted.networkConfiguration !== null) root.children.push(networkTree(wanted.networkConfiguration));
}

function describeSettings(role: Tree, count: number): void {
  keepChildren(role, ["ConfigurationSettings"], () => false);
  const settings = Array.from({ length: count }, (_, index) => element("Setting", { name: `Setting${index + 1}`, value: "" }));
  if (count > 0) role.children.push(element("ConfigurationSettings", {}, settings));
}

/** Leaves out addresses and access lists of roles and endpoints that are no more. */
function forget(root: Tree, wanted: Service): void {
  const roleOf = (tree: Tree, attribute: string) => wanted.roles.find(({ name }) => name === tree.attributes.get(attribute)?.trim());
  for (const network of childrenOf(root, "NetworkConfiguration")) {
    const known = new Set(wanted.mismatches.map(({ role }) => role));
    for (const assignments of childrenOf(network, "AddressAssignments")) {
      // an address of a role that never was is the file's own and stays
      keepChildren(assignments, ["InstanceAddress"], (address) => {
        return roleOf(address, "roleName") !== undefined || known.has(address.attributes.get("roleName")?.trim() ?? "");
      });
    }
    for (const acls of childrenOf(network, "EndpointAcls")) {
      keepChildren(acls, ["EndpointAcl"], (acl) => {
        const endpoint = acl.attributes.get("endpoint")?.trim();
        return roleOf(acl, "role")?.endpoints.some(({ name }) => name === endpoint) === true;
      });
    }
  }
}

function networkTree(network: NetworkConfiguration): Tree {
  const tree = element("NetworkConfiguration");
  if (network.virtualNetworkSite !== null) tree.children.push(element("VirtualNetworkSite", { name: network.virtualNetworkSite }));
  const addresses = network.instanceAddresses.map(({ publicIPs = [], role, subnets }) => {
    const inside = [element("Subnets", {}, namedTrees("Subnet", subnets))];
    if (publicIPs.length > 0) inside.push(element("PublicIPs", {}, namedTrees("PublicIP", publicIPs)));
    return element("InstanceAddress", { roleName: role }, inside);
  });
  const reserved = network.reservedIPs.map((name) => element("ReservedIPs", {}, [element("ReservedIP", { name })]));
  if (addresses.length + reserved.length > 0) tree.children.push(element("AddressAssignments", {}, [...addresses, ...reserved]));
  if (network.loadBalancers.length > 0) {
    const balancers = network.loadBalancers.map((name) => {
      return element("LoadBalancer", { name }, [element("FrontendIPConfiguration", { type: "private" })]);
    });
    tree.children.push(element("LoadBalancers", {}, balancers));
  }
  return tree;
}

function namedTrees(of: string, names: readonly string[]): Tree[] {
  return names.map((name) => element(of, { name }));
}
