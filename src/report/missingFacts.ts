import type { Summary } from "../metrics/summary.ts";
import { counted } from "./numbers.ts";
import { instant } from "./times.ts";

/** What a trace that was written does not hold, in words; undefined when it holds everything, or none was written. */
export function missingFacts({ trace }: Pick<Summary, "trace">): string | undefined {
  if (trace === undefined) return undefined;
  const { dropped, facts, leftOut, leftOutFromSeconds } = trace;
  const missing = [
    leftOut === 0 ? "" : `${counted(leftOut, "fact")} of requests and messages ${sinceText(leftOutFromSeconds)} left out`,
    dropped === 0 ? "" : `${counted(dropped, "older fact")} of the control plane dropped`,
  ].filter((text) => text !== "");
  return missing.length === 0 ? undefined : `trace.ndjson has ${counted(facts, "fact")}; ${missing.join(", ")} (--facts all keeps all)`;
}

function sinceText(seconds: number | null): string {
  return seconds === null || seconds === 0 ? "are" : `from ${instant(seconds * 1e6, 0)} on are`;
}
