import type { Design, RoleDesign, ServiceDesign, TrafficRuleDesign } from "../../model/design.ts";
import { callsOf, isAllowed } from "../../model/links.ts";
import { suggest } from "../nearest.ts";
import type { Path } from "../place.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import type { Context } from "./context.ts";

const mostOfARole = 5;
const mostInternals = 25;

/**
 * A role whose calls know the internal endpoints they go to, among `roles`. Mistakes are noted at its handler, which `path` leads to, or, when
 * somebody else has made them, at `otherwise`.
 */
export function wireCalls(
  role: RoleDesign,
  roles: readonly RoleDesign[],
  path: Path | undefined,
  context: Context,
  otherwise: Path = [],
): RoleDesign {
  if (callsOf(role).length === 0) return role;
  const handler = role.handler.map((step, index) => {
    if (step.step !== "call") return step;
    const at = path === undefined ? otherwise : [...path, "handler", index];
    return { ...step, endpoint: endpointOf(step, roles, at, path !== undefined, context) };
  });
  return { ...role, handler };
}

/** Section `service.trafficRules`; a call that no rule lets through is worth a warning. */
export function resolveTrafficRules(
  given: ReadScenario["service"]["trafficRules"],
  roles: readonly RoleDesign[],
  context: Context,
): readonly TrafficRuleDesign[] {
  const rules = given ?? [];
  rules.forEach(({ from, to }, index) => {
    const path = ["service", "trafficRules", index];
    if (from !== "all") for (const [place, name] of from.entries()) context.checkName("role", name, [...path, "from", place]);
    if (!context.checkName("role", to.role, [...path, "to", "role"])) return;
    const names = roles.find(({ name }) => name === to.role)?.internalEndpoints ?? [];
    if (names.includes(to.endpoint)) return;
    const hint = suggest(to.endpoint, names, "they are");
    context.complain([...path, "to", "endpoint"], `role "${to.role}" has no internal endpoint "${to.endpoint}", ${hint}`);
  });
  warnOfForbidden({ trafficRules: rules, roles }, context);
  return rules;
}

/** The limits of internal endpoints (platform-facts 1.1). */
export function checkInternals(roles: readonly RoleDesign[], context: Context): void {
  for (const { internalEndpoints: names, name } of roles) {
    const path = ["service", "roles", name, "internalEndpoints"];
    const twice = names.findIndex((endpoint, place) => names.indexOf(endpoint) < place);
    if (twice >= 0) context.complain([...path, twice], `"${names[twice]}" is there twice`);
    if (names.length > mostOfARole)
      context.warn(path, `the platform documents at most ${mostOfARole} internal endpoints in a role, not ${names.length}`);
  }
  const all = roles.reduce((sum, { internalEndpoints }) => sum + internalEndpoints.length, 0);
  if (all > mostInternals)
    context.complain(["service", "roles"], `a deployment has at most ${mostInternals} internal endpoints, not ${all}`, { part: "key" });
}

/** Roles that call each other in a circle, over all versions, would wait for themselves. */
export function checkCircles({ operations, service }: Design, context: Context): void {
  const versions: { readonly roles: readonly RoleDesign[]; readonly path: Path }[] = [{ roles: service.roles, path: ["service"] }];
  operations.forEach((operation, index) => {
    if ("roles" in operation) versions.push({ roles: operation.roles, path: ["operations", index] });
  });
  const calls = new Map<string, Set<string>>();
  for (const { path, roles } of versions) {
    for (const role of roles) {
      for (const { role: to } of callsOf(role)) {
        const known = calls.get(role.name) ?? new Set();
        if (known.has(to)) continue;
        calls.set(role.name, known.add(to));
        const way = wayFrom(to, role.name, calls);
        if (way === undefined) continue;
        const circle = [role.name, ...way].join(" -> ");
        context.complain([...path, "roles", role.name], `roles call each other in a circle, ${circle}: they would wait for themselves`);
        return;
      }
    }
  }
}

type CallDesign = ReturnType<typeof callsOf>[number];

function endpointOf(call: CallDesign, roles: readonly RoleDesign[], at: Path, isOwn: boolean, context: Context): string {
  const names = roles.find(({ name }) => name === call.role)?.internalEndpoints;
  // a role that is not there has been complained of
  if (names === undefined) return call.endpoint;
  const part = isOwn ? "value" : "key";
  if (names.length === 0) {
    const message = `role "${call.role}" has no internal endpoint to call: give it internalEndpoints`;
    context.complain(isOwn ? [...at, "call"] : at, message, { part });
    return call.endpoint;
  }
  if (call.endpoint === "") {
    if (names.length === 1) return names[0] ?? "";
    const message = `role "${call.role}" has ${names.length} internal endpoints: say which, endpoint: ${names.join(" or ")}`;
    context.complain(isOwn ? [...at, "call"] : at, message, { part });
  } else if (!names.includes(call.endpoint)) {
    const message = `role "${call.role}" has no internal endpoint "${call.endpoint}", ${suggest(call.endpoint, names, "they are")}`;
    context.complain(isOwn ? [...at, "endpoint"] : at, message, { part });
  }
  return call.endpoint;
}

function warnOfForbidden(service: Pick<ServiceDesign, "trafficRules" | "roles">, context: Context): void {
  for (const role of service.roles) {
    role.handler.forEach((step, index) => {
      if (step.step !== "call" || isAllowed({ service }, role.name, step.role, step.endpoint)) return;
      const message = `no traffic rule lets ${role.name} call ${step.endpoint} of ${step.role}: every call is refused`;
      context.warn(["service", "roles", role.name, "handler", index, "call"], message);
    });
  }
}

/** The roles on the way from one to another, both included; undefined when there is none. */
function wayFrom(from: string, to: string, calls: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  if (from === to) return [from];
  for (const next of calls.get(from) ?? []) {
    const way = wayFrom(next, to, calls);
    if (way !== undefined) return [from, ...way];
  }
  return undefined;
}
