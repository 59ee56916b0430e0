import type { BalancerDesign, Design, EndpointDesign, ProbeDesign, RoleDesign } from "../../model/design.ts";
import { versionPattern } from "../import/configuration.ts";
import type { Endpoint } from "../import/endpoints.ts";
import { rulesOf } from "../import/rules.ts";
import type { Probe, Service, ServiceRole } from "../import/service.ts";
import { discoveries, type NamedRole, nameRoles, taskNames } from "../import/toScenario.ts";
import { Ports } from "./ports.ts";

/** A service for the files of the platform, and in plain sentences what was assumed or cannot be said there. */
export interface ServiceDraft {
  readonly service: Service;
  readonly notes: readonly string[];
}

/**
 * The service of a scenario. With `origin`, the service of the files that the scenario names, only what the scenario changes differs from it;
 * without, ports are assumed and probes ask for "/".
 */
export function serviceOfDesign(serviceName: string, design: Design, osVersion: string, origin: Service | undefined): ServiceDraft {
  const notes: string[] = [];
  const before = origin === undefined ? [] : nameRoles(origin);
  const probes = new Map((origin?.probes ?? []).map((probe) => [probe.name, probe]));
  const draft = { notes, probes, ports: new Ports(origin?.roles ?? []), balancer: origin === undefined ? design.balancer : undefined };
  const wanted = new Map(design.service.roles.map((role) => [role.name, role]));
  const kept = before.filter(({ name }) => wanted.has(name));
  const added = design.service.roles.filter((role) => !kept.some(({ name }) => name === role.name));
  const roles = [
    ...kept.map((known) => roleOf(wanted.get(known.name)!, known, draft)),
    ...added.map((role) => roleOf(role, undefined, draft)),
  ];
  const trafficRules = trafficRulesOf(design, origin, before, roles);
  const used = new Set(roles.flatMap(({ endpoints }) => endpoints.map(({ probe }) => probe)));
  const service: Service = {
    serviceName: origin?.serviceName ?? serviceName,
    schemaVersion: origin?.schemaVersion ?? null,
    configurationSchemaVersion: origin?.configurationSchemaVersion ?? null,
    upgradeDomainCount: design.service.upgradeDomains,
    topologyChangeDiscovery: discoveryOf(design, origin),
    ...systemOf(osVersion, origin, notes),
    roles,
    // a probe of the files that nobody names stays; a new one is there because somebody does
    probes: [...probes.values()].filter(({ name }) => used.has(name) || origin?.probes.some((probe) => probe.name === name)),
    networkTrafficRules: trafficRules.length,
    trafficRules,
    networkConfiguration: origin?.networkConfiguration ?? null,
    mismatches: origin?.mismatches ?? [],
    notUnderstood: origin?.notUnderstood ?? [],
  };
  return { service, notes };
}

/** The guest OS: the names of the platform carry their family, those that are no names of the platform cannot be written. */
function systemOf(osVersion: string, origin: Service | undefined, notes: string[]): Pick<Service, "osFamily" | "osVersion"> {
  const { osFamily = "1", osVersion: written = "*" } = origin ?? {};
  if (osVersion === written) return { osFamily, osVersion };
  const family = versionPattern.exec(osVersion)?.[1];
  if (osVersion !== "*" && family === undefined)
    notes.push(`osVersion "${osVersion}" is no name of the platform; it is written as ${written}`);
  return { osFamily: family ?? osFamily, osVersion: osVersion === "*" || family !== undefined ? osVersion : written };
}

/** As the files say it; without them only what is not the scenario's default is written. */
function discoveryOf({ service }: Design, origin: Service | undefined): Service["topologyChangeDiscovery"] {
  const written = origin?.topologyChangeDiscovery ?? null;
  const said = written === null ? "blast" : discoveries[written];
  if (service.topologyChangeDiscovery === said) return written;
  return service.topologyChangeDiscovery === "blast" ? "Blast" : "UpgradeDomainWalk";
}

/** The rules of the files, as long as the scenario has the same; else those of the scenario, one destination each. */
function trafficRulesOf(
  { service }: Design,
  origin: Service | undefined,
  before: readonly NamedRole[],
  roles: readonly ServiceRole[],
): Service["trafficRules"] {
  const isThere = ({ endpoint, role }: { role: string; endpoint: string }): boolean =>
    roles.some(({ endpoints, name }) => name === role && endpoints.some((found) => found.name === endpoint));
  const kept = (origin?.trafficRules ?? []).filter(
    (rule) => rule.to.every(isThere) && (rule.from ?? []).every((name) => roles.some((role) => role.name === name)),
  );
  const said = origin === undefined ? [] : rulesOf({ ...origin, trafficRules: kept }, before);
  const inOrder = (rules: Design["service"]["trafficRules"]) => JSON.stringify(rules.map(({ from, to }) => [to.role, to.endpoint, from]));
  if (inOrder(said) === inOrder(service.trafficRules)) return kept;
  const nameOf = (role: string): string => before.find(({ name }) => name === role)?.role.name ?? role;
  return service.trafficRules.map(({ from, to }) => {
    const internals = before.find(({ name }) => name === to.role)?.internals ?? [];
    const endpoint = internals.find(({ name }) => name === to.endpoint)?.written.name ?? to.endpoint;
    return { to: [{ role: nameOf(to.role), endpoint }], from: from === "all" ? null : from.map(nameOf) };
  });
}

/** An internal endpoint as the files have it, or a new one on a port that the platform chooses. */
function internalOf(name: string, known: NamedRole | undefined): Endpoint {
  const written = known?.internals.find((internal) => internal.name === name)?.written;
  return written ?? { name, kind: "internal", protocol: "tcp", port: null, localPort: null, probe: null };
}

interface Drafting {
  readonly notes: string[];
  readonly probes: Map<string, Probe>;
  readonly ports: Ports;
  /** The balancer of a scenario without files; with files the endpoints say it. */
  readonly balancer: BalancerDesign | undefined;
}

function roleOf(wanted: RoleDesign, known: NamedRole | undefined, draft: Drafting): ServiceRole {
  const before = known?.role;
  const name = before?.name ?? wanted.name;
  if (wanted.instances === 0) draft.notes.push(`role "${name}" has no instances; it is written with 1, the least that the platform takes`);
  const names = taskNames(before?.startupTasks ?? []);
  return {
    name,
    kind: wanted.kind,
    size: wanted.size.name,
    instances: Math.max(1, wanted.instances),
    endpoints: [
      ...balancedInputsOf(wanted, known, draft).map((endpoint) => endpointOf(endpoint, wanted, known, draft)),
      ...wanted.internalEndpoints.map((endpoint) => internalOf(endpoint, known)),
      ...(before?.endpoints.filter(({ kind }) => kind === "instanceInput") ?? []),
    ].sort((a, b) => placeIn(before, a.name) - placeIn(before, b.name)),
    startupTasks: wanted.startupTasks.map((task, index) => {
      const written = before?.startupTasks[index];
      const commandLine = written !== undefined && names[index] === task.name ? written.commandLine : task.name;
      return { commandLine, executionContext: written?.executionContext ?? "limited", taskType: task.type };
    }),
    localStorage: storageOf(wanted, known),
    imports: before?.imports ?? [],
    settings: before?.settings ?? 0,
  };
}

/** Input endpoints that a definition can be written for: ports of single instances have no range in a scenario. */
function balancedInputsOf(wanted: RoleDesign, known: NamedRole | undefined, { notes }: Drafting): RoleDesign["endpoints"] {
  return inputsOf(wanted, known).filter(({ instanceInput, name }) => {
    if (instanceInput === true)
      notes.push(`endpoint "${name}" of role "${wanted.name}" is left out: a scenario has no range of ports for its instances`);
    return instanceInput !== true;
  });
}

/** A web role without input endpoints in its files has one in a scenario, under its own name, that nobody wrote. */
function inputsOf({ endpoints, name }: RoleDesign, known: NamedRole | undefined): RoleDesign["endpoints"] {
  const isUnwritten = known?.inputs.length === 0 && endpoints.length === 1 && endpoints[0]?.name === name;
  return isUnwritten ? [] : endpoints;
}

/** Endpoints stay in the order of the file; new ones follow. */
function placeIn(role: ServiceRole | undefined, name: string): number {
  const index = role?.endpoints.findIndex((endpoint) => endpoint.name === name) ?? -1;
  return index === -1 ? Number.MAX_SAFE_INTEGER : index;
}

function storageOf(wanted: RoleDesign, known: NamedRole | undefined): ServiceRole["localStorage"] {
  const order = known?.folders ?? [];
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...wanted.localStorage]
    .sort((a, b) => place(a.name) - place(b.name))
    .map(({ cleanOnRoleRecycle, name, sizeMiB }) => ({
      name: known?.role.localStorage[order.indexOf(name)]?.name ?? name,
      sizeInMB: Math.max(1, Math.ceil(sizeMiB)),
      cleanOnRoleRecycle,
    }));
}

function endpointOf(wanted: EndpointDesign, role: RoleDesign, known: NamedRole | undefined, draft: Drafting): Endpoint {
  const index = known?.inputs.findIndex(({ name }) => name === wanted.name) ?? -1;
  const written = index === -1 ? undefined : known?.role.endpoints.filter(({ kind }) => kind === "input")[index];
  const probe = probeOf(wanted, role, written?.probe ?? null, draft);
  if (written !== undefined) return { ...written, probe };
  const { notes, ports } = draft;
  const port = ports.fresh(role.kind);
  notes.push(`endpoint "${wanted.name}" of role "${role.name}" gets port ${port}: a scenario has no ports`);
  return {
    name: wanted.name,
    kind: "input",
    protocol: role.kind === "web" ? "http" : "tcp",
    port,
    localPort: port,
    probe,
    ignoreRoleInstanceStatus: wanted.ignoreRoleInstanceStatus === true,
    ...balancing(draft.balancer, wanted.idleTimeout),
  };
}

const minute = 60_000_000;

/** The words of the definition for policies that it knows; others are written as none, the hash of the 5-tuple. */
const affinities: Readonly<Record<string, Endpoint["loadBalancerDistribution"]>> = {
  "source-ip": "sourceIP",
  "source-ip-protocol": "sourceIPProtocol",
};

function balancing(
  balancer: BalancerDesign | undefined,
  idleTimeout: number | undefined,
): Pick<Endpoint, "idleTimeoutInMinutes" | "loadBalancerDistribution"> {
  const minutes = (idleTimeout ?? balancer?.idleTimeout ?? 0) / minute;
  return {
    idleTimeoutInMinutes: Number.isInteger(minutes) && minutes >= 4 && minutes <= 30 ? minutes : 4,
    loadBalancerDistribution: affinities[balancer?.policy ?? "hash"] ?? "none",
  };
}

const second = 1_000_000;

/** The name of the custom probe of an endpoint: the one it has when that says the same, one made for another endpoint, or a new one; null for the agent's own. */
function probeOf({ name, probe }: EndpointDesign, role: RoleDesign, before: string | null, { notes, probes }: Drafting): string | null {
  if (probe === undefined || probe.kind === "none" || probe.asks !== "application") return null;
  const intervalInSeconds = atLeast(5, probe.interval);
  const timeoutInSeconds = atLeast(11, patience(probe));
  const isSame = (other: Probe): boolean => other.intervalInSeconds === intervalInSeconds && other.timeoutInSeconds === timeoutInSeconds;
  const written = before === null ? undefined : probes.get(before);
  if (written !== undefined && isSame(written)) return before;
  const shared = written === undefined ? [...probes.values()].find(isSame) : undefined;
  if (shared !== undefined) return shared.name;
  const of = `the probe of endpoint "${name}" of role "${role.name}"`;
  if (intervalInSeconds * second !== probe.interval || timeoutInSeconds * second !== patience(probe)) {
    notes.push(`${of} is written as one that asks every ${intervalInSeconds} s and waits ${timeoutInSeconds} s for a success`);
  }
  if (written === undefined) notes.push(`${of} asks for "/": a scenario has no paths`);
  let fresh = `${name}Probe`;
  for (let number = 2; probes.has(fresh); number += 1) fresh = `${name}Probe${number}`;
  const asks = written ?? { protocol: "http" as const, path: "/", port: null };
  probes.set(fresh, { ...asks, name: fresh, intervalInSeconds, timeoutInSeconds });
  return fresh;
}

/** How long a probe waits for a success: misses are counted in intervals. */
function patience({ evictAfter, interval, misses }: ProbeDesign): number {
  return misses === 0 ? evictAfter : misses * interval;
}

function atLeast(least: number, micros: number): number {
  return Math.min(86_400, Math.max(least, Math.round(micros / second)));
}
