import type { RunResult } from "../experiment/result.ts";
import type { Intervals, Summary } from "../metrics/summary.ts";
import { attributedGroups, targetsText } from "./attribution.ts";
import { type Ink, inkFor, printable, wrapped } from "./ink.ts";
import { missingFacts } from "./missingFacts.ts";
import { counted, decimal, grouped, latency, latencyInterval, latencyParts, percent, percentInterval } from "./numbers.ts";
import { operationsSection } from "./operations.ts";
import { attemptNotes, hasAttempts } from "./page/attempts.ts";
import { slaSection } from "./sla/terminal.ts";
import { callsText, endingsText, storeText } from "./stores.ts";
import { tellStory } from "./story/story.ts";
import type { EventFamily } from "./story/words.ts";
import { cost, drift, localWrites } from "./terminalLife.ts";
import { Page } from "./terminalPage.ts";
import { duration, instant } from "./times.ts";
import {
  allowanceText,
  causeText,
  expectationText,
  failureRows,
  measuredText,
  ninesAndDowntime,
  shortageText,
  verdict,
} from "./verdict.ts";

export { renderVerdictTable } from "./verdictTable.ts";

/** How a result is printed. */
export interface TerminalOptions {
  readonly colour: boolean;
  /** Characters in a line, 60 to 160; 79 when absent. */
  readonly width?: number | undefined;
  /** Where the HTML report was written. */
  readonly report?: string | undefined;
}

const defaultWidth = 79;
const eventLimit = 16;
/** What one fault struck is named up to so many. */
const mostTargets = 4;
/** Availabilities that are shown even when they are 100 %. */
const alwaysShown: readonly (keyof Summary["availability"])[] = ["request", "reachable", "capacity"];

/** A result as `nines run` prints it: verdict first, then figures, reasons, story, and how to repeat it. */
export function renderRun(result: RunResult, options: TerminalOptions): string {
  const page = new Page(inkFor(options.colour), Math.min(160, Math.max(60, options.width ?? defaultWidth)));
  const { summary } = result;
  const isMissed = summary.expectations.some(({ met }) => !met);
  head(page, result, isMissed);
  if (isMissed) expectations(page, summary);
  requests(page, summary);
  availability(page, result);
  slaSection(page, result);
  latencies(page, summary);
  queues(page, summary);
  roleCalls(page, summary);
  localWrites(page, summary);
  cost(page, summary);
  autoscalers(page, summary);
  if (!isMissed) expectations(page, summary);
  causes(page, summary);
  happened(page, result);
  operationsSection(page, summary);
  drift(page, summary);
  foot(page, summary, options.report);
  return `${page.lines.join("\n")}\n`;
}

function head(page: Page, { summary, title }: RunResult, isMissed: boolean): void {
  const { ink } = page;
  const { text, isGood } = verdict(summary.expectations);
  const mark = isGood === null ? "•" : isGood ? ink.good("✓") : ink.bad("✕");
  const right = isMissed ? "exit code 99" : printable(summary.scenario);
  const gap = Math.max(2, page.width - 5 - text.length - right.length);
  page.lines.push(`  ${mark} ${ink.strong(text)}${" ".repeat(gap)}${ink.faint(right)}`, "");
  if (isMissed) page.lines.push(`  ${ink.faint(printable(summary.scenario))}`);
  for (const line of wrapped(printable(title), page.width - 2)) page.lines.push(`  ${line}`);
  const runs = summary.runs === 1 ? "one run: one history, without intervals" : `${grouped(summary.runs)} runs, with 95 % intervals`;
  page.lines.push(`  ${ink.faint(`${duration(summary.simulatedSeconds * 1e6)} simulated, seed ${summary.seed}, ${runs}`)}`);
}

function requests(page: Page, summary: Summary): void {
  const { requests: counts } = summary;
  page.lines.push("");
  page.row(
    "  Requests",
    grouped(counts.offered),
    "",
    counts.offered === 0 ? [] : [`${grouped(counts.succeeded)} succeeded`, `${grouped(counts.failed)} failed`],
  );
  if (hasAttempts(summary)) page.row("    attempts", grouped(counts.attempts), "", attemptNotes(summary));
}

function availability(page: Page, { summary, design }: RunResult): void {
  const { availability: ratios, intervals, byRole } = summary;
  const role = byRole.length === 1 ? `, ${printable(byRole[0].name)}` : "";
  const { measure } = design;
  const rows: readonly (readonly [string, keyof Summary["availability"], string | null])[] = [
    ["by requests", "request", ninesAndDowntime(summary.requests)],
    ["reachable", "reachable", ratios.reachable === 1 ? "the rotation was never empty" : null],
    ["by time", "time", `at least ${measure.ready} ready`],
    [`capacity${role}`, "capacity", shortageText(summary)],
    ["with enough", "atLeast", `at least ${measure.atLeast} ready`],
    ["fast enough", "latency", `answered within ${duration(measure.latencyThreshold)}`],
    ["sla", "sla", "by clock minutes"],
  ];
  const isTold = (key: keyof Summary["availability"]): boolean =>
    summary.expectations.some(({ metric }) => metric === `availability.${key}`);
  const shown = rows.filter(([, key]) => ratios[key] !== null && (alwaysShown.includes(key) || ratios[key] < 1 || isTold(key)));
  if (shown.length === 0) return;
  page.lines.push(`  ${page.ink.strong("Availability")}`);
  for (const [label, key, note] of shown) {
    const [figure, unit] = percent(ratios[key] ?? 0).split(" ");
    const interval = intervals?.availability[key] ?? null;
    page.row(`    ${label}`, figure, unit, [
      interval === null || interval.low === interval.high ? null : percentInterval(interval.low, interval.high),
      note,
    ]);
  }
}

function latencies(page: Page, { latencyMs, latencyWithTimeoutsMs, intervals }: Summary): void {
  if (latencyMs.p50 === null) return;
  page.lines.push(`  ${page.ink.strong("Latency of successes")}`);
  for (const key of ["p50", "p90", "p99", "p999", "max"] as const) {
    const value = latencyMs[key];
    if (value === null) continue;
    const withTimeouts = key === "p99" ? latencyWithTimeoutsMs.p99 : null;
    const interval = intervalOf(intervals, key);
    const isOther = withTimeouts !== null && latency(withTimeouts) !== latency(value);
    page.row(`    ${key === "p999" ? "p99.9" : key}`, ...latencyParts(value), [
      interval,
      isOther ? `${latency(withTimeouts)} with time-outs` : null,
    ]);
  }
}

function intervalOf(intervals: Intervals | null, key: "p50" | "p90" | "p99" | "p999" | "max"): string | null {
  const interval = intervals?.latencyMs[key] ?? null;
  return interval === null || interval.low === interval.high ? null : latencyInterval(interval.low, interval.high);
}

function queues(page: Page, summary: Summary): void {
  for (const queue of summary.queues) {
    const { name, depthMax, enqueued, duplicates, backlog } = queue;
    page.row(`  Queue ${printable(name)}`, grouped(depthMax), "", [
      `deepest; ${grouped(enqueued)} in, ${counted(duplicates, "duplicate")}${endingsText(queue)}, ${grouped(backlog)} left`,
    ]);
  }
  for (const store of summary.stores) {
    const [figure, unit] = percent(store.availability ?? 1).split(" ");
    page.row(`  Store ${printable(store.name)}`, figure, unit, [`available; ${storeText(store)}`]);
  }
}

function roleCalls(page: Page, { roleCalls: links }: Summary): void {
  for (const link of links) {
    const [figure, unit] = link.meanMs === null ? ["-", ""] : latencyParts(link.meanMs);
    page.row(`  Calls ${printable(link.from)} -> ${printable(link.to)}`, figure, unit, [`on average; ${callsText(link)}`]);
  }
}

function autoscalers(page: Page, { autoscale }: Summary): void {
  for (const { flappingAvoided, frozen, name, scaledIn, scaledOut } of autoscale) {
    page.row(`  Autoscale ${printable(name)}`, grouped(scaledOut + scaledIn), "", [
      `times: ${grouped(scaledOut)} out, ${grouped(scaledIn)} in`,
      flappingAvoided > 0 ? `${grouped(flappingAvoided)} not in, to avoid flapping` : null,
      frozen > 0 ? `${grouped(frozen)} frozen` : null,
    ]);
  }
}

function expectations(page: Page, summary: Summary): void {
  if (summary.expectations.length === 0) return;
  const { ink } = page;
  const measuredEnd = 52;
  const allowanceEnd = 76;
  const heading = "  Expectations".padEnd(measuredEnd - 8);
  page.lines.push("", `${ink.strong(heading)}${ink.faint("measured")}${ink.faint("allowance used".padStart(allowanceEnd - measuredEnd))}`);
  for (const expectation of summary.expectations) {
    const measured = measuredText(expectation, summary) ?? "not measured";
    const allowance = allowanceText(expectation, summary) ?? "";
    const text = `    ${expectation.met ? "✓" : "✕"} ${printable(expectationText(expectation))}`;
    const lead = text.padEnd(measuredEnd - measured.length - 1);
    const line = `${lead} ${measured}${allowance.padStart(allowanceEnd - measuredEnd)}`;
    const colour = expectation.met ? ink.good : ink.bad;
    page.lines.push(line.trimEnd().replace(expectation.met ? "✓" : "✕", colour));
  }
  const [worst] = attributedGroups(summary.requests.failedByAttribution, summary.runs);
  if (worst === undefined || summary.expectations.every(({ met }) => met)) return;
  page.lines.push("");
  const words = `Mostly ${worst.cause}: ${counted(worst.failed, "request")} ${causeText(worst.cause, worst.failed)} (${worst.source}).`;
  page.hang(" ", 1, words, 2);
}

function causes(page: Page, summary: Summary): void {
  const { requests: counts } = summary;
  if (counts.failed === 0) return;
  page.section("Failures by cause");
  const rows = failureRows(summary);
  const most = Math.max(...rows.map(({ failed }) => failed));
  const countWidth = Math.max(grouped(counts.failed).length, 4);
  const line = (bar: string, cause: string, count: number, note: string): void => {
    const lead = `    ${bar.padEnd(20)}  ${cause.padEnd(14)}  ${grouped(count).padStart(countWidth)}`;
    if (note === "") page.lines.push(lead);
    else page.hang(lead.replace(bar, page.ink.bad), lead.length, note, 44 + countWidth);
  };
  for (const { failed, cause, source, targets } of rows.slice(0, 8)) {
    const whom = targets.length === 0 ? "" : `: ${targetsText(targets, mostTargets)}`;
    line(barOf(failed / most, 20), cause, failed, source + whom);
  }
  const rest = rows.slice(8);
  if (rest.length > 0)
    line(
      "",
      "others",
      rest.reduce((sum, { failed }) => sum + failed, 0),
      counted(rest.length, "more attribution"),
    );
  line("", "all causes", counts.failed, "");
}

/** A bar of at most `width` characters, to the eighth; never empty. */
function barOf(ratio: number, width: number): string {
  const eighths = Math.max(1, Math.round(ratio * width * 8));
  const rest = eighths % 8;
  return "█".repeat(Math.floor(eighths / 8)) + (rest === 0 ? "" : "▏▎▍▌▋▊▉".charAt(rest - 1));
}

function happened(page: Page, result: RunResult): void {
  const { events, untold, knownFrom } = tellStory(result, eventLimit);
  if (events.length === 0) return;
  page.section(result.summary.runs > 1 ? `What happened in the first of ${grouped(result.summary.runs)} runs` : "What happened");
  if (knownFrom > 0) page.lines.push(`    ${page.ink.faint(`before ${instant(knownFrom, 0)} nothing was kept`)}`);
  const timeWidth = Math.max(7, ...events.map(({ at }) => instant(at, 1).length));
  for (const { at, family, text } of events) {
    const lead = `    ${instant(at, 1).padStart(timeWidth)}  `;
    const coloured = lead + colourOf(family, page.ink)(family.padEnd(9));
    page.hang(coloured, lead.length + 9, text, lead.length + 11);
  }
  if (untold > 0)
    page.lines.push(`    ${" ".repeat(timeWidth)}  ${page.ink.faint(`and ${counted(untold, "more event")} of incidents that cost less`)}`);
}

function colourOf(family: EventFamily, ink: Ink): (text: string) => string {
  if (family === "fault" || family === "refused") return ink.bad;
  if (family === "recovered") return ink.good;
  return family === "noticed" ? ink.warn : ink.accent;
}

function foot(page: Page, summary: Summary, report: string | undefined): void {
  const { ink } = page;
  page.lines.push("");
  if (summary.reproduce !== "") page.hang(`  ${ink.faint("Reproduce")}`, 11, summary.reproduce, 15);
  const speed = summary.wallSeconds > 0 ? ` in ${decimal(summary.wallSeconds + 0.005, 2)} s` : "";
  page.lines.push(`  ${ink.faint("Fingerprint")}  ${summary.fingerprint}   ${counted(summary.events, "event")}${speed}`);
  if (report !== undefined) page.hang(`  ${ink.faint("Report")}`, 8, report, 15);
  const missing = missingFacts(summary);
  if (missing !== undefined) page.hang(`  ${ink.faint("Trace")}`, 7, missing, 15);
}
