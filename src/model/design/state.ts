import type { Micros } from "../../kernel/time.ts";
import type { LawSpec } from "../../random/laws.ts";
import type { ArrivalsDesign } from "./clients.ts";

/** A storage queue. */
export interface QueueDesign {
  readonly name: string;
  readonly visibilityTimeout: Micros;
  /** A message dequeued more often than this goes to the poison queue; 0 means never. */
  readonly maxDequeueCount: number;
  /** Messages accepted a second; 0 means unlimited. */
  readonly maxRate: number;
  /** A producer outside the service. */
  readonly arrivals?: ArrivalsDesign | undefined;
}

/** A store outside the deployment, known by its latencies. */
export interface StoreDesign {
  readonly name: string;
  readonly kind: "sql" | "blob" | "table";
  readonly read: LawSpec;
  readonly write: LawSpec;
}
