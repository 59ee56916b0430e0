import type { RunResult } from "../../experiment/result.ts";
import { day } from "../../kernel/time.ts";
import type { SlaMonth, SlaService, SlaSummary } from "../../metrics/sla/figures.ts";
import { decimal, grouped, percent, share } from "../numbers.ts";
import { listNames } from "../story/words.ts";

/** A label, a percentage and what to know about it. */
export interface SlaLine {
  readonly label: string;
  readonly figure: string;
  readonly notes: readonly string[];
}

/** Months that are listed, those that a year touches; of more, those with the lowest uptime. */
const mostMonths = 13;

/** Whether agreements by the month have something to say: a day was measured, or a promise was broken, or is missing. */
export function hasSlaStory({ design, summary }: RunResult): boolean {
  const { compute, singles } = summary.sla;
  if (compute === null) return false;
  const isLong = design.measure.to - design.measure.from >= day;
  const isAsked = summary.expectations.some(({ metric }) => metric.startsWith("sla."));
  return isLong || isAsked || compute.target === null || singles !== null || isBroken(compute);
}

function isBroken({ months, target }: SlaService): boolean {
  return target !== null && months.some(({ uptime }) => uptime !== null && uptime < target);
}

/** A promise of uptime (0..1) as its agreement writes it: `99.95 %`. */
export function promised(target: number): string {
  return percent(target).replace(/0+ %$/, " %").replace(/\. %$/, " %");
}

/** What is promised: `Cloud Services, web: 99.95 % promised, which allows 21.6 min down in 30 d`, or that nothing is. */
export function promise({ allowedMinutes, name, recalled, roles, target, what }: SlaService): string {
  const whose = roles.length === 0 ? name : `${name}, ${listNames(roles)}`;
  if (target === null || allowedMinutes === null) return `${whose}: no SLA, nothing is promised of ${what}`;
  return `${whose}: ${promised(target)} promised, which allows ${decimal(allowedMinutes, 2)} min down in 30 d${recalled ? " (recalled)" : ""}`;
}

/** One month in words. */
export function monthLine({ credit, downtimeMinutes, isWhole, label, runsMet, uptime }: SlaMonth, runs: number): SlaLine {
  const notes = [isWhole ? "" : "part of the month", downText(downtimeMinutes, runs)];
  if (runsMet === null) notes.push("no SLA");
  else if (runs > 1) notes.push(`kept in ${grouped(runsMet)} of ${grouped(runs)}`);
  if (credit !== null && credit > 0) notes.push(`${share(credit)} of the bill back${runs > 1 ? " on average" : ""}`);
  return { label, figure: uptime === null ? "-" : percent(uptime), notes: notes.filter((note) => note !== "") };
}

function downText(minutes: number, runs: number): string {
  return minutes === 0 ? "never down" : `${grouped(minutes)} min down${runs > 1 ? ` in ${grouped(runs)} runs` : ""}`;
}

/** All months together; undefined where there is one month, or nothing was down. */
export function allMonthsLine({ months }: SlaService, runs: number): SlaLine | undefined {
  let [maximum, down] = [0, 0];
  for (const { downtimeMinutes, maximumMinutes } of months) {
    maximum += maximumMinutes;
    down += downtimeMinutes;
  }
  if (months.length < 2 || down === 0) return undefined;
  const notes = [downText(down, runs), "minutes down only in part do not count"];
  return { label: "all months", figure: percent((maximum - down) / maximum), notes };
}

/** The months to show, those in which something was down, the worst ones of many; how many others were down and how many were not. */
export function shownMonths({ months }: SlaService): {
  readonly months: readonly SlaMonth[];
  readonly otherDown: number;
  readonly neverDown: number;
} {
  const down = months.filter(({ downtimeMinutes }) => downtimeMinutes > 0);
  const worst = [...down].sort((a, b) => (a.uptime ?? 1) - (b.uptime ?? 1)).slice(0, mostMonths);
  const shown = months.length <= 2 ? months : down.filter((month) => worst.includes(month));
  const neverDown = months.length <= 2 ? 0 : months.length - down.length;
  return { months: shown, otherDown: Math.max(0, down.length - mostMonths), neverDown };
}

/** What is promised on paper of a request that needs everything, beside what was simulated; undefined where nothing is promised. */
export function paperLine({ summary }: RunResult): SlaLine | undefined {
  const { paper, stores, compute } = summary.sla;
  const { request } = summary.availability;
  if (paper === null || compute === null) return undefined;
  const parts = [compute, ...stores].map(({ name, target }) => `${name} ${promised(target ?? 0)}`);
  const simulated = request === null ? [] : [`simulated ${percent(request)} by requests`];
  return { label: "on paper", figure: percent(paper), notes: [...simulated, ...(stores.length === 0 ? [] : [listNames(parts)])] };
}

/** How many dead processes were noticed in time; undefined when none died. */
export function detectionLine({ detection }: SlaSummary): SlaLine | undefined {
  const { crashes, noticedInTime, ratio, target } = detection;
  if (ratio === null) return undefined;
  const count = `${grouped(noticedInTime)} of ${grouped(crashes)} dead ${crashes === 1 ? "process" : "processes"} noticed within 2 min`;
  return { label: "noticed", figure: percent(ratio), notes: [count, `${promised(target)} promised`] };
}
