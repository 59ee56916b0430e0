import fc from "fast-check";
import { BrokenInvariant } from "../../invariants/invariant.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { type Counterexample, counterexampleOf } from "../counterexample/counterexample.ts";
import { minimise } from "../minimise/minimise.ts";
import { drawingSeed, drawn, mistakeOf, observe, scenariosOf } from "./observe.ts";
import type { CampaignOptions } from "./options.ts";

/** A scenario of a campaign in which something is wrong, as plain data. */
export interface Found {
  /** What went wrong, as a name: one counterexample of each is kept. */
  readonly mistake: string;
  /** What was found in place of what. */
  readonly found: string;
  readonly scenario: Scenario;
  /** Absent when nothing came of the scenario, or when what was thrown was thrown before its run began. */
  readonly counterexample?: Counterexample;
}

/** fast-check's own shrinking ends after so many runs: the minimiser goes on. */
const mostShrinks = 100;
/** Runs that may be spent on making one counterexample small when nobody says. */
const usualBudget = 300;

/** What an error has found in scenario `index` of a campaign, as it was drawn. */
export function foundIn(options: CampaignOptions, index: number, scenario: Scenario, error: unknown): Found {
  return foundOf(scenario, error, { drawn: { seed: drawingSeed(options.seed ?? 1, index), path: "0" } });
}

/** Makes scenario `index` of a campaign, which fails with a mistake, as small as it goes; undefined when it does not fail with it. */
export function shrunk(options: CampaignOptions, index: number, mistake: string): Found | undefined {
  let last: unknown;
  const fails = (scenario: Scenario): boolean => {
    try {
      observe(options, index, scenario);
    } catch (error) {
      if (mistakeOf(error) !== mistake) return false;
      last = error;
      return true;
    }
    return false;
  };
  const seed = drawingSeed(options.seed ?? 1, index);
  const property = fc.property(fc.limitShrink(scenariosOf(options), mostShrinks), (scenario) => !fails(scenario));
  const { counterexample, counterexamplePath } = fc.check(property, { seed, numRuns: 1 });
  if (counterexample === null) return undefined;
  const { runs, scenario, steps } = minimise(counterexample[0], fails, { budget: options.budget ?? usualBudget });
  // the last attempt need not have been the best one
  fails(scenario);
  return foundOf(scenario, last, { drawn: { seed, path: counterexamplePath ?? "0" }, shrink: { runs, steps } });
}

function foundOf(scenario: Scenario, error: unknown, how: Pick<Counterexample, "drawn" | "shrink">): Found {
  const mistake = mistakeOf(error);
  if (!(error instanceof BrokenInvariant)) {
    const message = error instanceof Error ? `${error.name}: ${error.message.split("\n")[0]}` : String(error);
    return { mistake, found: message, scenario };
  }
  return { mistake, found: error.found, scenario, counterexample: counterexampleOf(scenario, error, how) };
}

/** Scenario `index` of a campaign, of which nothing came. */
export function lostIn(options: CampaignOptions, index: number, mistake: string, found: string): Found {
  return { mistake, found, scenario: drawn(options, index) };
}
