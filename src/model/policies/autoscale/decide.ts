import type { AutoscaleRuleDesign } from "../../design.ts";

/** A rule and what its metric says now. */
export interface RuleView {
  readonly rule: AutoscaleRuleDesign;
  /** Over the window; NaN when no value can be read. */
  readonly value: number;
  /** The role was scaled so recently that this rule may not act yet. */
  readonly cooling: boolean;
}

/** What the job knows of one role. */
export interface AutoscaleView {
  /** Instances asked for now. */
  readonly asked: number;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly rules: readonly RuleView[];
}

/** Why the number changes, or does not. */
export type AutoscaleVerdict =
  | "steady"
  | "out"
  | "in"
  | "below-min"
  | "above-max"
  | "no-metrics"
  | "at-max"
  | "at-min"
  | "cooling"
  | "flapping";

/** What is to be done with one role. */
export interface AutoscaleDecision {
  readonly verdict: AutoscaleVerdict;
  /** Instances to ask for. */
  readonly to: number;
  /** Index of the rule that decided, -1 none; when it would flap, the scale-out rule that would fire. */
  readonly rule: number;
  /** When it would flap: what its metric would be after scaling in. */
  readonly projected: number;
}

/**
 * Decides as the platform documents it: limits first; any scale-out rule that fires scales out, by the largest change; only when none does and
 * all scale-in rules fire is it scaled in, by the smallest change, and not if the load on those that remain would fire a scale-out rule.
 */
export function decideAutoscale(view: AutoscaleView): AutoscaleDecision {
  const { asked, min, max, rules } = view;
  if (asked < min) return decision("below-min", min);
  if (asked > max) return decision("above-max", max);
  if (rules.length > 0 && rules.every(({ value }) => Number.isNaN(value))) {
    return asked < view.default ? decision("no-metrics", view.default) : decision("steady", asked);
  }
  const out = firing(rules, "out");
  if (out.length > 0) {
    const able = out.filter((index) => !rules[index].cooling);
    if (able.length === 0) return decision("cooling", asked, out[0]);
    const best = extreme(able, (index) => changed(asked, rules[index].rule));
    const to = Math.min(max, changed(asked, rules[best].rule));
    return to > asked ? decision("out", to, best) : decision("at-max", asked, best);
  }
  const inward = firing(rules, "in");
  if (inward.length === 0 || inward.length < rules.filter(({ rule }) => rule.direction === "in").length) return decision("steady", asked);
  const best = extreme(inward, (index) => changed(asked, rules[index].rule));
  const to = Math.max(min, changed(asked, rules[best].rule));
  if (to >= asked) return decision("at-min", asked, best);
  if (inward.some((index) => rules[index].cooling)) return decision("cooling", asked, best);
  for (let index = 0; index < rules.length; index++) {
    const { rule, value } = rules[index];
    const projected = project(value, asked, to);
    if (rule.direction === "out" && compares(projected, rule)) return { verdict: "flapping", to: asked, rule: index, projected };
  }
  return decision("in", to, best);
}

/** What a metric of `from` instances would be if the same load lay on `to` of them; endless when nobody is left to carry it. */
export function project(value: number, from: number, to: number): number {
  if (Number.isNaN(value) || value === 0) return value;
  return to === 0 ? Number.POSITIVE_INFINITY : (value * from) / to;
}

function decision(verdict: AutoscaleVerdict, to: number, rule = -1): AutoscaleDecision {
  return { verdict, to, rule, projected: Number.NaN };
}

function firing(rules: readonly RuleView[], direction: "out" | "in"): readonly number[] {
  return rules.flatMap(({ rule, value }, index) => (rule.direction === direction && compares(value, rule) ? [index] : []));
}

function compares(value: number, { operator, threshold }: AutoscaleRuleDesign): boolean {
  switch (operator) {
    case ">":
      return value > threshold;
    case ">=":
      return value >= threshold;
    case "<":
      return value < threshold;
    case "<=":
      return value <= threshold;
  }
}

/** The number that a rule asks for; a percentage changes at least one instance. */
function changed(asked: number, { change, direction }: AutoscaleRuleDesign): number {
  if (change.kind === "exact") return change.value;
  const step = change.kind === "count" ? change.value : Math.max(1, Math.floor((asked * change.value) / 100 + 0.5));
  return Math.max(0, direction === "out" ? asked + step : asked - step);
}

/** The index with the largest number, ties to the first: the largest scale-out, and the smallest scale-in. */
function extreme(indexes: readonly number[], of: (index: number) => number): number {
  let best = indexes[0];
  for (const index of indexes) if (of(index) > of(best)) best = index;
  return best;
}
