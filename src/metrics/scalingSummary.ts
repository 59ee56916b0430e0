/** What instances cost in one run, on average over the runs; money is null when a size in use has no price. */
export interface CostSummary {
  readonly currency: string;
  /** When the prices were true. */
  readonly asOf: string;
  /** Instance-hours charged. */
  readonly instanceHours: number;
  readonly total: number | null;
  readonly production: { readonly instanceHours: number; readonly total: number | null };
  readonly staging: { readonly instanceHours: number; readonly total: number | null };
  /** Null without requests. */
  readonly perMillionRequests: number | null;
}

/** What the autoscaler of one role did, summed over runs. */
export interface AutoscaleSummary {
  /** The role. */
  readonly name: string;
  readonly scaledOut: number;
  readonly scaledIn: number;
  /** Times in a row that its scale-in rules fired and a scale-out rule would have fired afterwards count once. */
  readonly flappingAvoided: number;
  /** Likewise when an instance was not ready, or another operation was in progress. */
  readonly frozen: number;
}
