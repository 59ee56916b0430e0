import type { RunResult } from "../../experiment/result.ts";
import type { Interval, Summary } from "../../metrics/summary.ts";
import { counted, decimal, grouped, latency, latencyInterval, latencyParts, money, ninesOf, percent, percentInterval } from "../numbers.ts";
import { hasSlaStory, promised } from "../sla/words.ts";
import { endingsText } from "../stores.ts";
import { listNames } from "../story/words.ts";
import { duration } from "../times.ts";
import { ninesAndDowntime, shortageText } from "../verdict.ts";

/** One big figure with its name, its unit, and what to know about it. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly notes: readonly string[];
}

/** The figures at the head of a report, at most four, without those that the run cannot tell. */
export function figures(result: RunResult): readonly Figure[] {
  const { summary } = result;
  const all = [
    requestFigure(result),
    latencyFigure(summary),
    slaFigure(result),
    localWritesFigure(summary),
    reachableFigure(summary),
    ...queueFigures(summary),
    capacityFigure(summary),
    timeFigure(result),
    costFigure(summary),
  ];
  return all.filter((figure) => figure !== null).slice(0, 4);
}

function requestFigure(result: RunResult): Figure | null {
  const { availability, requests, intervals } = result.summary;
  if (availability.request === null) return null;
  const words = ninesAndDowntime(requests);
  return ratioFigure("Availability by requests", availability.request, intervals?.availability.request, [
    words === null ? null : `${words.replace(",", ";")}.`,
    oneSuchFailure(result),
  ]);
}

/** The worst month of what is promised, where agreements by the month have something to say. */
function slaFigure(result: RunResult): Figure | null {
  const { compute } = result.summary.sla;
  if (!hasSlaStory(result) || compute === null || compute.worstMonth === null) return null;
  const note = compute.target === null ? "no SLA, nothing is promised" : `${promised(compute.target)} promised`;
  return ratioFigure("Uptime, worst month", compute.worstMonth, null, [`${listNames(compute.roles)}: ${note}`]);
}

function costFigure({ cost, runs }: Summary): Figure | null {
  if (cost.total === null || cost.instanceHours === 0) return null;
  const notes = [`${decimal(cost.instanceHours, 2)} instance-hours${runs > 1 ? " a run" : ""}, prices of ${cost.asOf}`];
  return { name: "Cost", value: money(cost.total), unit: cost.currency, notes };
}

function localWritesFigure({ localWrites: { written, lost, lostBy } }: Summary): Figure | null {
  if (lost === 0) return null;
  const reasons = Object.entries(lostBy).map(([event, count]) => `${grouped(count)} by ${event}`);
  return { name: "Local writes lost", value: grouped(lost), unit: `of ${grouped(written)}`, notes: reasons };
}

/** What the run's only incident would make of a month. */
function oneSuchFailure({ summary, design }: RunResult): string | null {
  const { requests, runs } = summary;
  const sources = new Set(
    requests.failedByAttribution.map(({ source, atSeconds, occurrences }) => (atSeconds === null || occurrences > 1 ? "" : source)),
  );
  const length = (design.measure.to - design.measure.from) / 1e6;
  if (runs > 1 || requests.failed === 0 || sources.size !== 1 || sources.has("") || summary.operations.length > 0 || length <= 0)
    return null;
  const ratio = 1 - requests.failed / ((requests.offered / length) * 30 * 24 * 3600);
  return ratio <= 0 || ratio >= 1 ? null : `One such failure a month: ${percent(ratio)}, ${ninesOf(ratio) ?? ""}`;
}

function latencyFigure({ latencyMs, latencyWithTimeoutsMs, intervals }: Summary): Figure | null {
  const { p50, p90, p95, p99, p999, max } = latencyMs;
  if (p99 === null) return null;
  const [value, unit] = latencyParts(p99);
  // the unit stands once, at the end, unless there are several
  const isPlain = [p50, p90, p95, p999, max].every((ms) => ms === null || latencyParts(ms)[1] === "ms");
  const named = (name: string, ms: number | null): string | null =>
    ms === null ? null : `${name} ${isPlain ? latencyParts(ms)[0] : latency(ms)}`;
  const list = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(" · ");
  const interval = intervals?.latencyMs.p99 ?? null;
  const withTimeouts = latencyWithTimeoutsMs.p99;
  const isOther = withTimeouts !== null && latency(withTimeouts) !== latency(p99);
  return {
    name: "Latency, successes",
    value,
    unit: `${unit} p99`,
    notes: [
      ...(isInteresting(interval) ? [`95 % interval ${latencyInterval(interval.low, interval.high)}`] : []),
      list([named("p50", p50), named("p90", p90), named("p95", p95)]),
      `${list([named("p99.9", p999), named("max", max)])}${isPlain ? " ms" : ""}${isOther ? `; with time-outs p99 ${latency(withTimeouts)}` : ""}`,
    ],
  };
}

function reachableFigure(summary: Summary): Figure | null {
  const { availability, intervals } = summary;
  if (availability.reachable === null) return null;
  return ratioFigure("Reachable, clock time", availability.reachable, intervals?.availability.reachable, [
    availability.reachable === 1 ? "the rotation was never empty" : "the rotation was not empty",
    shortageText(summary),
  ]);
}

function queueFigures({ queues }: Summary): readonly Figure[] {
  const [deepest] = queues.filter(({ enqueued, refused }) => enqueued + refused > 0).sort((a, b) => b.depthMax - a.depthMax);
  if (deepest === undefined) return [];
  const { name, depthMax, enqueued, duplicates, backlog } = deepest;
  const endings = `${counted(duplicates, "duplicate")}${endingsText(deepest)}`;
  const notes = [`${counted(enqueued, "message")}, ${endings},`, `${grouped(backlog)} left at the end`];
  return [{ name: `Queue ${name}`, value: grouped(depthMax), unit: "deepest", notes }];
}

function capacityFigure(summary: Summary): Figure | null {
  const { availability, intervals } = summary;
  if (availability.capacity === null) return null;
  return ratioFigure("Capacity, ready of asked", availability.capacity, intervals?.availability.capacity, [
    shortageText(summary) ?? "all instances were ready throughout",
  ]);
}

function timeFigure({ summary: { availability, intervals }, design }: RunResult): Figure | null {
  if (availability.time === null) return null;
  const note = `every role had at least ${design.measure.ready} ready, of ${duration(design.measure.to - design.measure.from)}`;
  return ratioFigure("Availability by time", availability.time, intervals?.availability.time, [note]);
}

function ratioFigure(name: string, ratio: number, interval: Interval | null | undefined, notes: readonly (string | null)[]): Figure {
  const [value, unit] = percent(ratio).split(" ");
  const known = isInteresting(interval) ? [`95 % interval ${percentInterval(interval.low, interval.high)}`] : [];
  return { name, value, unit, notes: [...known, ...notes.filter((note) => note !== null)] };
}

function isInteresting(interval: Interval | null | undefined): interval is Interval {
  return interval !== null && interval !== undefined && interval.low !== interval.high;
}
