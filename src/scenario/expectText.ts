import type { Micros } from "../kernel/time.ts";
import { readComparison } from "./comparisonText.ts";
import { type MetricForm, type MetricUnit, metricForms } from "./metrics.ts";
import { suggest } from "./nearest.ts";
import { readPart, TextError } from "./textError.ts";
import { readDuration, readPercent } from "./units.ts";

/** A figure of a run, found by its name. */
export interface ReadMetric {
  /** `availability.request`, `queues.orders.backlog`. */
  readonly metric: string;
  readonly unit: MetricUnit;
  /** Keys that lead to the figure in the summary; in a list, the next key is the `name` of an entry. */
  readonly path: readonly string[];
}

/** Something that must hold after a run. */
export interface Expectation extends ReadMetric {
  /** As written. */
  readonly text: string;
  readonly operator: ">=" | "<=" | ">" | "<";
  /** In the unit of the metric. */
  readonly target: number;
  /** Only of this part of the run; undefined: of all that is measured. */
  readonly span?: Span | undefined;
}

/** A part of a run: what was in its windows. */
export interface Span {
  readonly from: Micros;
  readonly to: Micros;
}

/** The names that metrics of things can have, by list; without those of months, months are not checked. */
export interface MetricNames extends Readonly<Record<Exclude<MetricForm["names"], "months" | undefined>, readonly string[]>> {
  months?(): readonly string[];
}

/** Longer parts of a run are none, in characters. */
const longestSpan = 200;
const spanPattern = /^(\s*@\s*)(\S+?)(\s*\.\.\s*)(\S+?)\s*$/;
const usage = "write availability.request >= 99.9% or latency.p99 <= 1s";

/** Metrics that windows can tell, and so of a part of a run too. */
export const spanMetrics = [
  "availability.request",
  "requests.offered",
  "requests.attempts",
  "requests.amplification",
  "requests.succeeded",
  "requests.failed",
] as const;

/** Reads `availability.request >= 99%`; `names` are those that exist, `currency` that of costs. Throws TextError. */
export function readExpectation(text: string, names: MetricNames, currency = ""): Expectation {
  const found = readComparison(text);
  const at = found === undefined ? -1 : found.what.indexOf("@", 1);
  const written = (at < 0 ? found?.what : found?.what.slice(0, at).trimEnd()) ?? "";
  if (found === undefined || /\s/.test(written))
    throw new TextError("an expectation is a metric, one of >= <= > <, and a value", 0, text.length, usage);
  const { operator, value, valueAt, what, whatAt } = found;
  const { metric, form, name } = findMetric(written, whatAt, names);
  const span = at < 0 ? undefined : readSpan(what.slice(written.length), metric, whatAt + written.length);
  const target = readPart((words) => readTarget(words, form.unit, currency), value, valueAt);
  return { text: text.trim(), metric, operator, target, unit: form.unit, path: pathOf(form, name), span };
}

/** Reads ` @ 20min..30min`. */
function readSpan(text: string, metric: string, at: number): Span {
  const match = text.length > longestSpan ? null : spanPattern.exec(text);
  if (match === null) throw new TextError("a part of the run is two instants", at, text.length, "write @ 20min..30min");
  const [, lead = "", first = "", dots = "", last = ""] = match;
  if (!spanMetrics.some((known) => known === metric)) {
    throw new TextError(
      `${metric} is known of the whole run only, not of a part of it; of parts: ${spanMetrics.join(", ")}`,
      at,
      text.length,
    );
  }
  const from = readPart(readDuration, first, at + lead.length);
  const to = readPart(readDuration, last, at + lead.length + first.length + dots.length);
  if (to <= from) throw new TextError("this part of the run ends before it begins", at, text.length);
  return { from, to };
}

/** Reads the name of a metric, `latency.p99`; `names` are those that exist. Throws TextError. */
export function readMetric(text: string, names: MetricNames): ReadMetric {
  const { metric, form, name } = findMetric(text, 0, names);
  return { metric, unit: form.unit, path: pathOf(form, name) };
}

function pathOf(form: MetricForm, name: string): readonly string[] {
  return form.path.map((key) => (key === "NAME" ? name : key));
}

function findMetric(written: string, at: number, names: MetricNames): { metric: string; form: MetricForm; name: string } {
  const metric = written.replace(/\.p99\.9$/, ".p999");
  const plain = metricForms.find((form) => form.form === metric);
  if (plain !== undefined) return { metric, form: plain, name: "" };
  const [, month] = /^sla\.month\.([1-9]\d*)$/.exec(metric) ?? [];
  const monthly = metricForms.find((form) => form.names === "months");
  if (month !== undefined && monthly !== undefined) {
    checkMonth(month, at + written.length - month.length, names.months?.());
    return { metric, form: monthly, name: month };
  }
  const list = (["roles", "clients", "queues", "stores"] as const).find((known) => metric.startsWith(`${known}.`));
  if (list === undefined) {
    const known = metricForms.filter((form) => form.names === undefined).map(({ form }) => form);
    throw new TextError(
      `there is no metric "${written}", ${suggest(metric, [...known, "roles", "clients", "queues", "stores"], "the metrics are")}`,
      at,
      written.length,
    );
  }
  const rest = metric.slice(list.length + 1);
  const name = names[list].filter((candidate) => rest.startsWith(`${candidate}.`)).sort((a, b) => b.length - a.length)[0];
  if (name === undefined) {
    const wrong = rest.split(".", 1)[0] ?? "";
    throw new TextError(
      `there is no ${list.slice(0, -1)} "${wrong}", ${suggest(wrong, names[list], `the ${list} are`)}`,
      at + list.length + 1,
      wrong.length,
    );
  }
  const figure = rest.slice(name.length + 1);
  const forms = metricForms.filter((form) => form.names === list);
  const form = forms.find((candidate) => candidate.form === `${list}.NAME.${figure}`);
  if (form !== undefined) return { metric, form, name };
  const figures = forms.map((candidate) => candidate.form.slice(list.length + 6));
  throw new TextError(
    `${list} have no "${figure}", ${suggest(figure, figures, "they have")}`,
    at + written.length - figure.length,
    figure.length,
  );
}

function checkMonth(month: string, at: number, months: readonly string[] = [month]): void {
  if (months.includes(month)) return;
  const [first = "", last = first] = [months[0], months.at(-1)];
  const there = first === last ? `only month ${first} is` : `months ${first} to ${last} are`;
  throw new TextError(`month ${month} is not measured, ${there}`, at, month.length);
}

function readTarget(text: string, unit: MetricUnit, currency: string): number {
  if (unit === "ratio") {
    const ratio = readPercent(text);
    if (ratio > 1) throw new TextError("nothing is above 100 %", 0, text.length);
    return ratio;
  }
  if (unit === "ms") return readDuration(text) / 1000;
  if (unit === "seconds") return readDuration(text) / 1_000_000;
  if (unit === "money") return readMoney(text, currency);
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new TextError(`a count is a plain number, not "${text}"`, 0, text.length);
}

/** `12`, `12.50 USD`: another currency than that of the prices is a mistake. */
function readMoney(text: string, currency: string): number {
  const match = /^(\d+(?:\.\d+)?)(?:\s*([A-Z]{3}))?$/.exec(text);
  if (match === null) throw new TextError(`a cost is a number, with or without ${currency} behind it, not "${text}"`, 0, text.length);
  const [, amount = "", unit = currency] = match;
  if (unit !== currency) throw new TextError(`the prices are in ${currency}, not in ${unit}`, text.length - unit.length, unit.length);
  return Number(amount);
}
