import type { Interval } from "../metrics/summary.ts";
import type { FailureCauseName } from "../model/status.ts";
import { tInterval } from "../stats/confidence.ts";
import { Welford } from "../stats/welford.ts";
import { comparableFigures } from "./comparable.ts";
import type { RunResult } from "./result.ts";

/** One variant, replayed. */
export interface VariantResult {
  readonly name: string;
  readonly result: RunResult;
}

/** A part of a difference: what one cause took in the first variant and in the other one. */
export interface DifferencePart {
  /** Kind of the fault or operation; "load", "start" or "end" for neither. */
  readonly kind: string;
  /** Of failed requests: how they failed. */
  readonly cause?: FailureCauseName;
  readonly first: number;
  readonly other: number;
  /** `other` less `first`. */
  readonly difference: number;
}

/** How one figure differs. */
export interface FigureDifference {
  readonly difference: number | null;
  readonly interval: Interval | null;
  /**
   * How many times larger the variance of the difference would be with luck of their own: (variance of one + of the other) / variance of the difference.
   * Below 1 the same draws do harm; null where there is no interval, or the difference never varies.
   */
  readonly varianceReduction: number | null;
}

/** How a variant differs from the first one, on the same draws. */
export interface VariantDifference {
  readonly variant: string;
  readonly against: string;
  /** By key of `comparableFigures`, in its unit; null where one of the two has no such figure. Sums are over runs, others are averages. */
  readonly figures: Readonly<Record<string, FigureDifference>>;
  /** Failed requests by kind and cause: the parts add up to the difference in failed requests. */
  readonly failed: { readonly difference: number; readonly parts: readonly DifferencePart[] };
  /** Seconds of down time by kind: the parts, in whole microseconds, add up to the difference. */
  readonly downtime: { readonly difference: number; readonly parts: readonly DifferencePart[] };
}

/** Confidence of the intervals of paired differences. */
const confidence = 0.95;

/** Compares every further variant with the first one, run by run, as they were replayed on the same draws. */
export function compareVariants([first, ...others]: readonly VariantResult[]): readonly VariantDifference[] {
  if (first === undefined) return [];
  return others.map(({ name, result }) => ({
    variant: name,
    against: first.name,
    figures: pairedDifferences(first.result, result),
    failed: differenceIn(failedParts(first.result), failedParts(result), 1),
    downtime: differenceIn(downtimeParts(first.result), downtimeParts(result), 1e6),
  }));
}

function pairedDifferences(first: RunResult, other: RunResult): VariantDifference["figures"] {
  const pairs = Math.min(first.replications.length, other.replications.length);
  return Object.fromEntries(
    comparableFigures.map(({ key, unit }) => {
      const differences: number[] = [];
      const values: [number[], number[]] = [[], []];
      for (let run = 0; run < pairs; run++) {
        const [a, b] = [first.replications[run]?.[key] ?? null, other.replications[run]?.[key] ?? null];
        if (a === null || b === null) continue;
        differences.push(b - a);
        values[0].push(a);
        values[1].push(b);
      }
      if (differences.length === 0) return [key, { difference: null, interval: null, varianceReduction: null }];
      const scale = unit === "count" || unit === "seconds" ? differences.length : 1;
      let sum = 0;
      for (const difference of differences) sum += difference;
      const estimate = differences.length < pairs ? undefined : tInterval(differences, confidence);
      const interval = estimate === undefined ? null : { low: estimate.low * scale, high: estimate.high * scale };
      const varianceReduction = interval === null ? null : reductionOf(...values, differences);
      return [key, { difference: (sum / differences.length) * scale, interval, varianceReduction }];
    }),
  );
}

function reductionOf(first: readonly number[], other: readonly number[], differences: readonly number[]): number | null {
  const [a, b, both] = [first, other, differences].map(varianceOf);
  return both > 0 ? (a + b) / both : null;
}

function varianceOf(values: readonly number[]): number {
  const summary = new Welford();
  for (const value of values) summary.add(value);
  const deviation = summary.deviation() ?? 0;
  return deviation * deviation;
}

type Parts = ReadonlyMap<string, { readonly kind: string; readonly cause?: FailureCauseName; readonly amount: number }>;

function failedParts({ summary }: RunResult): Parts {
  const parts = new Map<string, { kind: string; cause: FailureCauseName; amount: number }>();
  for (const { cause, failed, kind } of summary.requests.failedByAttribution) {
    const key = `${kind} ${cause}`;
    parts.set(key, { kind, cause, amount: (parts.get(key)?.amount ?? 0) + failed });
  }
  return parts;
}

function downtimeParts({ summary }: RunResult): Parts {
  const parts = new Map<string, { kind: string; amount: number }>();
  for (const { kind, seconds } of summary.downtime.byAttribution) {
    // whole microseconds add up exactly
    parts.set(kind, { kind, amount: (parts.get(kind)?.amount ?? 0) + Math.round(seconds * 1e6) });
  }
  return parts;
}

/** Parts in the order of how much they make out; those that are alike in both are kept, as they explain what does not differ. */
function differenceIn(first: Parts, other: Parts, scale: number): { difference: number; parts: DifferencePart[] } {
  let whole = 0;
  const parts = [...new Set([...first.keys(), ...other.keys()])].map((key) => {
    const [a, b] = [first.get(key), other.get(key)];
    const [before, after] = [a?.amount ?? 0, b?.amount ?? 0];
    whole += after - before;
    const cause = (a ?? b)?.cause;
    const part = { kind: (a ?? b)?.kind ?? "", first: before / scale, other: after / scale, difference: (after - before) / scale };
    return cause === undefined ? part : { ...part, cause };
  });
  const size = ({ difference }: DifferencePart): number => Math.abs(difference);
  parts.sort((x, y) => size(y) - size(x) || (x.kind < y.kind ? -1 : x.kind > y.kind ? 1 : 0));
  return { difference: whole / scale, parts };
}
