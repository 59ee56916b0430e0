import type { AttributionSummary } from "../metrics/summary.ts";
import { counted } from "./numbers.ts";
import { hasWords, struckWords } from "./story/incidentWords.ts";
import { instant } from "./times.ts";

/** Who failures of so many runs are put down to, and when it struck: `host 0 failed at 5:00`, `load, after store db was out at 10:00`. */
export function attributionText({ source, atSeconds, occurrences }: AttributionSummary, runs: number): string {
  const words = sourceText(source);
  if (atSeconds === null) return words;
  const at = instant(atSeconds * 1e6, 0);
  // in every run at the same instant: once
  if (occurrences <= runs) return `${words} at ${at}`;
  return `${words}, ${counted(occurrences, "time")}${runs > 1 ? " in all runs" : ""}, last at ${at}`;
}

/** What the summary names as a source, in words: `host 0 failed` of "host-failure of host 0"; operations and load as they are. */
export function sourceText(source: string): string {
  const overload = /^load, while (.*) lasted$/.exec(source)?.[1];
  if (overload !== undefined) return `load, after ${sourceText(overload)}`;
  const [, kind, target] = /^([a-z-]+) of (.+)$/.exec(source) ?? [];
  return kind === undefined || target === undefined || !hasWords(kind) ? source : struckWords(kind, target);
}
