import { vmSize } from "../../model/hardware/sizes.ts";
import { defaultsOf } from "../defaults.ts";
import type { Scenario } from "../schema/scenario.ts";
import type { Endpoint } from "./endpoints.ts";
import { Names } from "./names.ts";
import { rulesOf } from "./rules.ts";
import type { Probe, Service, ServiceRole } from "./service.ts";

type ServiceSection = Scenario["service"];
type RoleSection = NonNullable<ServiceSection["roles"]>[string];
type EndpointSection = NonNullable<RoleSection["endpoints"]>[string];

/** The arrivals of a client nobody has told us about. */
const assumedRequests = "poisson(10/s)";
/** The arrivals of a queue nobody has told us about. */
const assumedMessages = "poisson(1/s)";

/** A scenario made of a service, and what it could not take over or took under another name, in plain sentences. */
export interface ScenarioDraft {
  readonly scenario: Scenario;
  readonly notes: readonly string[];
}

/**
 * The scenario of an imported service: one hour, one client for each input endpoint; a service without any has a queue for each worker
 * role instead. The load is assumed, and so is the datacenter when the service does not fit into the default one.
 */
export function toScenario(service: Service): ScenarioDraft {
  const roles = nameRoles(service);
  const section = sectionOf(service, roles);
  const datacenter = datacenterFor(service.roles);
  const balancer = balancerFor(service.roles);
  const clientNames = new Names();
  const clients = roles.flatMap(({ inputs, name }) =>
    inputs.map((input) => {
      const endpoint = inputs.length === 1 ? name : `${name}/${input.name}`;
      return [clientNames.fresh(endpoint.replace("/", "-")), { endpoint, arrivals: assumedRequests }] as const;
    }),
  );
  const workers = clients.length > 0 ? [] : roles.filter(({ role }) => role.kind === "worker").map(({ name }) => name);
  for (const name of workers) Object.assign(section.roles?.[name] ?? {}, { queue: name });
  const queues = workers.map((name) => [name, { arrivals: assumedMessages }] as const);
  const scenario: Scenario = {
    name: service.serviceName.slice(0, 100),
    summary: `The cloud service ${service.serviceName.slice(0, 100)}, imported from its definition and configuration.`,
    horizon: "1h",
    ...(datacenter === undefined ? {} : { datacenter }),
    service: section,
    ...(balancer === undefined ? {} : { balancer }),
    ...(queues.length === 0 ? {} : { queues: Object.fromEntries(queues) }),
    ...(clients.length === 0 ? {} : { clients: Object.fromEntries(clients) }),
  };
  return { scenario, notes: notesOn(service, roles) };
}

/** The section `service` that an imported service stands for, without any assumption about its load. */
export function toServiceSection(service: Service): ServiceSection {
  return sectionOf(service, nameRoles(service));
}

/** A role of an imported service and the names under which a scenario knows its parts. */
export interface NamedRole {
  readonly role: ServiceRole;
  /** The role's name in the scenario. */
  readonly name: string;
  /** Its input endpoints under their names in the scenario. */
  readonly inputs: readonly Endpoint[];
  /** Its internal endpoints, and their names in the scenario. */
  readonly internals: readonly { readonly name: string; readonly written: Endpoint }[];
  /** The names of its local storage in the scenario, in the order of the file. */
  readonly folders: readonly string[];
  /** Sentences on endpoints that could not keep their names. */
  readonly renamed: readonly string[];
}

/** The roles of a service with their names in a scenario. */
export function nameRoles(service: Service): NamedRole[] {
  const names = new Names();
  return service.roles.map((role) => {
    const endpoints = new Names();
    const written = role.endpoints.filter(({ kind }) => kind === "input");
    const inputs = written.map((input) => ({ ...input, name: endpoints.fresh(input.name) }));
    const name = names.fresh(role.name);
    const renamed = name === role.name ? [] : [`role "${role.name}" is named ${name} here`];
    const inside = new Names();
    const internals = role.endpoints
      .filter(({ kind }) => kind === "internal")
      .map((endpoint) => ({ name: inside.fresh(endpoint.name), written: endpoint }));
    for (const [index, { name: here }] of [...inputs, ...internals].entries()) {
      const before = written[index]?.name ?? internals[index - inputs.length]?.written.name ?? "";
      if (before !== here) renamed.push(`endpoint "${before}" of role "${role.name}" is named ${here} here`);
    }
    const storage = new Names();
    return { role, name, inputs, internals, folders: role.localStorage.map((folder) => storage.fresh(folder.name)), renamed };
  });
}

function sectionOf(service: Service, roles: readonly NamedRole[]): ServiceSection {
  // where the input endpoints agree, the balancer says it for all of them
  const agree = balancerFor(service.roles)?.idleTimeout !== undefined;
  const trafficRules = rulesOf(service, roles).map(({ from, to }) => ({ to, from: from === "all" ? from : [...from] }));
  return {
    upgradeDomains: service.upgradeDomainCount,
    ...(service.topologyChangeDiscovery === null ? {} : { topologyChangeDiscovery: discoveries[service.topologyChangeDiscovery] }),
    ...(trafficRules.length === 0 ? {} : { trafficRules }),
    ...(service.osVersion === "*" ? {} : { osVersion: service.osVersion }),
    ...((service.networkConfiguration?.reservedIPs.length ?? 0) > 0 ? { reservedIp: true } : {}),
    roles: Object.fromEntries(roles.map((role) => [role.name, roleSection(role, service.probes, agree)])),
  };
}

/** The words of the definition for how the topology is told. */
export const discoveries = { Blast: "blast", UpgradeDomainWalk: "upgrade-domain-walk" } as const;

function inputsOf(role: ServiceRole): Endpoint[] {
  return role.endpoints.filter((endpoint) => endpoint.kind === "input");
}

function roleSection({ role, inputs, internals, folders }: NamedRole, probes: readonly Probe[], agree: boolean): RoleSection {
  const section: RoleSection = { kind: role.kind, size: role.size, instances: role.instances };
  if (role.startupTasks.length > 0) {
    const names = taskNames(role.startupTasks);
    section.startupTasks = role.startupTasks.map((task, index) => ({ name: names[index]!, type: task.taskType }));
  }
  if (role.localStorage.length > 0) {
    const entries = role.localStorage.map(({ sizeInMB, cleanOnRoleRecycle }, index) => {
      return [folders[index]!, { size: `${sizeInMB}MiB`, cleanOnRoleRecycle }] as const;
    });
    section.localStorage = Object.fromEntries(entries);
  }
  if (internals.length > 0) section.internalEndpoints = internals.map(({ name }) => name);
  if (inputs.length > 0)
    section.endpoints = Object.fromEntries(
      inputs.map((input) => [input.name, endpointSection(input, probes, agree ? 4 : input.idleTimeoutInMinutes)]),
    );
  return section;
}

/** The names of startup tasks in a scenario, in their order. */
export function taskNames(tasks: ServiceRole["startupTasks"]): string[] {
  const names = new Names();
  return tasks.map(({ commandLine }) => taskName(commandLine, names));
}

/** The program of a command line without its folder: `setup\install.cmd > log` is install.cmd. */
function taskName(commandLine: string, tasks: Names): string {
  const program = commandLine.trim().split(/\s/)[0] ?? "";
  return tasks.fresh(program.slice(program.search(/[^\\/]*$/)));
}

/** A custom probe asks the application; silence for its time-out takes the instance out of rotation (platform-facts section 1.1). */
function endpointSection(endpoint: Endpoint, probes: readonly Probe[], minutes = 4): EndpointSection {
  const probe = probes.find(({ name }) => name === endpoint.probe);
  return {
    ...(probe === undefined
      ? {}
      : { probe: { interval: `${probe.intervalInSeconds}s`, evictAfter: `${probe.timeoutInSeconds}s`, asks: "application" } }),
    ...(endpoint.ignoreRoleInstanceStatus === true ? { ignoreRoleInstanceStatus: true } : {}),
    ...(minutes === 4 ? {} : { idleTimeout: `${minutes}min` }),
  };
}

/** The policies behind the words of the definition; none is the hash of the 5-tuple. */
const affinities: Readonly<Record<string, string | undefined>> = { sourceIP: "source-ip", sourceIPProtocol: "source-ip-protocol" };

/** The balancer, where all input endpoints agree on something other than the default. */
function balancerFor(roles: readonly ServiceRole[]): Scenario["balancer"] {
  const inputs = roles.flatMap(inputsOf);
  const agreed = <T>(read: (endpoint: Endpoint) => T): T | undefined => {
    const values = new Set(inputs.map(read));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const policy = affinities[agreed((endpoint) => endpoint.loadBalancerDistribution ?? "none") ?? "none"];
  const minutes = agreed((endpoint) => endpoint.idleTimeoutInMinutes) ?? 4;
  if (policy === undefined && minutes === 4) return undefined;
  return { ...(policy === undefined ? {} : { policy }), ...(minutes === 4 ? {} : { idleTimeout: `${minutes}min` }) };
}

/** A datacenter with twice the room that the service takes, or undefined when that is in the default one. */
function datacenterFor(roles: readonly ServiceRole[]): Scenario["datacenter"] {
  const { faultDomains, hostsPerFaultDomain, cores, memoryMiB, diskMiB } = defaultsOf("azure").datacenter;
  const sizes = roles.flatMap((role) => {
    const size = vmSize(role.size);
    return size === undefined ? [] : [{ ...size, instances: role.instances }];
  });
  const largest = (read: (size: (typeof sizes)[number]) => number): number => Math.max(0, ...sizes.map(read));
  const host = {
    cores: Math.max(
      cores,
      largest((size) => size.cores),
    ),
    memoryMiB: Math.max(
      memoryMiB,
      largest((size) => size.memoryMiB),
    ),
    diskMiB: Math.max(
      diskMiB,
      largest((size) => size.diskMiB),
    ),
  };
  const room = (size: (typeof sizes)[number]): number =>
    Math.floor(Math.min(host.cores / size.cores, host.memoryMiB / size.memoryMiB, host.diskMiB / size.diskMiB));
  const hosts = sizes.reduce((sum, size) => sum + Math.ceil(size.instances / room(size)), 0);
  const needed = Math.ceil((2 * hosts) / faultDomains);
  const isLarger = host.cores > cores || host.memoryMiB > memoryMiB || host.diskMiB > diskMiB;
  if (needed <= hostsPerFaultDomain && !isLarger) return undefined;
  return {
    hostsPerFaultDomain: Math.max(needed, hostsPerFaultDomain),
    ...(isLarger ? { host: { cores: host.cores, memory: `${host.memoryMiB}MiB`, disk: `${host.diskMiB}MiB` } } : {}),
  };
}

function notesOn(service: Service, roles: readonly NamedRole[]): string[] {
  const notes = roles.flatMap((role) => role.renamed);
  notes.push(`osFamily ${service.osFamily}: guest operating systems are all alike in a simulation`);
  const leftOut = (what: string, isMeant: (endpoint: Endpoint) => boolean): void => {
    const found = service.roles.flatMap((role) => role.endpoints.filter(isMeant).map((endpoint) => `${role.name}/${endpoint.name}`));
    if (found.length > 0) notes.push(`not simulated, ${what}: ${found.join(", ")}`);
  };
  leftOut("instance input endpoints", ({ kind }) => kind === "instanceInput");
  const balancer = balancerFor(service.roles);
  if (balancer?.policy === undefined)
    leftOut("loadBalancerDistribution", (endpoint) => (endpoint.loadBalancerDistribution ?? "none") !== "none");
  const kept = service.roles.filter(({ imports }) => imports.length > 0).map(({ imports, name }) => `${name} ${imports.join(" ")}`);
  if (kept.length > 0) notes.push(`not simulated, imported modules: ${kept.join(", ")}`);
  const names = { virtualNetworkSite: "virtual network", loadBalancers: "internal load balancers" } as const;
  for (const [key, what] of Object.entries(names) as (readonly [keyof typeof names, string])[]) {
    const found = service.networkConfiguration?.[key] ?? [];
    if (found.length > 0) notes.push(`not simulated, ${what}: ${typeof found === "string" ? found : found.join(", ")}`);
  }
  for (const key of ["accessControls", "endpointAcls", "dnsServers"] as const) {
    const count = service.networkConfiguration?.[key] ?? 0;
    if (count > 0) notes.push(`not simulated, ${key}: ${count}`);
  }
  const destinations = service.trafficRules.reduce((sum, { to }) => sum + to.length, 0);
  const open = destinations - rulesOf(service, roles).length;
  if (open > 0) notes.push(`not simulated, traffic rules for endpoints that are not internal: ${open}`);
  notes.push(...service.notUnderstood.map((what) => `not understood: ${what}`));
  return notes;
}
