import fc from "fast-check";
import { weekdays } from "../../scenario/schema/autoscale.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import type { Around } from "./around.ts";
import { among, maybe, pick, record } from "./pick.ts";

/** Section `autoscale` of a scenario. */
export type Autoscale = NonNullable<Scenario["autoscale"]>;

type Setting = Autoscale["roles"][string];
type Rule = NonNullable<Setting["rules"]>[number];

/** An autoscaler before it is known which roles there are. */
export interface AutoscaleDraft {
  readonly clock: Omit<Autoscale, "roles">;
  readonly web: Setting;
  readonly work: Setting | undefined;
}

const limits = among({ min: 1, max: 3 }, { min: 2, max: 5 }, { min: 1, max: 6, default: 4 });

function rule(queues: boolean): fc.Arbitrary<Rule> {
  const combined = pick(undefined, undefined, "average", "min", "max", "sum");
  return record({
    metric: queues ? pick("queue", "cpu") : pick("cpu", "waiting"),
    operator: pick(">", "<=", ">=", "<"),
    threshold: pick(0, 30, 70),
    scale: pick("out", "in"),
    change: maybe(among<NonNullable<Rule["change"]>>(2, { count: 2 }, { percent: 50 }, { exact: 2 })),
    statistic: combined,
    aggregation: pick(undefined, undefined, "last", "average", "min", "max", "sum"),
    window: pick("1min", "2min"),
    cooldown: pick("0s", "1min"),
  }).map(({ metric, ...rest }) => ({ metric, ...(metric === "queue" ? { queue: "jobs" } : {}), ...rest }));
}

/** Limits and rules at other times: in the run, or on some days. */
function profiles(queues: boolean): fc.Arbitrary<NonNullable<Setting["profiles"]>> {
  const shape = { capacity: limits, rules: fc.array(rule(queues), { maxLength: 2, size: "max" }) };
  return fc.tuple(
    record({ from: pick("1min"), to: pick("3min"), ...shape }),
    record({ name: pick("night"), from: pick("23h"), to: pick("6h"), days: among([...weekdays], [weekdays[0], weekdays[1]]), ...shape }),
  );
}

function setting(queues: boolean): fc.Arbitrary<Setting> {
  return record({
    slot: pick(undefined, undefined, "production", "staging"),
    capacity: limits,
    rules: fc.array(rule(queues), { maxLength: 4, size: "max" }),
    profiles: maybe(profiles(queues)),
  });
}

/** Rules by which the roles scale. */
export const autoscaleDraft: fc.Arbitrary<AutoscaleDraft> = fc.record({
  clock: record({
    job: pick("30s", "45s"),
    metricDelay: pick("0s", "1min"),
    grain: pick(undefined, undefined, "30s"),
    startsOn: maybe(pick(...weekdays)),
    startsAt: pick(undefined, undefined, "5h59min"),
  }),
  web: setting(false),
  work: maybe(setting(true)),
});

/** The autoscaler that a draft comes to among these roles. */
export function autoscaleOf({ clock, web, work }: AutoscaleDraft, { queues, roles }: Pick<Around, "queues" | "roles">): Autoscale {
  const isThere = work !== undefined && queues.includes("jobs") && roles.some(({ name }) => name === "work");
  return { ...clock, roles: { web, ...(isThere ? { work } : {}) } };
}
