import fc from "fast-check";
import { balancingPolicies } from "../../model/policies/balancing/index.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { among, maybe, pick, record, whole } from "./pick.ts";

/** Section `balancer` of a scenario. */
export type Balancer = NonNullable<Scenario["balancer"]>;

/** After how much silence an instance is evicted. */
type Silence = { readonly evictAfter?: string; readonly misses?: number; readonly responseTimeout?: string };

const probe: fc.Arbitrary<Exclude<Balancer["probe"], undefined>> = record({
  interval: pick("15s", "5s"),
  asks: pick("agent", "application"),
  silence: among<Silence>({}, { evictAfter: "31s" }, { misses: 1 }, { misses: 2 }, { misses: 3, responseTimeout: "4s" }),
  readmitAfter: maybe(whole(1, 2)),
  readmitAfterFlap: maybe(whole(1, 3)),
  flapWithin: maybe(pick("1min")),
  phase: pick("uniform", "even", "2s"),
}).map(({ silence, ...rest }) => ({ ...rest, ...silence }));

/** The balancer with any policy and probe; its health check is for App Service, which `balancerOn` knows. */
export const balancer: fc.Arbitrary<Balancer> = record({
  policy: pick(...balancingPolicies.map(({ kind }) => kind)),
  weights: maybe(fc.array(whole(1, 9), { minLength: 1, maxLength: 3, size: "max" })),
  probe: fc.oneof(pick("none"), probe),
  healthCheck: maybe(among<NonNullable<Balancer["healthCheck"]>>({ interval: "5s", failures: 2, replaceAfter: "20s" }, "on", "none")),
  idleTimeout: maybe(pick("4min")),
  idleReset: maybe(pick(true, false)),
  sku: pick("classic", "standard"),
});

/** The balancer as it can be under a hosting model: weights go with weighted policies, a health check with App Service. */
export function balancerOn(hosting: string, { healthCheck, weights, ...rest }: Balancer): Balancer {
  return {
    ...rest,
    ...(weights !== undefined && rest.policy?.startsWith("weighted-") ? { weights } : {}),
    ...(healthCheck !== undefined && hosting === "app-service" ? { healthCheck } : {}),
  };
}
