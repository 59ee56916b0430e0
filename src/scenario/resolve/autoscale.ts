import type { z } from "zod";
import { day } from "../../kernel/time.ts";
import type {
  AutoscaleDesign,
  AutoscaledRoleDesign,
  AutoscaleProfileDesign,
  AutoscaleRuleDesign,
  OperationDesign,
} from "../../model/design.ts";
import { suggest } from "../nearest.ts";
import type { Path } from "../place.ts";
import { type autoscale as autoscaleSchema, mostProfiles, weekdays } from "../schema/autoscale.ts";
import { type Context, sortedEntries } from "./context.ts";

type Given = z.output<typeof autoscaleSchema>;
type GivenRole = Given["roles"][string];
type GivenRule = NonNullable<GivenRole["rules"]>[number];

/** Section `autoscale` with its defaults; without it nothing scales by itself. */
export function resolveAutoscale(given: Given | undefined, context: Context): AutoscaleDesign {
  const { autoscale: defaults } = context.defaults;
  const startsAt = given?.startsAt ?? defaults.startsAt;
  if (startsAt >= day) context.complain(["autoscale", "startsAt"], "a time of day is less than 24h");
  return {
    job: given?.job ?? defaults.job,
    grain: given?.grain ?? defaults.grain,
    metricDelay: given?.metricDelay ?? defaults.metricDelay,
    startsAt: weekdays.indexOf(given?.startsOn ?? defaults.startsOn) * day + startsAt,
    roles: sortedEntries(given?.roles).flatMap(([role, setting]) => resolveRole(role, setting, given?.grain ?? defaults.grain, context)),
  };
}

/** The operations that stand for autoscalers: what they do is attributed to them. */
export function autoscaleOperations({ roles }: AutoscaleDesign): readonly OperationDesign[] {
  return roles.map(({ role, slot }) => ({ kind: "autoscale", at: 0, role, slot }));
}

function resolveRole(role: string, given: GivenRole, grain: number, context: Context): readonly AutoscaledRoleDesign[] {
  const path = ["autoscale", "roles", role];
  if (!context.checkName("role", role, path, { part: "key" })) return [];
  const profiles = (given.profiles ?? []).map((profile, index): AutoscaleProfileDesign => {
    const at = [...path, "profiles", index];
    const { days, from, to } = profile;
    const isLast = from >= day || to > day;
    if (days !== undefined && isLast) context.complain([...at, from >= day ? "from" : "to"], "with days, a time of day is less than 24h");
    if (days === undefined && to <= from) context.complain([...at, "to"], "the window ends before it starts: give days for a time of day");
    const when =
      days === undefined
        ? ({ kind: "fixed", from, to } as const)
        : ({ kind: "recurrence", days: days.map((name) => weekdays.indexOf(name)), from, to } as const);
    return { name: profile.name ?? `profile${index + 1}`, when, ...resolveLimits(profile, grain, at, context) };
  });
  if (profiles.length + 1 > mostProfiles)
    context.complain([...path, "profiles"], `a setting has at most ${mostProfiles} profiles, the role's own included`, { part: "key" });
  const { policy } = given;
  const { autoscale: known } = context.names;
  if (policy !== undefined && !known.includes(policy)) {
    const message = `there is no autoscale policy "${policy}", ${suggest(policy, known, "yours are")}`;
    context.complain([...path, "policy"], message, { hint: "policies of your own come with --plugin" });
  }
  const byKind = (kind: "fixed" | "recurrence") => profiles.filter(({ when }) => when.kind === kind);
  const own: AutoscaleProfileDesign = { name: "default", when: { kind: "always" }, ...resolveLimits(given, grain, path, context) };
  return [
    {
      role,
      slot: given.slot ?? context.defaults.autoscale.slot,
      ...(policy === undefined ? {} : { policy }),
      profiles: [...byKind("fixed"), ...byKind("recurrence"), own],
    },
  ];
}

function resolveLimits(
  { capacity, rules = [] }: Pick<GivenRole, "capacity" | "rules">,
  grain: number,
  path: Path,
  context: Context,
): Omit<AutoscaleProfileDesign, "name" | "when"> {
  const { min, max } = capacity;
  const usual = capacity.default ?? min;
  if (max < min) context.complain([...path, "capacity", "max"], "max is below min");
  else if (usual < min || usual > max) context.complain([...path, "capacity", "default"], `the default is not from ${min} to ${max}`);
  const outs = rules.some(({ scale }) => scale === "out");
  if (outs && !rules.some(({ scale }) => scale === "in"))
    context.warn([...path, "rules"], "these rules scale out and never in: the most instances stay for ever");
  return { min, max, default: usual, rules: rules.map((rule, index) => resolveRule(rule, grain, [...path, "rules", index], context)) };
}

function resolveRule(given: GivenRule, grain: number, path: Path, context: Context): AutoscaleRuleDesign {
  const { rule: defaults } = context.defaults.autoscale;
  const { change = defaults.change, metric, queue, scale } = given;
  if (metric === "queue" && queue === undefined) context.complain(path, "metric queue needs a queue: which one?");
  if (metric !== "queue" && queue !== undefined)
    context.complain([...path, "queue"], `metric ${metric} has no queue: that is metric queue`, { part: "key" });
  if (queue !== undefined) context.checkName("queue", queue, [...path, "queue"]);
  const window = given.window ?? defaults.window;
  if (window < grain) context.complain([...path, "window"], "the window is shorter than the grain: it never holds a value");
  if (metric === "cpu" && given.threshold > 100) context.warn([...path, "threshold"], "processors are never busier than 100 %");
  return {
    metric,
    queue,
    statistic: given.statistic ?? defaults.statistic,
    window,
    aggregation: given.aggregation ?? defaults.aggregation,
    operator: given.operator,
    threshold: given.threshold,
    direction: scale,
    change: changeOf(change),
    cooldown: given.cooldown ?? defaults.cooldown,
  };
}

function changeOf(change: NonNullable<GivenRule["change"]>): AutoscaleRuleDesign["change"] {
  if (typeof change === "number") return { kind: "count", value: change };
  if ("count" in change) return { kind: "count", value: change.count };
  return "percent" in change ? { kind: "percent", value: change.percent } : { kind: "exact", value: change.exact };
}
