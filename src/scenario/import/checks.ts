import { vmSize } from "../../model/hardware/sizes.ts";
import type { Problem } from "../problem.ts";
import type { ServiceConfiguration } from "./configuration.ts";
import type { Named, RoleDefinition, ServiceDefinition } from "./definition.ts";
import type { Endpoint, EndpointDefinition } from "./endpoints.ts";
import { allowed, listNames, problemAt, quoted, suggestion } from "./reader.ts";
import type { Place } from "./xml.ts";

/** The platform's limits per deployment (platform-facts section 1.1). */
const limits = { roles: 25, endpointsOfAKind: 25 } as const;

/** Far more names than the platform's limits allow are not compared with each other. */
const mostNames = 300;

const kindNames = { input: "input", internal: "internal", instanceInput: "instance input" } as const;

/** The mistake of files with more roles, endpoints and probes than can be checked one against the other; undefined when there are fewer. */
export function findTooMany(
  definition: ServiceDefinition | undefined,
  configuration: ServiceConfiguration | undefined,
): Problem | undefined {
  const endpoints = (definition?.roles ?? []).flatMap((role) => role.endpoints);
  const defined: readonly { readonly place: Place }[] = [...(definition?.roles ?? []), ...(definition?.probes ?? []), ...endpoints];
  const what = "roles, endpoints and probes";
  const beyond = defined[mostNames];
  if (beyond !== undefined) return error(beyond.place, `the service has ${defined.length} ${what}; at most ${mostNames} are read`);
  const role = configuration?.roles[mostNames];
  return role === undefined
    ? undefined
    : error(role.place, `the service has ${configuration?.roles.length} roles; at most ${mostNames} are read`);
}

/** Mistakes inside a definition that need more than one element to be seen: doubles, unknown names, the platform's limits. */
export function checkDefinition(definition: ServiceDefinition, knownSizes: readonly string[]): Problem[] {
  return [
    ...doubles(definition.roles, "role"),
    ...doubles(definition.probes, "load balancer probe"),
    ...definition.roles.flatMap((role) => checkRole(role, definition, knownSizes)),
    ...checkPorts(definition.roles),
    ...checkLimits(definition),
    ...definition.trafficRules.flatMap((rule) => [
      ...rule.to.flatMap((target, index) => checkDestination(definition, target, rule.toPlaces[index]!)),
      ...(rule.from ?? []).flatMap((role, index) => unknown(definition.roles, role, "there is no role", rule.fromPlaces[index]!)),
    ]),
  ];
}

function checkRole(role: RoleDefinition, definition: ServiceDefinition, knownSizes: readonly string[]): Problem[] {
  const size = role.vmsize;
  const problems = [
    ...doubles(
      role.endpoints.map(({ endpoint, place }) => ({ name: endpoint.name, place })),
      `endpoint of role ${quoted(role.name)}`,
    ),
    ...doubles(role.localStorage, `local storage of role ${quoted(role.name)}`),
  ];
  if (size !== undefined && !knownSizes.includes(size)) {
    const meant = suggestion(size, knownSizes);
    problems.push(error(role.vmsizePlace, `the VM size ${quoted(size)} is not known; ${allowed(knownSizes)}${meant}`));
  }
  problems.push(...checkDisk(role));
  for (const { endpoint, probePlace } of role.endpoints) {
    if (endpoint.probe !== null)
      problems.push(...unknown(definition.probes, endpoint.probe, "there is no load balancer probe", probePlace));
  }
  return problems;
}

/** Local storage lies on the local disk of the size. */
function checkDisk({ localStorage, name, vmsize }: RoleDefinition): Problem[] {
  const size = vmSize(vmsize ?? "Small");
  const wanted = localStorage.reduce((sum, storage) => sum + storage.sizeInMB, 0);
  const last = localStorage.at(-1);
  if (size === undefined || last === undefined || wanted <= size.diskMiB) return [];
  const found = `role ${quoted(name)} asks for ${wanted} MB of local storage`;
  return [error(last.place, `${found}; the size ${size.name} has ${size.diskMiB} MB of local disk`)];
}

function checkDestination(definition: ServiceDefinition, target: { role: string; endpoint: string }, place: Place): Problem[] {
  const role = definition.roles.find((candidate) => candidate.name === target.role);
  if (role === undefined) return unknown(definition.roles, target.role, "there is no role", place);
  const named = role.endpoints.map((found) => ({ name: found.endpoint.name, place: found.place }));
  return unknown(named, target.endpoint, `role ${quoted(role.name)} has no endpoint`, place);
}

/** Names that occur twice; empty names have been noted before. */
function doubles(all: readonly Named[], what: string): Problem[] {
  const lines = new Map<string, number>();
  return all.flatMap(({ name, place }) => {
    const before = lines.get(name);
    lines.set(name, before ?? place.line);
    return before === undefined || name === ""
      ? []
      : [error(place, `a second ${what} is named ${quoted(name)}; the first stands in line ${before}`)];
  });
}

function unknown(known: readonly Named[], name: string, what: string, place: Place): Problem[] {
  const names = known.map((candidate) => candidate.name);
  if (name === "" || names.includes(name)) return [];
  return [error(place, `${what} ${quoted(name)}; ${allowed(names)}${suggestion(name, names)}`)];
}

interface Taken {
  readonly from: number;
  readonly to: number;
  readonly owner: string;
  readonly kind: Endpoint["kind"];
}

/** Public ports are unique over all roles, per transport and per load balancer. */
function checkPorts(roles: readonly RoleDefinition[]): Problem[] {
  const taken = new Map<string, Taken[]>();
  return roles.flatMap((role) => role.endpoints.flatMap((definition) => checkPort(role, definition, taken)));
}

function checkPort(role: RoleDefinition, { endpoint, place, portPlace }: EndpointDefinition, taken: Map<string, Taken[]>): Problem[] {
  const span = endpoint.kind === "input" && endpoint.port !== null ? [endpoint.port, endpoint.port] : endpoint.publicPortRange;
  if (span === undefined) return [];
  const [from, to] = span as readonly [number, number];
  const group = `${endpoint.protocol === "udp" ? "udp" : "tcp"} ${endpoint.loadBalancer ?? ""}`;
  const others = taken.get(group) ?? [];
  taken.set(group, others);
  const clash = others.find((other) => other.from <= to && from <= other.to);
  others.push({ from, to, owner: `endpoint ${quoted(endpoint.name)} of role ${quoted(role.name)}`, kind: endpoint.kind });
  if (clash === undefined) return [];
  const ports = from === to ? `port ${from} is` : `ports ${from} to ${to} are`;
  const again = endpoint.kind === "input" ? portPlace : place;
  return [error(again, `${ports} already taken by ${clash.owner}; public ports are unique over all roles`)];
}

function checkLimits({ roles }: ServiceDefinition): Problem[] {
  const problems: Problem[] = [];
  const beyond = roles[limits.roles];
  if (beyond !== undefined)
    problems.push(error(beyond.place, `the service has ${roles.length} roles; at most ${limits.roles} are allowed`));
  const endpoints = roles.flatMap((role) => role.endpoints);
  for (const kind of ["input", "internal", "instanceInput"] as const) {
    const found = endpoints.filter(({ endpoint }) => endpoint.kind === kind);
    const first = found[limits.endpointsOfAKind];
    if (first === undefined) continue;
    const most = `at most ${limits.endpointsOfAKind} are allowed`;
    problems.push(error(first.place, `the service has ${found.length} ${kindNames[kind]} endpoints; ${most}`));
  }
  return problems;
}

/** Mistakes that only both files together show; each stands in the file that has to change. */
export function checkPair(definition: ServiceDefinition, configuration: ServiceConfiguration): Problem[] {
  const problems = doubles(configuration.roles, "role");
  if (definition.name !== "" && configuration.serviceName !== "" && definition.name !== configuration.serviceName) {
    const expected = `the service definition is named ${quoted(definition.name)}; the two names have to be the same`;
    problems.push(error(configuration.serviceNamePlace, `"serviceName" is ${quoted(configuration.serviceName)}, but ${expected}`));
  }
  const defined = definition.roles.map((role) => role.name);
  const configured = configuration.roles.map((role) => role.name);
  for (const role of configuration.roles) {
    // Without any role the definition itself has been found wrong.
    if (defined.length === 0 || role.name === "" || defined.includes(role.name)) continue;
    const where = `is not in the service definition, which has ${listNames(defined)}`;
    problems.push(error(role.place, `role ${quoted(role.name)} ${where}${suggestion(role.name, defined)}`));
  }
  for (const role of definition.roles) {
    if (role.name === "" || configured.includes(role.name)) continue;
    const where = `is not in the service configuration, which has ${listNames(configured)}`;
    problems.push(error(role.place, `role ${quoted(role.name)} ${where}${suggestion(role.name, configured)}`));
  }
  for (const acl of configuration.endpointAcls) {
    const role = definition.roles.find(({ name }) => name === acl.role);
    if (role === undefined) problems.push(...unknown(definition.roles, acl.role, "there is no role", acl.rolePlace));
    else problems.push(...checkDestination(definition, { role: acl.role, endpoint: acl.endpoint }, acl.endpointPlace));
  }
  return [...problems, ...definition.roles.flatMap((role) => checkInstancePorts(role, configuration))];
}

function checkInstancePorts(role: RoleDefinition, configuration: ServiceConfiguration): Problem[] {
  const instances = configuration.roles.find((candidate) => candidate.name === role.name)?.instances;
  if (instances === undefined) return [];
  return role.endpoints.flatMap(({ endpoint, place }) => {
    if (endpoint.publicPortRange === undefined) return [];
    const ports = endpoint.publicPortRange[1] - endpoint.publicPortRange[0] + 1;
    if (ports >= instances) return [];
    const need = `role ${quoted(role.name)} has ${instances} instances, and each takes one`;
    return [error(place, `endpoint ${quoted(endpoint.name)} has ${ports} public port${ports === 1 ? "" : "s"}, but ${need}`)];
  });
}

function error(place: Place, message: string): Problem {
  return problemAt(place, "error", message);
}
