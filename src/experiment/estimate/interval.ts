import { total } from "../../metrics/arithmetic.ts";
import type { Figures } from "../../metrics/summarise.ts";
import type { MetricUnit } from "../../scenario/metrics.ts";
import { poissonInterval, ratioInterval, tInterval } from "../../stats/confidence.ts";
import { figureAt } from "../expectations.ts";

/** A figure as it is known from independent replications. */
export interface EstimatedFigure {
  /** Its name, as in expectations: `availability.request`. */
  readonly metric: string;
  readonly unit: MetricUnit;
  /** Null when some replication does not have it. */
  readonly value: number | null;
  /** Ends of the interval; null where nothing honest can be said. */
  readonly low: number | null;
  readonly high: number | null;
  readonly confidence: number;
  /** How the interval was obtained, in words. */
  readonly method: string;
  readonly replications: number;
}

/** A figure of a replication by its name. */
export interface FigureName {
  readonly metric: string;
  readonly unit: MetricUnit;
  readonly path: readonly string[];
}

/** Fewer outages than this are too few for an interval that takes them for normal. */
const manyOutages = 10;

/** Estimates a figure from that of each replication; undefined interval ends become null. */
export function estimateFigure(name: FigureName, runs: readonly Figures[], confidence: number): EstimatedFigure {
  const figure = (value: number | null, low: number | null, high: number | null, method: string): EstimatedFigure => {
    const { metric, unit } = name;
    const isRatio = unit === "ratio" && low !== null && high !== null;
    const [from, to] = isRatio ? [Math.max(0, low), Math.min(1, high)] : [low, high];
    return { metric, unit, value, low: from, high: to, confidence, method, replications: runs.length };
  };
  const values = runs.map((run) => figureAt(run, name.path));
  if (isExtreme(name)) return figure(extremeOf(name, values), null, null, "the extreme of what was simulated");
  const parts = partsOf(name, runs);
  if (parts !== undefined) return ofRatio(parts, confidence, figure);
  if (values.some((value) => value === null)) return figure(null, null, null, "not measured in every replication");
  const numbers = values as number[];
  const interval = tInterval(numbers, confidence);
  if (interval === undefined) return figure(numbers[0] ?? null, null, null, "one replication: no interval");
  if (name.metric === "availability.time" || name.metric === "downtime") {
    const few = fewOutages(name, runs, interval.mean, confidence);
    if (few !== undefined) return figure(interval.mean, few.low, few.high, few.method);
  }
  return figure(interval.mean, interval.low, interval.high, "t interval of the replications");
}

type Make = (value: number | null, low: number | null, high: number | null, method: string) => EstimatedFigure;

/** What a figure divides, by replication. */
interface Parts {
  readonly tops: readonly number[];
  readonly bottoms: readonly number[];
  /** Whether it is a share of requests. */
  readonly isShare: boolean;
}

function ofRatio({ tops, bottoms, isShare }: Parts, confidence: number, figure: Make): EstimatedFigure {
  const top = total(tops);
  const bottom = total(bottoms);
  if (bottom === 0) return figure(null, null, null, "nothing was asked");
  if (isShare && top === bottom) {
    const least = Math.max(0, 1 - poissonInterval(0, confidence).high / bottom);
    return figure(1, least, 1, `no failure in ${bottom} requests, for failures that come one by one`);
  }
  const interval = ratioInterval(tops, bottoms, confidence);
  if (interval === undefined) return figure(top / bottom, null, null, "one replication: no interval");
  return figure(interval.mean, interval.low, interval.high, "jackknifed ratio of the replications");
}

/** The exact interval of a number of outages that is small, at their mean length; undefined when there are many of them. */
function fewOutages(
  { metric }: FigureName,
  runs: readonly Figures[],
  mean: number,
  confidence: number,
): { readonly low: number | null; readonly high: number | null; readonly method: string } | undefined {
  const outages = total(runs.map(({ downtime }) => downtime.outages));
  if (outages >= manyOutages) return undefined;
  const down = metric === "downtime" ? mean : 1 - mean;
  const { low, high } = poissonInterval(outages, confidence);
  if (outages === 0) {
    if (down > 0) return undefined;
    const method = `no outage in ${runs.length} replications: fewer than ${(high / runs.length).toPrecision(2)} in each`;
    return metric === "downtime" ? { low: 0, high: null, method } : { low: null, high: 1, method };
  }
  const method = `exact Poisson interval of ${outages} outages, at their mean length`;
  const [least, most] = [(down * low) / outages, (down * high) / outages];
  return metric === "downtime" ? { low: least, high: most, method } : { low: 1 - most, high: 1 - least, method };
}

/** What a ratio of sums divides; undefined for other figures. */
function partsOf({ metric, path }: FigureName, runs: readonly Figures[]): Parts | undefined {
  const sums = (top: readonly string[], bottom: readonly string[]) => ({
    tops: runs.map((run) => figureAt(run, top) ?? 0),
    bottoms: runs.map((run) => figureAt(run, bottom) ?? 0),
  });
  if (metric === "availability.request") return { ...sums(["requests", "succeeded"], ["requests", "offered"]), isShare: true };
  if (metric === "requests.amplification") return { ...sums(["requests", "attempts"], ["requests", "offered"]), isShare: false };
  if (metric === "latency.mean") return { ...weighted(runs, path, ["requests", "succeeded"]), isShare: false };
  const [list = "", of = "", key = ""] = path;
  if (list !== "byRole" && list !== "byClient") return undefined;
  if (key === "availability") return { ...sums([list, of, "succeeded"], [list, of, "offered"]), isShare: true };
  if (key === "amplification") return { ...sums([list, of, "attempts"], [list, of, "offered"]), isShare: false };
  if (key === "latencyMs" && path[3] === "mean") return { ...weighted(runs, path, [list, of, "succeeded"]), isShare: false };
  return undefined;
}

/** A mean, as the sum and the number of what it is the mean of. */
function weighted(runs: readonly Figures[], mean: readonly string[], count: readonly string[]): Omit<Parts, "isShare"> {
  const bottoms = runs.map((run) => figureAt(run, count) ?? 0);
  return { tops: runs.map((run, i) => (figureAt(run, mean) ?? 0) * bottoms[i]), bottoms };
}

const extremes = new Set(["max", "depthMax", "worstMonth"]);

function isExtreme({ path }: FigureName): boolean {
  return extremes.has(path.at(-1) ?? "");
}

function extremeOf({ unit }: FigureName, values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return null;
  // of an availability the worst is the least
  return known.reduce((one, other) => (unit === "ratio" ? Math.min(one, other) : Math.max(one, other)));
}
