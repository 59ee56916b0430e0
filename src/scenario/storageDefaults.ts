import type { Micros } from "../kernel/time.ts";
import type { CallRetryDesign, Design, QueueDesign, StepDesign, StoreDesign } from "../model/design.ts";
import type { Cells } from "./defaultCells.ts";
import { readRate, readSize } from "./units.ts";

/** The defaults of queues, stores and their accounts, and of steps that call them. */
export interface StorageDefaults {
  readonly accounts: Design["accounts"];
  readonly queue: Omit<QueueDesign, "name" | "maxMessages" | "duplicateDetection" | "sessions" | "poisonQueue" | "arrivals"> & {
    readonly lock: Micros;
    readonly maxDeliveryCount: number;
    readonly messageSize: number;
    /** In MiB; 0 means unlimited. */
    readonly maxSize: number;
  };
  readonly store: Omit<StoreDesign, "name" | "kind">;
  readonly retry: CallRetryDesign;
  /** Of steps that call a role. */
  readonly call: Pick<Extract<StepDesign, { step: "call" }>, "policy" | "timeout">;
}

/** Reads what a preset says of queues, stores and their accounts. */
export function readStorage({ choice, count, duration, flag, law, number, size }: Cells): StorageDefaults {
  const failover = (path: string) => (choice(path) === "never" ? undefined : law(path));
  const maxSize = choice("queues.*.maxSize");
  return {
    accounts: { storage: perSecond(choice("subscription.storageRate")), serviceBus: perSecond(choice("subscription.serviceBusRate")) },
    queue: {
      kind: choice("queues.*.kind") as "storage",
      receiveMode: choice("queues.*.receiveMode") as "peek-lock",
      visibilityTimeout: duration("queues.*.visibilityTimeout"),
      lock: duration("queues.*.lock"),
      maxDequeueCount: count("queues.*.maxDequeueCount", 0),
      maxDeliveryCount: number("queues.*.maxDeliveryCount"),
      timeToLive: duration("queues.*.timeToLive"),
      deadLetterExpired: flag("queues.*.deadLetterExpired"),
      maxRate: perSecond(choice("queues.*.maxRate")),
      messageSize: size("queues.*.messageSize"),
      maxSize: maxSize === "unlimited" ? 0 : readSize(maxSize),
      failover: failover("queues.*.failover"),
    },
    store: {
      read: law("stores.*.read"),
      write: law("stores.*.write"),
      maxRate: perSecond(choice("stores.*.maxRate")),
      timeout: duration("stores.*.timeout"),
      failover: failover("stores.*.failover"),
    },
    call: {
      policy: choice("service.roles.*.handler.*.policy") as "random",
      timeout: duration("service.roles.*.handler.*.timeout"),
    },
    retry: {
      attempts: count("service.roles.*.handler.*.retry.attempts", 0),
      backoff: duration("service.roles.*.handler.*.retry.backoff"),
      max: duration("service.roles.*.handler.*.retry.max"),
    },
  };
}

/** A rate of the language as arrivals a second; 0 for `unlimited`. */
function perSecond(rate: string): number {
  return rate === "unlimited" ? 0 : readRate(rate) * 1e6;
}
