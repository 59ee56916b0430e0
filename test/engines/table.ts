import { type Ink, inkFor } from "../../src/report/ink.ts";
import { grouped } from "../../src/report/numbers.ts";
import { duration, instant } from "../../src/report/times.ts";
import type { Job, PlainFact } from "./job.ts";
import type { Difference } from "./locate.ts";
import { hashOf, type Replays } from "./replays.ts";

/** A line of the table: an engine that ran, or that is not there. */
export interface Row {
  readonly title: string;
  /** Undefined when it is not installed. */
  readonly replays: Replays | undefined;
  readonly jobs: readonly Job[];
  readonly verdict: "agrees" | "differs" | "stopped" | "missing";
  /** What is to be known beside the figures. */
  readonly note: string;
}

/** A difference with what is needed to see it again. */
export interface Located {
  readonly job: Job;
  readonly difference: Difference;
  /** Titles of the engines. */
  readonly a: string;
  readonly b: string;
}

const width = 79;

/** The table engine by hash, with the verdict above it. */
export function renderTable(rows: readonly Row[], seconds: number, colour: boolean): string {
  const ink = inkFor(colour);
  const isGood = rows.every(({ verdict }) => verdict === "agrees");
  const mark = isGood ? ink.good("✓") : ink.bad("✕");
  const said = sentence(rows);
  const took = duration(Math.round(seconds * 1e6));
  const head = `  ${mark} ${ink.strong(said)}${" ".repeat(Math.max(2, width - 4 - said.length - took.length))}${ink.faint(took)}`;
  const columns = line("engine", "version", "seconds", "runs", "events", "hash");
  return [head, "", `    ${ink.faint(columns)}`, ...rows.flatMap((row) => rowLines(row, ink)), ""].join("\n");
}

function sentence(rows: readonly Row[]): string {
  const count = (wanted: Row["verdict"]): number => rows.filter(({ verdict }) => verdict === wanted).length;
  if (count("differs") > 0) return `${count("differs")} of ${rows.length} engines differ`;
  if (count("stopped") > 0) return `${count("stopped")} of ${rows.length} engines did not finish`;
  if (count("missing") > 0) return `${count("missing")} of ${rows.length} engines are not installed`;
  return rows.length === 1 ? "One engine, nothing to compare it with" : `The same bytes on all ${rows.length} engines`;
}

function rowLines({ title, replays, jobs, verdict, note }: Row, ink: Ink): readonly string[] {
  const mark = verdict === "agrees" ? ink.good("✓") : ink.bad("✕");
  if (replays === undefined) return [`  ${mark} ${title.padEnd(14)}  ${ink.faint(note)}`];
  const { version, outcomes, seconds } = replays;
  const seedCount = new Set(jobs.map(({ seed }) => seed)).size;
  const runs = outcomes.length === jobs.length ? `${jobs.length / seedCount} x ${seedCount}` : `${outcomes.length}`;
  const events = grouped(outcomes.reduce((sum, outcome) => sum + outcome.events, 0));
  const text = line(title, version, seconds.toFixed(1), runs, events, hashOf(outcomes));
  return [`  ${mark} ${text}`, ...(note === "" ? [] : [`      ${ink.faint(note)}`])];
}

function line(engine: string, version: string, seconds: string, runs: string, events: string, hash: string): string {
  return `${engine.padEnd(14)}  ${version.padEnd(13)} ${seconds.padStart(7)}  ${runs.padStart(6)}  ${events.padStart(10)}  ${hash}`;
}

/** Where two engines part: scenario, seed, number of the fact, and what each of them says. */
export function renderDifference({ job, difference, a, b }: Located, colour: boolean): string {
  const ink = inkFor(colour);
  const lines = [`  ${ink.bad("✕")} ${ink.strong(`${a} and ${b} part in ${job.name}, seed ${job.seed}`)}`];
  if (difference.kind === "events") lines.push("    Every fact and every figure is the same: only events that no fact tells of differ.");
  else if (difference.kind === "figure") {
    lines.push("    Every fact is the same; the first figure that is not:");
    lines.push(`      ${a.padEnd(24)}${difference.a ?? "none"}`, `      ${b.padEnd(24)}${difference.b ?? "none"}`);
  } else {
    lines.push(`    The first fact that differs is number ${grouped(difference.number)}:`, "");
    lines.push(`      ${ink.faint(`${"".padEnd(10)}${a.padEnd(28)}${b}`)}`);
    for (const [key, says] of sides) {
      const [left, right] = [says(difference.a), says(difference.b)];
      const text = `      ${key.padEnd(10)}${left.padEnd(28)}${right}`;
      lines.push(left === right ? text : ink.bad(text));
    }
  }
  return [...lines, ""].join("\n");
}

const sides: readonly (readonly [key: string, says: (fact: PlainFact | undefined) => string])[] = [
  ["instant", (fact) => (fact === undefined ? "the run has ended" : instant(fact.at))],
  ["in µs", (fact) => (fact === undefined ? "" : `${fact.at}`)],
  ["kind", (fact) => fact?.kind ?? ""],
  ["subject", (fact) => `${fact?.subject ?? ""}`],
  ["value", (fact) => `${fact?.value ?? ""}`],
  ["cause", (fact) => `${fact?.cause ?? ""}`],
];
