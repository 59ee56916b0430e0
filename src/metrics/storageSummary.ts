import type { LatencySummary } from "./summary.ts";

/** One queue, from the start to the horizon. */
export interface QueueSummary {
  readonly name: string;
  readonly enqueued: number;
  readonly completed: number;
  readonly duplicates: number;
  /** Moved away by workers, beyond maxDequeueCount. */
  readonly poisoned: number;
  /** Moved to the dead letters by a Service Bus queue. */
  readonly deadLettered: number;
  readonly expired: number;
  /** Taken with receive-and-delete and never finished. */
  readonly lost: number;
  /** What they are put down to. */
  readonly lostBy: readonly { readonly source: string; readonly lost: number }[];
  /** Of a producer outside the service, and not accepted: never in the queue. */
  readonly refused: number;
  /** Put in again and dropped by duplicate detection: never in the queue a second time. */
  readonly deduplicated: number;
  /** Messages not completed at the end. Enqueued is completed + poisoned + deadLettered + expired + lost + backlog. */
  readonly backlog: number;
  readonly depthMax: number;
  /** From enqueueing to first completion. */
  readonly ageMs: LatencySummary;
}

/** One store: its calls from the start to the horizon, its availability in the measured window. */
export interface StoreSummary {
  readonly name: string;
  readonly kind: "sql" | "blob" | "table" | "cache";
  /** Share of time in which it was not out. */
  readonly availability: number | null;
  /** Acknowledged calls: a write that is counted is durable. */
  readonly reads: number;
  readonly writes: number;
  /** Calls that failed because it was out or throttled, each try of its own. */
  readonly failed: number;
  readonly throttled: number;
}
