import type { Micros } from "../kernel/time.ts";
import type { Summary } from "../metrics/summary.ts";
import { counted } from "./numbers.ts";
import type { Page } from "./terminalPage.ts";
import { duration, instant } from "./times.ts";

/** Prints what was done to the service and what came of it. */
export function operationsSection(page: Page, summary: Summary): void {
  if (summary.operations.length === 0) return;
  page.section("Operations");
  const inOrder = [...summary.operations].sort((a, b) => a.startedAtSeconds - b.startedAtSeconds);
  const shown = inOrder.slice(0, 12);
  const timeWidth = Math.max(7, ...shown.map(({ startedAtSeconds }) => instant(startedAtSeconds * 1e6, 1).length));
  for (const operation of shown) {
    const { title, startedAtSeconds, outcome } = operation;
    const started = instant(startedAtSeconds * 1e6, 1);
    const lead = `    ${started.padStart(timeWidth)}  `;
    const coloured = `${lead}${(outcome === "refused" || outcome === "stuck" ? page.ink.bad : page.ink.accent)(outcome.padEnd(9))}`;
    page.hang(coloured, lead.length + 9, `${title}${outcomeText(operation)}`, lead.length + 11);
  }
  if (inOrder.length > shown.length) page.lines.push(`    ${page.ink.faint(`and ${inOrder.length - shown.length} more`)}`);
}

/** What became of an operation, as the rest of a line that begins with its title. */
function outcomeText(operation: Summary["operations"][number]): string {
  const { kind, outcome, reason, failedRequests, requestsInFlight, sessionsInFlight } = operation;
  if (outcome === "refused") return `: ${reason ?? "no reason was given"}`;
  const held = kind === "swap" ? `, ${counted(requestsInFlight, "request")} and ${counted(sessionsInFlight, "session")} in flight` : "";
  const lost =
    failedRequests > 0 ? `${counted(failedRequests, "request")} lost to it` : kind === "swap" ? "none lost" : "nothing lost to it";
  return `${tookText(operation)}${held}, ${lost}`;
}

function tookText({ kind, outcome, reason, passes, startedAtSeconds, finishedAtSeconds }: Summary["operations"][number]): string {
  if (outcome === "stuck") return `: ${reason}`;
  if (outcome === "replaced" && finishedAtSeconds !== null)
    return `: after ${duration((finishedAtSeconds - startedAtSeconds) * 1e6)} ${reason ?? "another operation takes its place"}`;
  if (passes > 1) return `, ${counted(passes, "pass", "passes")}`;
  if (finishedAtSeconds === null) return " goes on at the end";
  // an autoscaler acts again and again
  if (kind === "autoscale") return `, the last time until ${instant(finishedAtSeconds * 1e6, 1)}`;
  return lasted((finishedAtSeconds - startedAtSeconds) * 1e6);
}

function lasted(time: Micros): string {
  return time < 1 ? " at once" : ` in ${duration(time)}`;
}
