import type fc from "fast-check";
import type { Invariant } from "../../invariants/invariant.ts";
import type { Policy } from "../../model/policies/own.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import type { Property } from "../check.ts";

/** How a campaign is led. */
export interface CampaignOptions {
  /** Where scenarios come from, such as `arb.scenario()`. */
  readonly scenarios: fc.Arbitrary<Scenario>;
  /** How many scenarios; with `minutes` too, whichever ends first. 100 when neither is given. */
  readonly runs?: number;
  readonly minutes?: number;
  /** Chooses the scenarios; 1 when absent. */
  readonly seed?: number;
  readonly invariants?: "all" | readonly Invariant[];
  /** Beside the catalogue and its occasions. */
  readonly properties?: readonly Property[];
  readonly policies?: readonly Policy[];
  /** Whether the occasions of the catalogue must be met too; true when absent. */
  readonly expectOccasions?: boolean;
  /** Which relations are asked too: all of every scenario, in turn one of every second, or none, as when absent. */
  readonly relations?: "all" | "some" | "none";
  /** Faults of every scenario end at its horizon, which moves by this time: after it all must be well, as `settle` of `check` has it. */
  readonly settle?: string;
  /** Runs that may be spent on making one counterexample small; 300 when absent. */
  readonly budget?: number;
}
