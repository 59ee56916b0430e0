import type { RunResult } from "../experiment/result.ts";
import type { Micros } from "../kernel/time.ts";
import { duration } from "../report/times.ts";
import { TextError } from "../scenario/textError.ts";
import { readDuration, writeDuration } from "../scenario/units.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usageError.ts";

/** Reads the value of `--until`, time since the start such as `2h31min`; throws UsageError. */
export function readUntil(text: string): Micros {
  try {
    const until = readDuration(text);
    if (until > 0) return until;
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw new UsageError(`--until "${text}": ${error.message}${error.hint === undefined ? "" : `, ${error.hint}`}`);
  }
  throw new UsageError("--until stops a run after some time, not before it begins");
}

/** Throws UsageError when a scenario, or a variant of it, is over by an instant. */
export function checkUntil(scenario: ValidScenario, until: Micros): void {
  for (const { design, name } of scenario.variants.length > 0 ? scenario.variants : [scenario]) {
    if (until >= design.horizon)
      throw new UsageError(`--until ${writeDuration(until)} stops nothing: ${name} ends at ${writeDuration(design.horizon)}`);
  }
}

/** The last line of a run that was stopped, for `err`. */
export function stopWords(until: Micros, { colours }: Terminal): string {
  const words = `  Stopped at ${duration(until)}: figures and fingerprint are of that part, and no expectation is judged`;
  return colours.err.warn(words);
}

/** What is printed and written of a run that was stopped says so: it ends there, and in `--json` is `stoppedAtSeconds`. */
export function stoppedAt(result: RunResult, until: Micros): RunResult {
  const title = `${result.title} (stopped at ${duration(until)} of ${duration(result.design.horizon)})`;
  const summary = Object.assign({ ...result.summary }, { stoppedAtSeconds: until / 1e6 });
  return { ...result, title, summary, design: { ...result.design, horizon: until } };
}
