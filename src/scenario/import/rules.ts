import type { TrafficRuleDesign } from "../../model/design.ts";
import type { Service } from "./service.ts";
import type { NamedRole } from "./toScenario.ts";

/** The traffic rules of a service as a scenario states them: one destination each, internal endpoints alone. */
export function rulesOf(service: Service, roles: readonly NamedRole[]): readonly TrafficRuleDesign[] {
  return service.trafficRules.flatMap(({ from, to }) =>
    to.flatMap(({ endpoint, role }) => {
      const named = roles.find((candidate) => candidate.role.name === role);
      const internal = named?.internals.find(({ written }) => written.name === endpoint);
      if (named === undefined || internal === undefined) return [];
      const sources = from?.map((source) => roles.find((candidate) => candidate.role.name === source)?.name ?? source);
      return [{ to: { role: named.name, endpoint: internal.name }, from: sources ?? ("all" as const) }];
    }),
  );
}
