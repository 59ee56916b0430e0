import type { Micros } from "../../../kernel/time.ts";
import type { AutoscaleView } from "./decide.ts";

/** What an autoscale policy is shown when the job looks: read-only, and new each time. */
export interface AutoscalePolicyView extends AutoscaleView {
  /** The instant, in microseconds. */
  readonly now: Micros;
  /** When the role was scaled last, in microseconds; -1 never. */
  readonly scaledAt: Micros;
  /** For each rule what can be read of its metric now: a number for each grain in its window, oldest first; empty when there is none. */
  readonly measured: readonly (readonly number[])[];
}

/**
 * A replaceable decision: how many instances a role should have. A function of the view alone: it keeps nothing from one call to the next.
 *
 * The rules of the role say what is measured, with window and aggregation; thresholds, changes and cool-downs are the policy's to heed or not.
 */
export interface AutoscalePolicy {
  /** The name used in scenario files. */
  readonly kind: string;
  /** What it does, in one sentence. */
  readonly summary?: string;
  /** Wanted instances, a whole number from 0 on; the platform keeps it within the limits of the profile. */
  want(view: AutoscalePolicyView): number;
}
