import { type DefaultKind, type DefaultRow, exact, type Given, guess, known, row } from "./cells.ts";

/** Rules stand in the role itself and in its profiles. */
const rule = (key: string, kind: DefaultKind, given: Given): readonly DefaultRow[] => [
  row(`autoscale.roles.*.rules.*.${key}`, kind, given),
  row(`autoscale.roles.*.profiles.*.rules.*.${key}`, kind, given),
];

/** Defaults of the autoscaler. */
export const autoscaleRows: readonly DefaultRow[] = [
  row("autoscale.job", "duration", { azure: known("45s", "autoscale", "every 30 to 60 s") }),
  row("autoscale.grain", "duration", { azure: known("1min", "autoscale") }),
  row("autoscale.metricDelay", "duration", {
    azure: known("3min", "monitoring", "basic metrics are sampled every 3 min"),
    ideal: exact("0s"),
  }),
  row("autoscale.startsOn", "choice", { azure: known("monday", "semantics") }),
  row("autoscale.startsAt", "duration", { azure: known("0s", "semantics") }),
  row("autoscale.roles.*.slot", "choice", { azure: known("production", "semantics") }),
  ...rule("statistic", "choice", { azure: known("average", "autoscale") }),
  ...rule("window", "duration", { azure: known("10min", "autoscale") }),
  ...rule("aggregation", "choice", { azure: known("average", "autoscale") }),
  ...rule("cooldown", "duration", { azure: known("5min", "autoscale") }),
  ...rule("change", "choice", { azure: guess(1, ["judgement", "autoscale"], "one instance") }),
];
