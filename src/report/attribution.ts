import type { AttributionSummary } from "../metrics/summary.ts";
import type { FailureCauseName } from "../model/status.ts";
import { counted, grouped } from "./numbers.ts";
import { hasWords, struckManyWords, struckWords } from "./story/incidentWords.ts";
import { listNames } from "./story/words.ts";
import { instant } from "./times.ts";

/** Failures with one cause that are put down to one thing: a fault with all that it struck, an operation, load. */
export interface AttributedGroup {
  readonly cause: FailureCauseName;
  readonly isLoad: boolean;
  /** What they are put down to, and when it struck: `host 0 failed at 5:00`, `30 hosts failed, 45 times, last at 5:39:33`. */
  readonly source: string;
  readonly failed: number;
  /** Of those, requests that had arrived before the fault struck. */
  readonly held: number;
  /** What it struck, most failures first; a single one is named by the source already, and is left out. */
  readonly targets: readonly { readonly name: string; readonly failed: number; readonly held: number }[];
  /** When it last struck, in seconds; null for load and where runs differ. */
  readonly atSeconds: number | null;
}

/** Failures by what they are put down to, most first: what one line of the scenario did to its many targets together. The sums are exact. */
export function attributedGroups(entries: readonly AttributionSummary[], runs: number): readonly AttributedGroup[] {
  const alike = new Map<string, AttributionSummary[]>();
  for (const [place, entry] of entries.entries()) {
    // what is no fault stays by itself: two operations may have the same words
    const key = faultKey(entry) ?? String(place);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [entry]);
    else known.push(entry);
  }
  // entries come with the most failures first, and groups stay in that order where they are equal
  return [...alike.values()].map((group) => groupOf(group, runs)).sort((a, b) => b.failed - a.failed);
}

/** What the summary names as a source, in words: `host 0 failed` of "host-failure of host 0"; operations and load as they are. */
export function sourceText(source: string): string {
  const { kind, overload, target } = parsed(source);
  if (kind === undefined) return overload === undefined ? source : `load, after ${overload}`;
  return `${overload === undefined ? "" : "load, after "}${struckWords(kind, target)}`;
}

/** A source of failures taken apart: `kind` and `target` of a fault with words; `overload` when load is what they are put down to. */
function parsed(source: string) {
  const overload = /^load, while (.*) lasted$/.exec(source)?.[1];
  const [, kind, target] = /^([a-z-]+) of (.+)$/.exec(overload ?? source) ?? [];
  const isFault = kind !== undefined && target !== undefined && hasWords(kind);
  return isFault ? { overload, kind, target } : { overload, kind: undefined, target: "" };
}

/** Equal for what belongs together: one cause, and one line of the scenario or one way in which a version is bad. */
function faultKey({ cause, fault, source }: AttributionSummary): string | undefined {
  const { kind, overload } = parsed(source);
  return kind === undefined ? undefined : `${cause} ${overload === undefined ? "" : "load"} ${kind} ${fault ?? ""}`;
}

function groupOf(entries: readonly AttributionSummary[], runs: number): AttributedGroup {
  const [first] = entries;
  const targets = new Map<string, { name: string; failed: number; held: number }>();
  let failed = 0;
  let held = 0;
  let occurrences = 0;
  for (const entry of entries) {
    const name = parsed(entry.source).target;
    const target = targets.get(name) ?? { name, failed: 0, held: 0 };
    targets.set(name, target);
    target.failed += entry.failed;
    target.held += entry.held;
    failed += entry.failed;
    held += entry.held;
    occurrences += entry.occurrences;
  }
  const isOne = targets.size === 1;
  const atSeconds = latest(entries);
  const words = isOne ? sourceText(first.source) : manyText(first.source, [...targets.keys()]);
  return {
    cause: first.cause,
    isLoad: first.kind === "load",
    source: words + whenText(entries, atSeconds, occurrences, runs),
    failed,
    held,
    targets: isOne ? [] : [...targets.values()].sort((a, b) => b.failed - a.failed),
    atSeconds,
  };
}

/** When the last of them struck; null where that is not the same in all runs. */
function latest(entries: readonly AttributionSummary[]): number | null {
  let last = 0;
  for (const { atSeconds } of entries) {
    if (atSeconds === null) return null;
    last = Math.max(last, atSeconds);
  }
  return last;
}

/** `load, after 30 hosts failed`. */
function manyText(source: string, targets: readonly string[]): string {
  const { kind = "", overload } = parsed(source);
  return `${overload === undefined ? "" : "load, after "}${struckManyWords(kind, counted(targets.length, ...nounOf(kind, targets)))}`;
}

/** What targets are called, one and several of them: `["host", "hosts"]`, `["web instance", "web instances"]`. */
function nounOf(kind: string, targets: readonly string[]): readonly [string, string] {
  const [first] = targets;
  if (first.startsWith("host ")) return ["host", "hosts"];
  if (first.startsWith("fault domain ")) return ["fault domain", "fault domains"];
  if (kind === "store-outage") return ["store", "stores"];
  if (kind === "queue-outage") return ["queue", "queues"];
  const roles = new Set(targets.map((name) => name.replace(/\/.*/, "")));
  return roles.size === 1 ? [`${[...roles][0]} instance`, `${[...roles][0]} instances`] : ["instance", "instances"];
}

/** `, 3 times, last at 5:00`; at the same instant in every run and once for each target: ` at 5:00`. */
function whenText(entries: readonly AttributionSummary[], atSeconds: number | null, occurrences: number, runs: number): string {
  const often = `, ${counted(occurrences, "time")}${runs > 1 ? " in all runs" : ""}`;
  if (atSeconds === null) return entries.length > 1 && occurrences > 0 ? often : "";
  const at = instant(atSeconds * 1e6, 0);
  if (occurrences > runs * entries.length) return `${often}, last at ${at}`;
  return entries.every((entry) => entry.atSeconds === atSeconds) ? ` at ${at}` : `, last at ${at}`;
}

/** What was struck and how many failures each cost: `host 28 (42), host 24 (35) and 17 more`. */
export function targetsText(targets: readonly { readonly name: string; readonly failed: number }[], atMost: number): string {
  return listNames(
    targets.map(({ failed, name }) => `${name} (${grouped(failed)})`),
    atMost,
  );
}
