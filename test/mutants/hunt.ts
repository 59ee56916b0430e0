import fc from "fast-check";
import { run } from "../../src/experiment/library.ts";
import { invariants } from "../../src/invariants/index.ts";
import { BrokenInvariant } from "../../src/invariants/invariant.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { anyScenario } from "../model/anyScenario.ts";

/** What generated scenarios found. */
export interface Hunted {
  /** Id of the invariant that broke, or the error's own words when it was none. */
  readonly noticedBy: string;
  /** Scenarios it took. */
  readonly runs: number;
  readonly shrinks: number;
  /** The shrunk scenario. */
  readonly scenario: Scenario;
}

/** Replays generated scenarios until an invariant breaks, and shrinks the one in which it does; undefined when none does. */
export function hunt(runs: number, seed: number): Hunted | undefined {
  const property = fc.property(anyScenario, (scenario) => {
    run(scenario, { checks: { invariants, lookEvery: 1 } });
  });
  const found = fc.check(property, { numRuns: runs, seed });
  const scenario = found.counterexample?.[0];
  if (!found.failed || scenario === undefined) return undefined;
  const error = found.errorInstance;
  const noticedBy = error instanceof BrokenInvariant ? error.invariant : String(error).split("\n")[0];
  return { noticedBy, runs: found.numRuns, shrinks: found.numShrinks, scenario };
}
