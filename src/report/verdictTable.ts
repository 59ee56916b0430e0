import type { RunResult } from "../experiment/result.ts";
import type { Summary } from "../metrics/summary.ts";
import { type Ink, inkFor, printable, wrapped } from "./ink.ts";
import { counted, decimal, grouped, latency, nines, percent } from "./numbers.ts";
import { listNames } from "./story/words.ts";
import { instant } from "./times.ts";

/** How the verdicts on several scenarios are printed. */
export interface VerdictTableOptions {
  readonly colour: boolean;
  /** Characters in a line; 79 when absent. */
  readonly width?: number | undefined;
  /** How long everything took by the clock on the wall. */
  readonly seconds?: number | undefined;
  /** Where the index of the reports was written. */
  readonly index?: string | undefined;
}

const numerals = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

/** What `npm start` prints of its scenarios: one verdict for all, a line for each, and notes on swaps, refusals and bounds. */
export function renderVerdictTable(results: readonly RunResult[], options: VerdictTableOptions): string {
  const ink = inkFor(options.colour);
  const width = options.width ?? 79;
  const summaries = results.map(({ summary }) => summary);
  const lines = ["", headline(summaries, ink, width, options.seconds), ""];
  const nameWidth = Math.max(20, ...summaries.map(({ scenario }) => printable(scenario).length));
  const columns = `    ${"scenario".padEnd(nameWidth)} ${"availability".padStart(14)} ${"nines".padStart(7)} ${"p99".padStart(9)} ${"failed".padStart(8)}  mostly`;
  lines.push(ink.faint(columns));
  for (const summary of summaries) lines.push(row(summary, ink, nameWidth));
  const told = notes(summaries).flatMap((note) =>
    wrapped(note, width - 4).map((line, place) => (place === 0 ? `  ${line}` : `    ${line}`)),
  );
  if (told.length > 0) lines.push("", ...told);
  if (options.index !== undefined) lines.push(`  ${ink.faint("Reports")}      ${options.index}`);
  return `${lines.join("\n")}\n`;
}

/** The one sentence on all scenarios: `Six scenarios replayed, every expectation met`. */
export function headlineText(summaries: readonly Summary[]): string {
  const count = numerals[summaries.length] ?? grouped(summaries.length);
  const missed = summaries.flatMap(({ expectations }) => expectations).filter(({ met }) => !met).length;
  const verdict = missed === 0 ? "every expectation met" : `${counted(missed, "expectation")} missed`;
  return `${count} ${summaries.length === 1 ? "scenario" : "scenarios"} replayed, ${verdict}`;
}

/** The cause of most failures; empty when nothing failed. */
export function mainCause({ requests }: Summary): string {
  const entries = Object.entries(requests.failedByCause).sort(([, a], [, b]) => b - a);
  return entries.length > 0 && requests.failed > 0 ? entries[0][0] : "";
}

/** Sentences on what a table of figures cannot tell: swaps and what they carried, refusals, and what a bound on nines rests on. */
export function notes(summaries: readonly Summary[]): readonly string[] {
  const lines: string[] = [];
  for (const { operations } of summaries) {
    for (const { kind, outcome, startedAtSeconds, requestsInFlight, sessionsInFlight, failedRequests, reason } of operations) {
      const at = instant(startedAtSeconds * 1e6, 0);
      if (outcome === "refused") lines.push(`${capital(kind)} refused at ${at}: ${printable(reason ?? "no reason was given")}.`);
      else if (kind === "swap") {
        const lost = failedRequests === 0 ? "none lost" : `${counted(failedRequests, "request")} lost`;
        lines.push(
          `Swap at ${at}: ${counted(requestsInFlight, "request")} and ${counted(sessionsInFlight, "session")} in flight, ${lost}.`,
        );
      }
    }
  }
  for (const [bound, offered] of boundsOf(summaries)) {
    lines.push(`${bound}: no failure in ${listNames(offered)} requests, at 95 % confidence.`);
  }
  return lines;
}

/** Each bound on nines once, with the numbers of requests that it rests on. */
function boundsOf(summaries: readonly Summary[]): ReadonlyMap<string, readonly string[]> {
  const bounds = new Map<string, readonly string[]>();
  for (const { requests } of summaries) {
    const bound = requests.failed === 0 ? nines(0, requests.offered) : null;
    if (bound !== null) bounds.set(bound, [...new Set([...(bounds.get(bound) ?? []), grouped(requests.offered)])]);
  }
  return bounds;
}

function headline(summaries: readonly Summary[], ink: Ink, width: number, seconds: number | undefined): string {
  const isGood = summaries.every(({ expectations }) => expectations.every(({ met }) => met));
  const text = headlineText(summaries);
  const time = seconds === undefined ? "" : `${decimal(seconds + 0.05, 1)} s`;
  return `  ${isGood ? ink.good("✓") : ink.bad("✕")} ${ink.strong(text)}${time.padStart(Math.max(2, width - 5 - text.length))}`.trimEnd();
}

function row(summary: Summary, ink: Ink, nameWidth: number): string {
  const { requests, availability, latencyMs, expectations } = summary;
  const isGood = expectations.every(({ met }) => met);
  const ratio = availability.request === null ? "" : percent(availability.request);
  const count = (nines(requests.failed, requests.offered) ?? "").replace(" nines", "");
  const p99 = latencyMs.p99 === null ? "" : latency(latencyMs.p99);
  const figures = `${ratio.padStart(14)} ${count.padStart(7)} ${p99.padStart(9)} ${grouped(requests.failed).padStart(8)}`;
  const mark = isGood ? ink.good("✓") : ink.bad("✕");
  return `  ${mark} ${printable(summary.scenario).padEnd(nameWidth)} ${figures}  ${mainCause(summary)}`.trimEnd();
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
