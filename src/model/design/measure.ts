import type { Micros } from "../../kernel/time.ts";

/** What is measured, and how finely. */
export interface MeasureDesign {
  /** Request measures are over arrivals in [from, to), time measures over [from, to) by the clock. */
  readonly from: Micros;
  readonly to: Micros;
  /** Length of the windows of the series. */
  readonly window: Micros;
  /** Ready instances a role needs for the service to count as up. */
  readonly ready: number;
  /** `availability.latency` counts successes within this. */
  readonly latencyThreshold: Micros;
  /** The k of `availability.atLeast`; 0 means not asked. */
  readonly atLeast: number;
  /** The day on which the run starts; absent: months are of 30 days. */
  readonly epoch?: { readonly year: number; readonly month: number; readonly day: number } | undefined;
}
