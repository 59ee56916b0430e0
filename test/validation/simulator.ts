import { runScenario } from "../../src/experiment/run.ts";
import type { Summary } from "../../src/metrics/summary.ts";
import { parse } from "../../src/scenario/parse.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";

/** A scenario to be replayed, as an object or as the text of a file, and which replications of it. */
export interface Job {
  readonly scenario: Scenario | string;
  /** Changes as `path=value`. */
  readonly set?: readonly string[];
  readonly seed: number;
  readonly runs: number;
}

/** What came of a job: its summary, or why there is none. */
export type Outcome = { readonly summary: Summary } | { readonly error: string };

// started by `farm.ts`: one job in, one outcome out, until the farm hangs up
process.on("message", (job: Job) => {
  process.send?.(outcomeOf(job));
});

function outcomeOf({ scenario, ...options }: Job): Outcome {
  try {
    const source = typeof scenario === "string" ? parse(scenario) : scenario;
    return { summary: runScenario(validate(source, options)).summary };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
