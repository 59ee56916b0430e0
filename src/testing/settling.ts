import type { Scenario } from "../scenario/schema/scenario.ts";
import { readDuration, writeDuration } from "../scenario/units.ts";

/**
 * The scenario in three phases: chaos up to `heal.at`, which is its horizon unless it says otherwise; then its faults end; then it has so
 * much time to settle, for which the horizon moves. The invariant T9 says what must have come true by then. Throws TextError for no duration.
 */
export function settling(scenario: Scenario, settle: string): Scenario {
  const horizon = readDuration(scenario.horizon);
  const at = scenario.heal === undefined ? horizon : readDuration(scenario.heal.at);
  const until = Math.max(horizon, at + readDuration(settle));
  return { ...scenario, horizon: writeDuration(until), heal: { at: writeDuration(at), settle } };
}
