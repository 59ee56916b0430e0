import { ParsedScenario } from "../scenario/parse.ts";
import type { Scenario } from "../scenario/schema/scenario.ts";
import { type ValidateOptions, type ValidScenario, validate } from "../scenario/validate.ts";
import type { RunResult } from "./result.ts";
import { type RunOptions, runScenario } from "./run.ts";
import { compareVariants, type VariantDifference, type VariantResult } from "./variants.ts";

/** Options of `run` for a scenario that has not been validated yet. */
export type ScenarioRunOptions = RunOptions & ValidateOptions;

/** The outcome of replaying every variant of a scenario on the same draws. */
export interface VariantsResult {
  readonly scenario: string;
  readonly variants: readonly VariantResult[];
  /** Of each further variant against the first. */
  readonly differences: readonly VariantDifference[];
}

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

/**
 * Replays every variant of a scenario on the same draws, and explains how each differs from the first. `run` leaves variants aside.
 *
 * Takes what `run` takes and throws what it throws; RangeError when the scenario has no variants.
 */
export function runVariants(scenario: Scenario | ParsedScenario | ValidScenario, options: ScenarioRunOptions = {}): VariantsResult {
  const valid = isValid(scenario) ? scenario : validate(scenario, options);
  if (valid.variants.length === 0) throw new RangeError(`${valid.name} has no variants`);
  const { seed = valid.seed, runs = valid.runs } = options;
  const variants = valid.variants.map((one) => ({
    name: one.variant ?? one.name,
    result: runScenario({ ...one, seed, runs }, options),
  }));
  return { scenario: valid.name, variants, differences: compareVariants(variants) };
}

/** Whether a scenario has been validated already. */
export function isValid(scenario: Scenario | ParsedScenario | ValidScenario): scenario is ValidScenario {
  return !(scenario instanceof ParsedScenario) && "design" in scenario && "hash" in scenario;
}
