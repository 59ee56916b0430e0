import type { DifferencePart, VariantDifference, VariantResult } from "../../experiment/variants.ts";
import { type Ink, inkFor, printable, wrapped } from "../ink.ts";
import { missingFacts } from "../missingFacts.ts";
import { counted, grouped } from "../numbers.ts";
import { duration } from "../times.ts";
import { expectationText, measuredText, verdict } from "../verdict.ts";
import { notes } from "../verdictTable.ts";
import { contest } from "./contest.ts";
import { amountText, differenceRows, differenceText, partText, variantRows } from "./rows.ts";

/** How the comparison of variants is printed. */
export interface VariantTableOptions {
  readonly colour: boolean;
  /** Characters in a line, where the columns leave a choice; 79 when absent. */
  readonly width?: number | undefined;
  /** Name of the scenario. */
  readonly scenario: string;
  /** What the scenario is, in a sentence. */
  readonly title: string;
  /** Where the index of the reports was written. */
  readonly index?: string | undefined;
  /** The command that repeats it. */
  readonly reproduce?: string | undefined;
  /** Whether the variants are scenarios of their own: then it is said in words which of them is better, and how sure that is. */
  readonly isContest?: boolean | undefined;
}

/** Characters that a table of variants may take, whatever the width asked for. */
const mostWidth = 100;
/** Parts of a difference that are shown; the rest is summed. */
const mostParts = 8;

/** What `nines run` prints of a scenario with variants: verdicts, one table, and what the differences come from. */
export function renderVariants(
  variants: readonly VariantResult[],
  differences: readonly VariantDifference[],
  options: VariantTableOptions,
): string {
  const ink = inkFor(options.colour);
  const width = options.width ?? 79;
  const lines = ["", ...head(variants, ink, width, options), "", ...table(variants, ink, width), ...expectations(variants, ink)];
  lines.push(...told(variants, width));
  for (const difference of differences) {
    lines.push(...explained(difference, ink));
    if (options.isContest === true) lines.push(...contest(difference).flatMap((line) => hanging(line, width)));
  }
  lines.push("");
  if (options.reproduce !== undefined) lines.push(`  ${ink.faint("Reproduce")}    ${options.reproduce}`);
  for (const { name, result } of variants) lines.push(`  ${ink.faint("Fingerprint")}  ${result.summary.fingerprint}  ${printable(name)}`);
  if (options.index !== undefined) lines.push(`  ${ink.faint("Reports")}      ${options.index}`);
  for (const { name, result } of variants) {
    const missing = missingFacts(result.summary);
    if (missing !== undefined)
      lines.push(
        ...wrapped(`${printable(name)}: ${missing}`, width - 15).map(
          (line, place) => `  ${ink.faint((place === 0 ? "Trace" : "").padEnd(13))}${line}`,
        ),
      );
  }
  return `${lines.join("\n")}\n`;
}

function hanging(text: string, width: number): readonly string[] {
  return wrapped(text, width - 6).map((line, place) => `${place === 0 ? "    " : "      "}${line}`);
}

function head(variants: readonly VariantResult[], ink: Ink, width: number, options: VariantTableOptions): readonly string[] {
  const { scenario, title } = options;
  const { text, isGood } = verdict(variants.flatMap(({ result }) => result.summary.expectations));
  const mark = isGood === null ? "•" : isGood ? ink.good("✓") : ink.bad("✕");
  const right = isGood === false ? "exit code 99" : printable(scenario);
  const gap = " ".repeat(Math.max(2, width - 5 - text.length - right.length));
  const summary = variants[0]?.result.summary;
  const runs = summary === undefined ? 0 : summary.runs;
  const length = summary === undefined ? 0 : (summary.simulatedSeconds * 1e6) / Math.max(1, runs);
  const many = runs === 1 ? "one run each" : `${counted(runs, "run")} each, with paired 95 % intervals`;
  return [
    `  ${mark} ${ink.strong(text)}${gap}${ink.faint(right)}`,
    "",
    ...wrapped(printable(title), width - 2).map((line) => `  ${line}`),
    `  ${ink.faint(`${counted(variants.length, options.isContest === true ? "design" : "variant")} on the same draws: ${duration(length)} simulated, seed ${summary?.seed}, ${many}`)}`,
  ];
}

/** The figures of all variants; as many beside each other as fit, the others below. */
function table(variants: readonly VariantResult[], ink: Ink, width: number): readonly string[] {
  const rows = variantRows(variants);
  const labelWidth = Math.max(...rows.map(({ depth, label }) => 2 + 2 * depth + label.length)) + 2;
  const widths = variants.map(({ name }, place) => Math.max(name.length, ...rows.map(({ cells }) => (cells[place] ?? "").length)) + 3);
  const parts: number[][] = [];
  let taken = Infinity;
  for (const [place, own] of widths.entries()) {
    if (taken + own > Math.max(width, mostWidth)) {
      parts.push([]);
      taken = labelWidth;
    }
    parts[parts.length - 1].push(place);
    taken += own;
  }
  const runs = variants[0]?.result.summary.runs ?? 1;
  const sums =
    runs > 1 ? ["", `  ${ink.faint(`Requests, down time and restarts are of all ${grouped(runs)} runs together, cost is of one.`)}`] : [];
  const part = (places: readonly number[], index: number): readonly string[] => {
    const line = (cells: readonly string[]): string => places.map((place) => (cells[place] ?? "").padStart(widths[place] ?? 0)).join("");
    return [
      ...(index > 0 ? [""] : []),
      `${" ".repeat(labelWidth)}${ink.strong(line(variants.map(({ name }) => printable(name))))}`,
      ...rows.map(({ cells, depth, isHeading, label }) => {
        const lead = `  ${"  ".repeat(depth)}${label}`;
        return isHeading ? ink.strong(lead) : `${lead.padEnd(labelWidth)}${line(cells)}`;
      }),
    ];
  };
  return [...parts.flatMap(part), ...sums];
}

/** What figures cannot tell: swaps, refusals and bounds of each variant. */
function told(variants: readonly VariantResult[], width: number): readonly string[] {
  const lines = variants.flatMap(({ name, result }) => notes([result.summary]).map((note) => `${printable(name)}: ${note}`));
  return lines.length === 0
    ? []
    : ["", ...lines.flatMap((line) => wrapped(line, width - 4).map((part, place) => `${place === 0 ? "  " : "    "}${part}`))];
}

function expectations(variants: readonly VariantResult[], ink: Ink): readonly string[] {
  const judged = variants.filter(({ result }) => result.summary.expectations.length > 0);
  if (judged.length === 0) return [];
  const lines = ["", `  ${ink.strong("Expectations")}`];
  const texts = judged.flatMap(({ result }) => result.summary.expectations.map((expectation) => expectationText(expectation).length));
  const textWidth = Math.max(42, ...texts);
  for (const { name, result } of judged) {
    lines.push(`    ${printable(name)}`);
    for (const expectation of result.summary.expectations) {
      const mark = expectation.met ? ink.good("✓") : ink.bad("✕");
      lines.push(
        `      ${mark} ${printable(expectationText(expectation)).padEnd(textWidth)} ${measuredText(expectation, result.summary) ?? "not measured"}`,
      );
    }
  }
  return lines;
}

function explained(of: VariantDifference, ink: Ink): readonly string[] {
  const { against, downtime, failed, variant } = of;
  const lines = ["", `  ${ink.strong(`${printable(variant)} against ${printable(against)}`)}`];
  for (const { difference, interval, name } of differenceRows(of))
    lines.push(`    ${name.padEnd(26)}${difference.padStart(18)}   ${interval === "in every run" ? "" : "95 % "}${interval}`);
  lines.push(...parts("failed requests", "count", failed.difference, failed.parts));
  lines.push(...parts("down", "seconds", downtime.difference, downtime.parts));
  return lines;
}

function parts(what: string, unit: "count" | "seconds", difference: number, all: readonly DifferencePart[]): readonly string[] {
  const changed = all.filter((part) => part.difference !== 0);
  if (changed.length === 0) {
    const both = all.length === 0 ? "none in both" : "alike in both, cause by cause";
    return [`    ${what}: ${both}`];
  }
  const lines = [`    ${what}: ${difference === 0 ? "as many" : differenceText(difference, unit)}, which is`];
  const shown = changed.slice(0, mostParts);
  for (const part of shown) {
    const from = `${amountText(part.first, unit)} to ${amountText(part.other, unit)}`;
    lines.push(`      ${differenceText(part.difference, unit).padStart(16)}  ${printable(partText(part))} (${from})`);
  }
  const rest = changed.slice(mostParts);
  if (rest.length > 0) {
    let sum = 0;
    for (const part of rest) sum += part.difference;
    lines.push(`      ${differenceText(sum, unit).padStart(16)}  ${grouped(rest.length)} more`);
  }
  return lines;
}
