import type { Estimate, ExpectedFigure } from "../experiment/estimate/estimate.ts";
import type { EstimatedFigure } from "../experiment/estimate/interval.ts";
import { type Ink, inkFor, printable, wrapped } from "./ink.ts";
import { counted, decimal, downtimeAMonth, factor, grouped, latency, money, ninesOf, percentAt } from "./numbers.ts";
import { duration } from "./times.ts";

/** How an estimate is printed. */
export interface EstimateOptions {
  readonly colour: boolean;
  readonly reproduce: string;
  readonly wallSeconds: number;
  /** The figures to show, by name; others stand in the JSON. */
  readonly shown: ReadonlySet<string>;
}

const width = 79;
const valueEnd = 40;

/** An estimate as `nines estimate` prints it: whether it is known well enough, figures with intervals, how they were obtained. */
export function renderEstimate(estimate: Estimate, { colour, reproduce, wallSeconds, shown }: EstimateOptions): string {
  const ink = inkFor(colour);
  const lines = ["", verdict(estimate, wallSeconds, ink), ""];
  for (const line of wrapped(printable(estimate.title), width - 2)) lines.push(`  ${line}`);
  const span = `${duration(estimate.simulatedSeconds * 1e6)} simulated in ${counted(estimate.replications, "replication")}`;
  lines.push(`  ${ink.faint(`${span}, seed ${estimate.seed}`)}`, "");
  const percentage = `${decimal(100 * estimate.confidence, 3)} % interval`;
  lines.push(`${" ".repeat(valueEnd - 8)}${ink.faint("estimate")}   ${ink.faint(percentage.padEnd(27))}${ink.faint("nines")}`);
  const wanted = new Map(estimate.precisions.map((precision) => [precision.metric, precision]));
  for (const figure of [...estimate.precisions, ...estimate.figures.filter(({ metric }) => !wanted.has(metric) && shown.has(metric))]) {
    if (figure.value !== null) lines.push(...row(figure, ink));
  }
  if (estimate.expectations.length > 0) lines.push("", `  ${ink.strong("Expectations")}`);
  for (const expectation of estimate.expectations) lines.push(judged(expectation, ink));
  lines.push("", ...methods(estimate, shown, ink));
  lines.push(...hang(ink.faint("Reproduce"), "Reproduce".length, reproduce));
  lines.push(`  ${ink.faint("Fingerprint")}  ${estimate.fingerprint}   ${counted(estimate.events, "event")}`);
  return `${lines.join("\n")}\n`;
}

/** A figure in words: `99.1318 %`, `472 ms`, with as many digits as its interval deserves. */
export function figureText({ unit, low, high }: Pick<EstimatedFigure, "unit" | "low" | "high">, value: number): string {
  const spread = low === null || high === null ? 0 : high - low;
  switch (unit) {
    case "ratio":
      return percentAt(value, ratioPlaces(value, spread));
    case "ms":
      return latency(Math.max(0, value));
    case "seconds":
      return duration(Math.max(0, value) * 1e6);
    case "money":
      return money(Math.max(0, value));
    case "count":
      return Number.isInteger(value) ? grouped(value) : factor(value);
  }
}

/** One digit beyond the first in which the ends of the interval differ, and never so few that 99.99 % becomes 100 %. */
function ratioPlaces(value: number, spread: number): number {
  const digitsOf = (of: number): number => {
    let places = 0;
    for (let unit = 0.01; unit > of && places < 11; unit /= 10) places++;
    return places;
  };
  if (spread > 0) return Math.max(3, digitsOf(spread) + 1);
  return value >= 1 ? 0 : Math.max(3, digitsOf(1 - value) + 2);
}

function verdict({ precisions, reached, replications, expectations }: Estimate, wallSeconds: number, ink: Ink): string {
  const after = `after ${counted(replications, "run")}`;
  const missed = expectations.filter(({ verdict: of }) => of === "missed").length;
  const count = precisions.length;
  const which = count === 1 ? "Precision" : count === 2 ? "Both precisions" : `All ${count} precisions`;
  const left = precisions.filter((precision) => !precision.reached).length;
  const text =
    count === 0
      ? `${counted(replications, "run")}`
      : reached
        ? `${which} reached ${after}`
        : `${left} of ${count} precisions not reached ${after}`;
  const mark = missed > 0 ? ink.bad("✕") : reached ? ink.good("✓") : ink.warn("!");
  const whole = missed > 0 ? `${text}, ${counted(missed, "expectation")} missed` : text;
  const took = wallSeconds > 0 ? `${decimal(wallSeconds + 0.05, 1)} s` : "";
  return `  ${mark} ${ink.strong(whole)}${took.padStart(Math.max(2, width - 6 - whole.length))}`;
}

function row(figure: EstimatedFigure, ink: Ink): readonly string[] {
  const { metric, unit, low, high } = figure;
  const value = figure.value ?? 0;
  const text = figureText(figure, value);
  const lead = `    ${metric} `.padEnd(valueEnd - text.length);
  const interval = intervalText(figure);
  const nines = unit === "ratio" ? (ninesOf(value)?.replace(" nines", "") ?? "") : "";
  const rows = [`${lead}${ink.strong(text)}   ${interval.padEnd(27)}${nines.padStart(5)}`.trimEnd()];
  if (metric === "availability.request" && value < 1) {
    const month = downtimeAMonth(1 - value);
    const both = low !== null && high !== null ? `${downtimeAMonth(1 - high)} to ${downtimeAMonth(1 - low)}` : "";
    rows.push(`${"      down a month at this rate ".padEnd(valueEnd - month.length)}${month}   ${both}`.trimEnd());
  }
  return rows;
}

/** The two ends of an interval in words; why there is none. */
export function intervalText(figure: EstimatedFigure): string {
  const { low, high, unit } = figure;
  if (low === null && high === null) return "-";
  if (low === null ? unit === "ratio" && high === 1 : low === 0 && high === null) return "no outage seen";
  if (low === null) return `at most ${figureText(figure, high ?? 0)}`;
  if (high === null) return `at least ${figureText(figure, low)}`;
  if (low === high) return "always the same";
  const [from, to] = [figureText(figure, low), figureText(figure, high)];
  if (from === to) return `${from}, to the digit`;
  const ending = unit === "ratio" || unit === "ms" ? / (%|ms|s|min)$/.exec(from)?.[0] : undefined;
  return ending !== undefined && to.endsWith(ending) ? `${from.slice(0, -ending.length)} to ${to}` : `${from} to ${to}`;
}

function judged(expectation: ExpectedFigure, ink: Ink): string {
  const { verdict: of, text, value } = expectation;
  const mark = of === "met" ? ink.good("✓") : of === "missed" ? ink.bad("✕") : ink.warn("?");
  const found = value === null ? expectation.method : `${figureText(expectation, value)}, ${intervalText(expectation)}`;
  const words = of === "undecided" ? `${found}: not decided` : found;
  return `    ${mark} ${printable(text).padEnd(40)} ${words}`;
}

/** How the intervals that are shown were obtained, each way once. */
function methods({ figures, precisions }: Estimate, shown: ReadonlySet<string>, ink: Ink): readonly string[] {
  const ways = new Map<string, string[]>();
  for (const { metric, method, value } of [...precisions, ...figures]) {
    if (value === null || !(shown.has(metric) || precisions.some((precision) => precision.metric === metric))) continue;
    const of = ways.get(method) ?? [];
    if (!of.includes(metric)) of.push(metric);
    ways.set(method, of);
  }
  const all = [...ways].sort(([, one], [, other]) => other.length - one.length);
  return all.flatMap(([method, metrics], place) =>
    hang(
      ink.faint(place === 0 ? "Method" : ""),
      place === 0 ? 6 : 0,
      place === 0 ? `${method}, independent streams` : `${metrics.join(", ")}: ${method}`,
    ),
  );
}

function hang(lead: string, length: number, text: string): readonly string[] {
  const column = 15;
  const [first = "", ...rest] = wrapped(printable(text), width - column);
  return [`  ${lead}${" ".repeat(column - 2 - length)}${first}`, ...rest.map((line) => " ".repeat(column) + line)];
}
