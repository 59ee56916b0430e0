import type { RunResult } from "../experiment/result.ts";
import type { RunOptions } from "../experiment/run.ts";
import { UsageError } from "./usageError.ts";

/** What goes into trace.ndjson: all facts, those of the control plane, or all until there are so many and then those of the control plane. */
export type TraceFacts = "all" | "control" | number;

/** Facts in a trace before those of requests and messages are left out, unless `--facts` says otherwise: about 50 MB. */
export const usualFacts = 500_000;

/** Reads the value of `--facts`; throws UsageError. */
export function readTraceFacts(text: string): TraceFacts {
  if (text === "all" || text === "control") return text;
  const number = /^\d[\d,_]{0,15}$/.test(text) ? Number(text.replace(/[,_]/g, "")) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new UsageError(`--facts is all, control or how many at most, such as 500000, not "${text}"`);
}

/** Which facts of the first run a trace asks for. */
export function factsToKeep(facts: TraceFacts): NonNullable<RunOptions["everyFact"]> {
  return typeof facts === "number" ? facts : facts === "all";
}

/** The summary of a run whose trace is written says what the trace holds, and what it does not. */
export function withTrace(result: RunResult): RunResult {
  const { dropped, leftOut, leftOutFrom, length } = result.facts;
  const trace = { facts: length, dropped, leftOut, leftOutFromSeconds: leftOut > 0 ? leftOutFrom / 1e6 : null };
  return { ...result, summary: { ...result.summary, trace } };
}
