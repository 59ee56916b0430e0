import type { Micros } from "../../kernel/time.ts";

/** How the number of instances follows the load and the clock. */
export interface AutoscaleDesign {
  /** The job looks so often. */
  readonly job: Micros;
  /** A metric has one value for each of these. */
  readonly grain: Micros;
  /** A value can be read only so long after it was measured. */
  readonly metricDelay: Micros;
  /** Where in the week the simulation starts; a week starts on Monday at 0:00. */
  readonly startsAt: Micros;
  readonly roles: readonly AutoscaledRoleDesign[];
}

/** One role that scales by itself. */
export interface AutoscaledRoleDesign {
  readonly role: string;
  readonly slot: "production" | "staging";
  /** A policy of the user's own that decides in place of the rules, which then only say what is measured. */
  readonly policy?: string;
  /** Fixed dates first, then recurrences, the default last: the first that applies is taken. */
  readonly profiles: readonly AutoscaleProfileDesign[];
}

/** Limits and rules, and when they apply. */
export interface AutoscaleProfileDesign {
  readonly name: string;
  readonly when:
    | { readonly kind: "fixed"; readonly from: Micros; readonly to: Micros }
    /** On these days of the week (0 Monday), from one time of day to another; past midnight when the second is not later. */
    | { readonly kind: "recurrence"; readonly days: readonly number[]; readonly from: Micros; readonly to: Micros }
    | { readonly kind: "always" };
  readonly min: number;
  readonly max: number;
  /** Asked for when no metric can be read and fewer are there. */
  readonly default: number;
  readonly rules: readonly AutoscaleRuleDesign[];
}

/** How values are made one. */
export type AutoscaleCombination = "average" | "min" | "max" | "sum";

/** One rule of a profile. */
export interface AutoscaleRuleDesign {
  /** Busy processors in percent, messages in a queue for each instance, or requests waiting at an instance. */
  readonly metric: "cpu" | "queue" | "waiting";
  /** Of metric queue. */
  readonly queue: string | undefined;
  /** Of the instances at one grain. */
  readonly statistic: AutoscaleCombination;
  readonly window: Micros;
  /** Of the grains in the window. */
  readonly aggregation: AutoscaleCombination | "last";
  readonly operator: ">" | ">=" | "<" | "<=";
  readonly threshold: number;
  readonly direction: "out" | "in";
  readonly change: { readonly kind: "count" | "percent" | "exact"; readonly value: number };
  readonly cooldown: Micros;
}
