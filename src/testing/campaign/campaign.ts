import { ScenarioError } from "../../scenario/problem.ts";
import { wallClock } from "./clock.ts";
import { drawn, mistakeOf, observe } from "./observe.ts";
import type { CampaignOptions } from "./options.ts";
import { foundIn, shrunk } from "./shrink.ts";
import { type CampaignReport, Tally } from "./tally.ts";

/**
 * Draws scenarios and checks each, and reports what was met. What the model, a property or a policy throws is a counterexample as a broken
 * invariant is. Throws ScenarioError when a scenario is drawn that is wrong: that is a mistake of `scenarios`.
 *
 * Scenario 17 of a seed is always the same, however many are drawn: `nines fuzz` draws the same ones of `arb.scenario()`.
 */
export function campaign(options: CampaignOptions): CampaignReport {
  const { minutes = Number.POSITIVE_INFINITY } = options;
  const { runs = options.minutes === undefined ? 100 : Number.POSITIVE_INFINITY } = options;
  const tally = new Tally(options);
  const until = wallClock() + 60 * minutes;
  for (let index = 0; index < runs && wallClock() < until; index++) {
    const scenario = drawn(options, index);
    try {
      tally.add(index, observe(options, index, scenario));
    } catch (error) {
      if (error instanceof ScenarioError) throw error;
      const isNew = tally.addFound(index, foundIn(options, index, scenario, error));
      const small = isNew ? shrunk(options, index, mistakeOf(error)) : undefined;
      if (small !== undefined) tally.replace(small);
    }
  }
  return tally.report();
}
