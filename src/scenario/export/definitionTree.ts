import type { Service, ServiceRole } from "../import/service.ts";
import { describeEndpoints } from "./endpointTrees.ts";
import { childOf, childrenOf, element, keepChildren, named, setAttribute, type Tree, within } from "./tree.ts";

const space = "http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition";
const elements = { web: "WebRole", worker: "WorkerRole" } as const;

/** A definition that describes nothing yet. */
export function emptyDefinition(): Tree {
  return element("ServiceDefinition", { xmlns: space });
}

/**
 * Changes a definition so that it describes the wanted service: what `current`, the service as it was read from it, already says stays as it
 * is written, with everything in it that has no meaning here.
 */
export function describeDefinition(root: Tree, current: Service | undefined, wanted: Service): void {
  if (!root.attributes.has("xmlns")) root.attributes.set("xmlns", space);
  if (current?.serviceName !== wanted.serviceName) root.attributes.set("name", wanted.serviceName);
  setOptional(root, "schemaVersion", wanted.schemaVersion);
  setAttribute(root, "upgradeDomainCount", String(wanted.upgradeDomainCount), "5");
  setOptional(root, "topologyChangeDiscovery", wanted.topologyChangeDiscovery);
  if (!same(current?.probes ?? [], wanted.probes)) describeProbes(root, wanted);
  if (!same(current?.trafficRules ?? [], wanted.trafficRules)) describeRules(root, wanted);
  const roles = wanted.roles.map((role) => {
    const before = current?.roles.find(({ name }) => name === role.name);
    const tree = named(childrenOf(root, "WebRole", "WorkerRole"), role.name) ?? element(elements[role.kind], { name: role.name });
    tree.name = elements[role.kind];
    describeRole(tree, before, role);
    return tree;
  });
  keepChildren(root, ["WebRole", "WorkerRole"], () => false);
  root.children.push(...roles);
}

function setOptional(tree: Tree, name: string, wanted: string | null): void {
  if (wanted === null) tree.attributes.delete(name);
  else setAttribute(tree, name, wanted, undefined);
}

function describeRole(tree: Tree, current: ServiceRole | undefined, wanted: ServiceRole): void {
  setAttribute(tree, "vmsize", wanted.size, "Small");
  if (!same(current?.endpoints ?? [], wanted.endpoints)) {
    describeEndpoints(tree, current?.endpoints ?? [], wanted.endpoints);
    const names = wanted.endpoints.map(({ name }) => name);
    for (const bindings of within(tree, "Sites", "Site").flatMap((site) => childrenOf(site, "Bindings"))) {
      keepChildren(bindings, ["Binding"], (binding) => names.includes(binding.attributes.get("endpointName") ?? ""));
    }
  }
  if (!same(current?.startupTasks ?? [], wanted.startupTasks)) describeTasks(tree, wanted);
  if (!same(current?.localStorage ?? [], wanted.localStorage)) describeStorage(tree, wanted);
  if (!same(current?.imports ?? [], wanted.imports)) {
    const imports = wanted.imports.map((moduleName) => element("Import", { moduleName }));
    replace(tree, "Imports", ["Import"], imports);
  }
  if ((current?.settings ?? 0) !== wanted.settings) {
    const settings = Array.from({ length: wanted.settings }, (_, index) => element("Setting", { name: `Setting${index + 1}` }));
    replace(tree, "ConfigurationSettings", ["Setting"], settings);
  }
}

/** The tasks by their places in the list: what a task keeps to itself, its environment, stays with its place. */
function describeTasks(tree: Tree, wanted: ServiceRole): void {
  const before = within(tree, "Startup", "Task");
  const tasks = wanted.startupTasks.map((task, index) => {
    const made = before[index] ?? element("Task");
    setAttribute(made, "commandLine", task.commandLine, undefined);
    setAttribute(made, "executionContext", task.executionContext, "limited");
    setAttribute(made, "taskType", task.taskType, "simple");
    return made;
  });
  replace(tree, "Startup", ["Task"], tasks);
}

function describeStorage(tree: Tree, wanted: ServiceRole): void {
  const storage = wanted.localStorage.map(({ cleanOnRoleRecycle, name, sizeInMB }) =>
    element("LocalStorage", {
      name,
      cleanOnRoleRecycle: cleanOnRoleRecycle ? undefined : "false",
      sizeInMB: sizeInMB === 100 ? undefined : sizeInMB,
    }),
  );
  keepChildren(tree, ["LocalStorage"], () => false);
  replace(tree, "LocalResources", ["LocalStorage"], storage);
}

function describeProbes(root: Tree, wanted: Service): void {
  const probes = wanted.probes.map(({ intervalInSeconds, name, path, port, protocol, timeoutInSeconds }) =>
    element("LoadBalancerProbe", {
      name,
      protocol,
      path: path ?? undefined,
      port: port ?? undefined,
      intervalInSeconds: intervalInSeconds === 15 ? undefined : intervalInSeconds,
      timeoutInSeconds: timeoutInSeconds === 31 ? undefined : timeoutInSeconds,
    }),
  );
  replace(root, "LoadBalancerProbes", ["LoadBalancerProbe"], probes);
}

function describeRules(root: Tree, wanted: Service): void {
  const rules = wanted.trafficRules.map(({ from, to }) => {
    const destinations = to.map(({ endpoint, role }) => element("RoleEndpoint", { endpointName: endpoint, roleName: role }));
    const sources = (from ?? []).map((roleName) => element("FromRole", { roleName }));
    const who = from === null ? element("AllowAllTraffic") : element("WhenSource", { matches: "AnyRule" }, sources);
    return element("OnlyAllowTrafficTo", {}, [element("Destinations", {}, destinations), who]);
  });
  replace(root, "NetworkTrafficRules", ["OnlyAllowTrafficTo"], rules);
}

/** Puts children into the one container of a name, which is made or, when nothing is left in it, removed. */
function replace(tree: Tree, container: string, names: readonly string[], children: readonly Tree[]): void {
  for (const found of childrenOf(tree, container)) keepChildren(found, names, () => false);
  if (children.length > 0) childOf(tree, container).children.push(...children);
  keepChildren(tree, [container], (child) => child.children.length > 0);
}

/** Claims that two values of the service model, plain data made in the same order of keys or not, are equal. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
