import { afterAll, expect } from "vitest";
import type { Interval, Intervals, Summary } from "../../src/metrics/summary.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { type Estimate, tQuantile } from "../../src/stats/confidence.ts";
import { Farm } from "./farm.ts";

/** Which replications: those of one seed, at least 30 for an interval that is held against an exact value. */
export interface Luck {
  readonly seed: number;
  readonly runs: number;
  /** Changes of the scenario as `path=value`. */
  readonly set?: readonly string[];
}

/** Figures of a scenario by name, each an interval of the summary; null is a figure that some replication does not have. */
export type Read<Name extends string> = (intervals: Intervals) => Record<Name, Interval | null>;

/** What replications told: the merged summary, and an estimate of each figure asked for. */
export interface Estimates<Name extends string> {
  readonly summary: Summary;
  readonly estimates: Readonly<Record<Name, Estimate>>;
}

/** Half of an interval over its value, at most, where a case states no tolerance of its own. */
export const usualTolerance = 0.01;

/** Confidence of the intervals in a summary, and of those that are held against exact values. */
const told = 0.95;
const wanted = 0.99;

const farm = new Farm();
afterAll(() => farm.close());

/** Replays a scenario with independent streams and gives the 99 % interval of each figure; throws RangeError for a figure without one. */
export async function replicate<Name extends string>(scenario: Scenario | string, luck: Luck, read: Read<Name>): Promise<Estimates<Name>> {
  const summary = await farm.simulate({ scenario, ...luck });
  if (summary.intervals === null) throw new RangeError("an interval needs two runs");
  const intervals = read(summary.intervals);
  const estimates = {} as Record<Name, Estimate>;
  for (const name of Object.keys(intervals) as Name[]) {
    const interval = intervals[name];
    if (interval === null) throw new RangeError(`there is no interval of ${name}`);
    estimates[name] = widened(interval, luck.runs);
  }
  return { summary, estimates };
}

/** Holds estimates against exact values: each interval contains its value, and half of it is at most `tolerance` of the value. */
export function expectExact<Name extends string>(
  estimates: Readonly<Record<Name, Estimate>>,
  exact: Readonly<Partial<Record<NoInfer<Name>, number>>>,
  tolerance = usualTolerance,
): void {
  for (const name of Object.keys(exact) as Name[]) {
    const estimate = estimates[name];
    const value = exact[name] ?? Number.NaN;
    expect(estimate.halfWidth / value, `half-width of ${name} over its value`).toBeLessThanOrEqual(tolerance);
    expect(estimate, name).toSatisfy((interval: Interval) => contains(interval, value), `contains ${value}`);
  }
}

/** Whether an interval contains a value. */
export function contains({ low, high }: Interval, value: number): boolean {
  return low <= value && value <= high;
}

/** The interval of what is missing to 1: a loss from an availability. */
export function missing(share: Interval | null): Interval | null {
  return share === null ? null : { low: 1 - share.high, high: 1 - share.low };
}

/** The same t interval at the higher confidence. */
function widened({ low, high }: Interval, runs: number): Estimate {
  const mean = (low + high) / 2;
  const factor = tQuantile((1 + wanted) / 2, runs - 1) / tQuantile((1 + told) / 2, runs - 1);
  const halfWidth = ((high - low) / 2) * factor;
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth };
}
