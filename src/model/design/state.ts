import type { Micros } from "../../kernel/time.ts";
import type { LawSpec } from "../../random/laws.ts";
import type { ArrivalsDesign } from "./clients.ts";

/** A queue outside the deployment. */
export interface QueueDesign {
  readonly name: string;
  readonly kind: "storage" | "service-bus";
  /** Whether a message stays until it is deleted, or is gone once it is taken. */
  readonly receiveMode: "peek-lock" | "receive-and-delete";
  /** How long a message that was taken is invisible; of Service Bus, how long it is locked. */
  readonly visibilityTimeout: Micros;
  /** Of a storage queue, the handler moves a message that was taken more often to the poison queue; of Service Bus, the queue itself dead-letters
   * one that was delivered so often. 0 means never. */
  readonly maxDequeueCount: number;
  /** The queue that gets poison messages; absent: they are counted and gone. */
  readonly poisonQueue?: string | undefined;
  /** A message that waits for longer expires. */
  readonly timeToLive: Micros;
  /** Whether messages that expire go to the dead letters. */
  readonly deadLetterExpired: boolean;
  /** Messages accepted a second; 0 means unlimited. */
  readonly maxRate: number;
  /** Messages that it can hold; 0 means unlimited. */
  readonly maxMessages: number;
  /** For how long it knows the messages it has had, and drops the same again; 0 means not at all. */
  readonly duplicateDetection: Micros;
  /** How many sessions there are, each with its own order; 0 means none. */
  readonly sessions: number;
  /** How long an outage lasts that nobody else ends; absent: for ever. */
  readonly failover?: LawSpec | undefined;
  /** A producer outside the service. */
  readonly arrivals?: ArrivalsDesign | undefined;
}

/** A store outside the deployment, with an availability of its own. */
export interface StoreDesign {
  readonly name: string;
  readonly kind: "sql" | "blob" | "table" | "cache";
  readonly read: LawSpec;
  readonly write: LawSpec;
  /** Calls accepted a second; 0 means unlimited. */
  readonly maxRate: number;
  /** How long a call takes to fail while the store is out; 0 fails at once. */
  readonly timeout: Micros;
  /** How long an outage lasts that nobody else ends; absent: for ever. */
  readonly failover?: LawSpec | undefined;
}
