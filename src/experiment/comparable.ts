import type { Figures } from "../metrics/summarise.ts";

/** What a figure counts in: a ratio 0..1, milliseconds, seconds, hours, money, a multiple, or a plain number. */
export type ComparableUnit = "ratio" | "ms" | "seconds" | "count" | "hours" | "money" | "factor";

/** A figure that variants are compared by; a row of their table. */
export interface ComparableFigure {
  /** Its key in `Comparable`, in `--json` too. */
  readonly key: string;
  /** Where it stands in the table: rows of a group follow each other. */
  readonly group: "availability" | "latency" | "requests" | "platform" | "cost";
  readonly label: string;
  readonly unit: ComparableUnit;
  /** Whether more of it is better. */
  readonly better: "higher" | "lower";
  of(figures: Figures): number | null;
}

/** The figures by which runs are compared, by key; null where one is not measured. */
export type Comparable = Readonly<Record<string, number | null>>;

const ratio = (key: keyof Figures["availability"], label: string): ComparableFigure => ({
  key: `availability.${key}`,
  group: "availability",
  label,
  unit: "ratio",
  better: "higher",
  of: ({ availability }) => availability[key],
});

/** Every figure that variants are compared by, in the order of the table. */
export const comparableFigures: readonly ComparableFigure[] = [
  ratio("request", "by requests"),
  ratio("reachable", "reachable"),
  ratio("time", "by time"),
  ratio("capacity", "capacity"),
  ratio("sla", "sla"),
  { key: "latency.p50", group: "latency", label: "p50", unit: "ms", better: "lower", of: ({ latencyMs }) => latencyMs.p50 },
  { key: "latency.p99", group: "latency", label: "p99", unit: "ms", better: "lower", of: ({ latencyMs }) => latencyMs.p99 },
  {
    key: "requests.amplification",
    group: "requests",
    label: "attempts for each",
    unit: "factor",
    better: "lower",
    of: ({ requests }) => requests.amplification,
  },
  { key: "requests.failed", group: "requests", label: "failed", unit: "count", better: "lower", of: ({ requests }) => requests.failed },
  { key: "downtime", group: "platform", label: "down", unit: "seconds", better: "lower", of: ({ downtime }) => downtime.seconds },
  { key: "restarts", group: "platform", label: "restarts", unit: "count", better: "lower", of: ({ restarts }) => restarts },
  {
    key: "cost.instanceHours",
    group: "cost",
    label: "instance-hours",
    unit: "hours",
    better: "lower",
    of: ({ cost }) => cost.instanceHours,
  },
  { key: "cost.total", group: "cost", label: "total", unit: "money", better: "lower", of: ({ cost }) => cost.total },
];

/** The figures of one run that variants are compared by. */
export function comparableOf(figures: Figures): Comparable {
  return Object.fromEntries(comparableFigures.map(({ key, of }) => [key, of(figures)]));
}
