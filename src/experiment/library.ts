import { ParsedScenario } from "../scenario/parse.ts";
import type { Scenario } from "../scenario/schema/scenario.ts";
import { type ValidateOptions, type ValidScenario, validate } from "../scenario/validate.ts";
import type { RunResult } from "./result.ts";
import { type RunOptions, runScenario } from "./run.ts";

/** Options of `run` for a scenario that has not been validated yet. */
export type ScenarioRunOptions = RunOptions & ValidateOptions;

/**
 * Replays a scenario: `summary` says what was measured, `facts` is the trace of the first run and `cast` names who is in it.
 *
 * Takes a scenario as an object, as `parse` returns it, or as `validate` returns it; to replay one many times, validate it once. Touches no
 * file, clock or global. Throws ScenarioError with every mistake, and InvariantError when the simulator itself is wrong.
 */
export function run(scenario: Scenario | ParsedScenario, options?: ScenarioRunOptions): RunResult;
export function run(scenario: ValidScenario, options?: RunOptions & Pick<ValidateOptions, "seed" | "runs">): RunResult;
export function run(scenario: Scenario | ParsedScenario | ValidScenario, options: ScenarioRunOptions = {}): RunResult {
  if (!isValid(scenario)) return runScenario(validate(scenario, options), options);
  const { seed = scenario.seed, runs = scenario.runs } = options;
  return runScenario({ ...scenario, seed, runs }, options);
}

function isValid(scenario: Scenario | ParsedScenario | ValidScenario): scenario is ValidScenario {
  return !(scenario instanceof ParsedScenario) && "design" in scenario && "hash" in scenario;
}
