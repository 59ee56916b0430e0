import { runScenario } from "../../src/experiment/run.ts";
import type { Summary } from "../../src/metrics/summary.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";

/** A scenario to be replayed, and which replications of it. */
export interface Job {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly runs: number;
}

/** What came of a job: its summary, or why there is none. */
export type Outcome = { readonly summary: Summary } | { readonly error: string };

// started by `farm.ts`: one job in, one outcome out, until the farm hangs up
process.on("message", ({ scenario, seed, runs }: Job) => {
  process.send?.(outcomeOf(scenario, { seed, runs }));
});

function outcomeOf(scenario: Scenario, luck: { seed: number; runs: number }): Outcome {
  try {
    return { summary: runScenario(validate(scenario, luck)).summary };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
