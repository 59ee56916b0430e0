import { type ComparableFigure, type ComparableUnit, comparableFigures } from "../../experiment/comparable.ts";
import type { DifferencePart, VariantDifference, VariantResult } from "../../experiment/variants.ts";
import type { Interval } from "../../metrics/summary.ts";
import { failureCauses } from "../../model/status.ts";
import { decimal, factor, grouped, latency, money, percent } from "../numbers.ts";
import { duration } from "../times.ts";

/** A row of the table of variants: a heading without cells, or a figure of each variant. */
export interface VariantRow {
  readonly label: string;
  readonly isHeading: boolean;
  /** How far it is set in: 0 for headings. */
  readonly depth: number;
  readonly cells: readonly string[];
}

const headings: Readonly<Record<ComparableFigure["group"], string>> = {
  availability: "Availability",
  latency: "Latency of successes",
  requests: "Requests",
  platform: "Service",
  cost: "Cost",
};

/** The table of variants, a row for each figure; failed requests by cause below their sum. Figures that no variant has are left out. */
export function variantRows(variants: readonly VariantResult[]): readonly VariantRow[] {
  const rows: VariantRow[] = [];
  let group = "";
  for (const figure of comparableFigures) {
    const values = variants.map(({ result }) => figure.of(result.summary));
    if (values.every((value) => value === null)) continue;
    // one attempt for each request goes without saying
    if (figure.unit === "factor" && values.every((value) => value === 1)) continue;
    if (figure.group !== group) rows.push({ label: headings[figure.group], isHeading: true, depth: 0, cells: [] });
    if (figure.group !== group && figure.group === "requests") rows.push(offeredRow(variants));
    group = figure.group;
    const label = figure.unit === "money" ? `${figure.label}, ${variants[0]?.result.summary.cost.currency}` : figure.label;
    rows.push({ label, isHeading: false, depth: 1, cells: values.map((value) => valueText(value, figure)) });
    if (figure.key === "requests.failed") rows.push(...causeRows(variants));
  }
  return rows;
}

function offeredRow(variants: readonly VariantResult[]): VariantRow {
  const cells = variants.map(({ result }) => grouped(result.summary.requests.offered));
  return { label: "offered", isHeading: false, depth: 1, cells };
}

function causeRows(variants: readonly VariantResult[]): readonly VariantRow[] {
  const counts = variants.map(({ result }) => result.summary.requests.failedByCause);
  return failureCauses
    .filter((cause) => counts.some((count) => (count[cause] ?? 0) > 0))
    .map((cause) => ({ label: cause, isHeading: false, depth: 2, cells: counts.map((count) => grouped(count[cause] ?? 0)) }));
}

function valueText(value: number | null, { key, unit }: ComparableFigure): string {
  if (value === null) return key === "availability.sla" ? "no SLA" : "-";
  if (unit === "ratio") return percent(value);
  return unit === "ms" ? latency(value) : amountText(value, unit);
}

/** A number, or seconds as a duration, without a sign. */
export function amountText(value: number, unit: ComparableUnit): string {
  if (unit === "money") return money(Math.abs(value));
  if (unit === "hours") return decimal(Math.round(Math.abs(value) * 100) / 100, 2);
  if (unit === "factor") return factor(Math.abs(value));
  return unit === "seconds" ? duration(Math.abs(value) * 1e6) : grouped(Math.abs(value));
}

/** A difference with its sign: `+432`, `-3 min 20 s`, `-0.012 points`. */
export function differenceText(value: number, unit: ComparableUnit): string {
  const sign = value < 0 ? "-" : value > 0 ? "+" : "";
  return `${sign}${sizeText(Math.abs(value), unit)}`;
}

function sizeText(size: number, unit: ComparableUnit): string {
  if (unit === "ratio") return `${decimal(size * 100 + 5e-6, 5)} points`;
  return unit === "ms" ? latency(size) : amountText(size, unit);
}

/** A 95 % interval of a difference. */
function intervalText({ low, high }: Interval, unit: ComparableUnit): string {
  return `${differenceText(low, unit)} to ${differenceText(high, unit)}`;
}

/** Kinds that no scenario writes, or that say more in words. */
const kindWords: Readonly<Record<string, string>> = {
  start: "the start",
  end: "the end",
  "host-os-update": "host OS updates",
  "guest-os-update": "guest OS updates",
  "guest-agent-update": "guest agent updates",
  "idle-timeout": "idle connections dropped",
  "startup-task-failure": "startup tasks that failed",
  "onstart-failure": "OnStart that failed",
  "unhandled-exception": "versions that threw",
  "run-return": "Run that returned",
  "full-local-storage": "local storage that was full",
};

/** What a part of a difference is put down to: `host-failure, timeout-silent`. */
export function partText({ cause, kind }: DifferencePart): string {
  const name = kindWords[kind] ?? kind;
  return cause === undefined ? name : `${name}, ${cause}`;
}

/** A figure that differs, in words: its name, by how much, and between which ends at 95 % confidence. */
export interface DifferenceRow {
  readonly name: string;
  readonly difference: string;
  readonly interval: string;
}

/** The figures that differ and have an interval, in the order of the table. */
export function differenceRows({ figures }: VariantDifference): readonly DifferenceRow[] {
  return comparableFigures.flatMap(({ group, key, label, unit }) => {
    const { difference, interval } = figures[key] ?? { difference: null, interval: null };
    if (interval === null || difference === null || difference === 0) return [];
    const name = group === "latency" || group === "availability" ? `${group} ${label}` : label;
    const isSure = interval.low === interval.high;
    return [{ name, difference: differenceText(difference, unit), interval: isSure ? "in every run" : intervalText(interval, unit) }];
  });
}
