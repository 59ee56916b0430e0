import type { Observer } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";

/** A fold over the facts of one run. Its state is numbers, arrays and histograms; two runs are merged into one. */
export interface Metric extends Observer {
  /** Called once, when the platform is about to start. */
  begin(platform: Platform): void;
  /** Called once when the measured time begins, and once when it ends, if the run comes so far. */
  atFrom?(platform: Platform): void;
  atTo?(platform: Platform): void;
  /** Called once, at the horizon: what is measured by the clock ends here. */
  atHorizon?(platform: Platform): void;
  /** Called once, when every request is settled. */
  finish(platform: Platform): void;
}
