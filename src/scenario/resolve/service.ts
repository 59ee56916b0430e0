import type { BalancerDesign, DatacenterDesign, EndpointDesign, ServiceDesign } from "../../model/design.ts";
import { balancingPolicies } from "../../model/policies/balancing/index.ts";
import { nearest, suggest } from "../nearest.ts";
import type { Path } from "../place.ts";
import { mostThings } from "../schema/datacenter.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { grouped } from "../schema/walk.ts";
import { type Context, sortedEntries } from "./context.ts";
import { resolveProbe } from "./probe.ts";
import { checkInternals, resolveTrafficRules, wireCalls } from "./roleCalls.ts";
import { checkIdleTimeout, type ReadRole, resolveRole } from "./roles.ts";

/** Names that selectors use for themselves. */
const reserved = ["host", "instance", "faultDomain"];
/** The platform's limit of one deployment (platform-facts 1.1). */
const mostRoles = 25;

/** Section `datacenter` with its defaults. */
export function resolveDatacenter(given: ReadScenario["datacenter"], context: Context): DatacenterDesign {
  const { datacenter: defaults } = context.defaults;
  const datacenter: DatacenterDesign = {
    faultDomains: given?.faultDomains ?? defaults.faultDomains,
    hostsPerFaultDomain: given?.hostsPerFaultDomain ?? hostsOf(given?.clusters) ?? defaults.hostsPerFaultDomain,
    host: {
      cores: given?.host?.cores ?? defaults.cores,
      memoryMiB: given?.host?.memory ?? defaults.memoryMiB,
      diskMiB: given?.host?.disk ?? defaults.diskMiB,
    },
    repairCrews: given?.repairCrews ?? defaults.repairCrews,
    clusters: resolveClusters(given?.clusters, context),
  };
  checkClusters(given, datacenter, context);
  const hosts = datacenter.faultDomains * datacenter.hostsPerFaultDomain;
  if (hosts > mostThings) {
    context.complain(["datacenter", "hostsPerFaultDomain"], `${grouped(hosts)} hosts are more than ${grouped(mostThings)}`);
  }
  return datacenter;
}

type GivenClusters = NonNullable<ReadScenario["datacenter"]>["clusters"];

function hostsOf(clusters: GivenClusters): number | undefined {
  return clusters?.reduce((sum, { hosts }) => sum + hosts, 0);
}

function resolveClusters(given: GivenClusters = [], context: Context): DatacenterDesign["clusters"] {
  let first = 0;
  const names: string[] = [];
  return given.map(({ hosts, name = String(names.length), sizes = [] }, place) => {
    first += hosts;
    if (names.includes(name)) context.complain(["datacenter", "clusters", place, "name"], `there is a cluster "${name}" already`);
    names.push(name);
    return { name, first: first - hosts, hosts, sizes };
  });
}

function checkClusters(given: ReadScenario["datacenter"], { hostsPerFaultDomain }: DatacenterDesign, context: Context): void {
  const hosts = hostsOf(given?.clusters) ?? hostsPerFaultDomain;
  if (hosts === hostsPerFaultDomain) return;
  const message = `the clusters have ${grouped(hosts)} hosts in each fault domain, hostsPerFaultDomain is ${grouped(hostsPerFaultDomain)}`;
  context.complain(["datacenter", "clusters"], message, { part: "key" });
}

/** Section `balancer` with its defaults. */
export function resolveBalancer(given: ReadScenario["balancer"], context: Context): BalancerDesign {
  const { connection, probe } = context.defaults;
  checkIdleTimeout(given?.idleTimeout, ["balancer", "idleTimeout"], context);
  const policy = given?.policy ?? context.defaults.policy;
  const isOwn = context.names.balancing.includes(policy);
  const known = [...balancingPolicies.map(({ kind }) => kind), ...context.names.balancing];
  if (!known.includes(policy)) context.complain(["balancer", "policy"], `policy cannot be "${policy}", ${suggest(policy, known)}`);
  else if (given?.weights !== undefined && !policy.startsWith("weighted-") && !isOwn) {
    context.complain(["balancer", "weights"], `weights go with a weighted policy, not with ${policy}`, { part: "key" });
  }
  return {
    policy,
    weights: given?.weights ?? [],
    probe: resolveProbe(given?.probe, probe, ["balancer", "probe"], context),
    idleTimeout: given?.idleTimeout ?? connection.idleTimeout,
    idleReset: given?.idleReset ?? connection.idleReset,
    sku: given?.sku ?? connection.sku,
  };
}

/** Section `service` with its defaults. */
export function resolveService(
  { service, subscription }: ReadScenario,
  datacenter: DatacenterDesign,
  balancer: BalancerDesign,
  context: Context,
): ServiceDesign {
  const { defaults } = context;
  const given = sortedEntries(service.roles);
  for (const [name, role] of given) checkRole(name, role, context);
  const pathOf = (role: string): Path => ["service", "roles", role];
  const read = given.map(([name, role]) => resolveRole(name, role, balancer.probe, pathOf(name), context));
  const roles = read.map((role) => wireCalls(role, read, pathOf(role.name), context));
  checkInternals(read, context);
  if (context.names.roles.length === 0) context.complain(["service"], "a service has at least one role", { part: "key" });
  if (given.length > mostRoles)
    context.complain(["service", "roles"], `a deployment has at most ${mostRoles} roles, not ${given.length}`, { part: "key" });
  const design: ServiceDesign = {
    upgradeDomains: service.upgradeDomains ?? defaults.upgradeDomains,
    deployedAtStart: service.deployedAtStart ?? defaults.deployedAtStart,
    reservedIp: service.reservedIp ?? defaults.reservedIp,
    version: service.version ?? defaults.version,
    topologyChangeDiscovery: service.topologyChangeDiscovery ?? defaults.topologyChangeDiscovery,
    trafficRules: resolveTrafficRules(service.trafficRules, roles, context),
    roles,
    coreQuota: subscription?.cores ?? defaults.coreQuota,
  };
  checkRoom(design, datacenter, context);
  return design;
}

function checkRole(name: string, role: ReadRole, context: Context): void {
  const path = ["service", "roles", name];
  if (role.kind === undefined) context.complain(path, `${name} has no "kind": web or worker`, { part: "key" });
  const taken = reserved.find((word) => word.toLowerCase() === name.toLowerCase());
  if (taken !== undefined)
    context.complain(path, `a role cannot be named "${name}": selectors mean something else by ${taken}`, { part: "key" });
}

function checkRoom(
  { coreQuota, roles }: ServiceDesign,
  { faultDomains, host, hostsPerFaultDomain }: DatacenterDesign,
  context: Context,
): void {
  let instances = 0;
  let cores = 0;
  for (const { name, size, instances: count } of roles) {
    instances += count;
    cores += count * size.cores;
    const fits = size.cores <= host.cores && size.memoryMiB <= host.memoryMiB && size.diskMiB <= host.diskMiB;
    if (!fits && count > 0)
      context.warn(["service", "roles", name, "size"], `no host has room for a ${size.name}: the instances of ${name} stay pending`);
  }
  if (instances > mostThings)
    context.complain(["service", "roles"], `${grouped(instances)} instances are more than ${grouped(mostThings)}`, { part: "key" });
  const room = faultDomains * hostsPerFaultDomain * host.cores;
  if (cores > room) {
    context.warn(
      ["service", "roles"],
      `the instances need ${grouped(cores)} cores, the datacenter has ${grouped(room)}: some stay pending`,
    );
  }
  if (coreQuota > 0 && cores > coreQuota) {
    context.complain(["subscription", "cores"], `the service needs ${grouped(cores)} cores, the quota is ${grouped(coreQuota)}`);
  }
}

/** The endpoint that a client's text means: `web`, `web/Endpoint1`, or `web/Debug/2` for one instance; undefined after a complaint. */
export function resolveEndpoint(
  text: string,
  service: ServiceDesign,
  path: readonly string[],
  context: Context,
): { role: string; endpoint: string; instance?: number } | undefined {
  const slash = text.indexOf("/");
  const name = slash < 0 ? text : text.slice(0, slash);
  if (!context.checkName("role", name, path, { at: 0, length: name.length })) return undefined;
  const role = service.roles.find((candidate) => candidate.name === name);
  if (role === undefined) return undefined;
  const names = role.endpoints.map((endpoint) => endpoint.name);
  if (names.length === 0) {
    context.complain(path, `role "${name}" has no endpoint: give it endpoints, or feed its queue`);
    return undefined;
  }
  if (slash < 0) {
    if (names.length === 1 && names[0] !== undefined) return { role: name, endpoint: names[0] };
    context.complain(
      path,
      `role "${name}" has ${names.length} endpoints: write ${names.map((endpoint) => `${name}/${endpoint}`).join(" or ")}`,
    );
    return undefined;
  }
  const [endpoint = "", instance] = text.slice(slash + 1).split("/");
  const found = role.endpoints.find((candidate) => candidate.name === endpoint);
  if (found !== undefined) return addressed(name, found, instance, path, context);
  const near = nearest(endpoint, names);
  const rest = near === undefined ? `its endpoints are: ${names.join(", ")}` : `did you mean "${near}"?`;
  context.complain(path, `role "${name}" has no endpoint "${endpoint}", ${rest}`, { at: slash + 1, length: endpoint.length });
  return undefined;
}

/** Of an instance-input endpoint one names the instance, of others not. */
function addressed(
  role: string,
  { instanceInput, name }: EndpointDesign,
  instance: string | undefined,
  path: readonly string[],
  context: Context,
): { role: string; endpoint: string; instance?: number } | undefined {
  const target = `${role}/${name}`;
  if (instanceInput !== true) {
    if (instance === undefined) return { role, endpoint: name };
    context.complain(path, `${target} is balanced: an instance is named only of an endpoint with instanceInput`);
    return undefined;
  }
  if (instance !== undefined && /^\d{1,6}$/.test(instance)) return { role, endpoint: name, instance: Number(instance) };
  context.complain(path, `${target} has a port for each instance: say which one, as in ${target}/0`);
  return undefined;
}
