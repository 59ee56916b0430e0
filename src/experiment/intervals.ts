import type { Figures } from "../metrics/summarise.ts";
import type { Interval, Intervals } from "../metrics/summary.ts";
import { tInterval } from "../stats/confidence.ts";

/** Figures that are summed over runs; all others are averaged, so that their interval is about one run. */
const summed = new Set([
  "offered",
  "attempts",
  "calls",
  "callsFailed",
  "abandoned",
  "retries",
  "hedges",
  "succeeded",
  "failed",
  "requests",
  "enqueued",
  "completed",
  "duplicates",
  "poisoned",
  "deadLettered",
  "expired",
  "lost",
  "refused",
  "deduplicated",
  "reads",
  "writes",
  "throttled",
  "backlog",
  "degradedSeconds",
  "restarts",
  "written",
  "lost",
  "onStops",
  "onStopCuts",
  "changes",
  "seconds",
  "outages",
  "scaledOut",
  "scaledIn",
  "flappingAvoided",
  "frozen",
  "maximumMinutes",
  "downtimeMinutes",
  "runsMet",
  "crashes",
  "noticedInTime",
  "refused",
  "running",
  "stuck",
  "replaced",
]);

/** Extremes over all runs: exact for what was simulated, and not an estimate of anything, so they have no interval. */
const extremes = new Set(["max", "depthMax", "readyMin", "inRotationMin", "min", "worstMonth"]);

/**
 * Student t intervals of every figure from its values in independent runs, in the shape of `all`: the figures of all runs together. Attributions
 * are put together by their words, whatever line of the scenario they come from.
 */
export function intervalsOf(all: Figures, runs: readonly Figures[], confidence: number): Intervals {
  return combine(all, runs, "", confidence) as Intervals;
}

/** The intervals of a figure, or of a part of the figures, from what each run has in its place. */
function combine(figure: unknown, values: readonly unknown[], key: string, confidence: number): unknown {
  if (figure === null) return null;
  if (typeof figure === "number") return intervalOf(values, key, confidence);
  if (typeof figure !== "object") return figure;
  if (Array.isArray(figure)) {
    const lists = values.map((value) => (Array.isArray(value) ? value : []));
    if (key === "failedByAttribution") return combineAttributions(lists, confidence);
    if (key === "byAttribution") return combineDowntime(lists, confidence);
    return figure.map((entry: unknown, place) =>
      combine(
        entry,
        lists.map((list) => entryLike(entry, place, list)),
        key,
        confidence,
      ),
    );
  }
  const combined: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(figure)) {
    const absent = isByCause(key) ? 0 : null;
    const found = values.map((value) => (value as Record<string, unknown> | null | undefined)?.[name] ?? absent);
    combined[name] = combine(inner, found, isByCause(key) && typeof inner === "number" ? "failed" : name, confidence);
  }
  return combined;
}

/** What a run's list has for an entry: that of the same name or source, else that in the same place. */
function entryLike(entry: unknown, place: number, list: readonly unknown[]): unknown {
  for (const key of ["name", "source"]) {
    const name = (entry as Record<string, unknown> | null)?.[key];
    if (typeof name === "string") return list.find((other) => (other as Record<string, unknown>)[key] === name);
  }
  return list[place];
}

/** Counts by cause: a run in which a cause never struck counts 0. */
function isByCause(key: string): boolean {
  return key === "lostBy" || key === "failedByCause" || key === "attemptsFailedByCause";
}

/** A figure that some run does not have has no interval. */
function intervalOf(values: readonly unknown[], key: string, confidence: number): Interval | null {
  const numbers = values.filter((value): value is number => typeof value === "number");
  if (numbers.length < values.length || extremes.has(key)) return null;
  const estimate = tInterval(numbers, confidence);
  if (estimate === undefined) return null;
  const scale = summed.has(key) ? numbers.length : 1;
  return { low: estimate.low * scale, high: estimate.high * scale };
}

/** As attributions, but of time. */
function combineDowntime(lists: readonly (readonly { source: string; kind: string; seconds: number }[])[], confidence: number): unknown {
  const known = new Map<string, string>();
  for (const list of lists) for (const { kind, source } of list) known.set(source, kind);
  return [...known].map(([source, kind]) => {
    const seconds = lists.map((list) => list.reduce((sum, entry) => (entry.source === source ? sum + entry.seconds : sum), 0));
    return { source, kind, seconds: intervalOf(seconds, "seconds", confidence) };
  });
}

/** Attributions are matched by source and cause, several lines of the scenario with the same words together; a run without one counts as none. */
function combineAttributions(
  lists: readonly (readonly { source: string; kind: string; cause: string; failed: number }[])[],
  confidence: number,
): unknown {
  const names = new Map<string, { source: string; kind: string; cause: string }>();
  for (const list of lists) for (const { source, kind, cause } of list) names.set(`${cause} ${source}`, { source, kind, cause });
  return [...names.values()].map(({ source, kind, cause }) => ({
    source,
    kind,
    cause,
    failed: intervalOf(
      lists.map((list) => list.reduce((sum, entry) => (entry.source === source && entry.cause === cause ? sum + entry.failed : sum), 0)),
      "failed",
      confidence,
    ),
  }));
}
