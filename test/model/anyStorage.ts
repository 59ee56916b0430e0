import fc from "fast-check";

const pick = <T extends string>(...values: T[]) => fc.constantFrom(...values);

/** Some of the keys, each with its own value. */
const some = (shape: Record<string, fc.Arbitrary<unknown>>) => fc.record(shape, { requiredKeys: [] });

/** A storage queue or one of Service Bus, with what each can do; queue `poison` must exist. Without a limit of takings, slow work would go on for ever. */
export const anyQueue = fc.oneof(
  some({ maxRate: pick("1/s"), timeToLive: pick("20s", "never"), poisonQueue: pick("poison") }).chain((more) =>
    fc
      .record({ visibilityTimeout: pick("5s", "30s"), maxDequeueCount: fc.integer({ min: 1, max: 3 }) })
      .map((queue) => ({ ...queue, ...more })),
  ),
  some({
    receiveMode: pick("peek-lock", "receive-and-delete"),
    timeToLive: pick("20s"),
    deadLetterExpired: fc.boolean(),
    maxSize: pick("5KiB"),
    sessions: fc.integer({ min: 1, max: 3 }),
    duplicateDetection: pick("30s"),
  }).chain((more) =>
    fc
      .record({ kind: fc.constant("service-bus" as const), lock: pick("5s", "30s"), maxDeliveryCount: fc.integer({ min: 1, max: 3 }) })
      .map((queue) => ({ ...queue, ...more })),
  ),
);

/** A store that may be throttled, slow to fail, or out now and then. */
export const anyStore = some({
  read: pick("0s", "1s"),
  write: pick("500ms", "exponential(1s)"),
  maxRate: pick("1/s"),
  timeout: pick("3s"),
  failover: pick("10s"),
  outages: fc.constant({ every: "exponential(60s)", last: "exponential(10s)" }),
}).map((store) => ({ ...store, kind: "sql" }));

/** Handlers of a web role that call store `db` and queue `jobs`. */
export const webHandler = fc.constantFrom<object[]>(
  [{ compute: "500ms" }, { enqueue: "jobs" }],
  [{ compute: "500ms" }, { store: "db", operation: "read" }, { store: "db", operation: "write" }, { enqueue: "jobs" }],
  [{ compute: "500ms" }, { store: "db", operation: "read", retry: { attempts: 2, backoff: "1s" } }],
  [{ compute: "500ms" }, { write: "local", folder: "kept", size: "64KiB" }, { write: "local", folder: "scratch" }, { enqueue: "jobs" }],
);

/** Handlers of a worker that call store `db` and queue `poison`. */
export const workerHandler = fc.constantFrom<object[]>(
  [{ compute: "1s" }, { store: "db", operation: "write", retry: { attempts: 3, backoff: "2s" } }],
  [{ compute: "2s" }, { store: "db", operation: "read" }, { enqueue: "poison", retry: { attempts: 2, backoff: "1s" } }],
);

/** A worker that suits the queue: only storage queues are polled. */
export function suited<T extends { poll?: unknown }>({ poll, ...work }: T, queue: object): object {
  return poll === undefined || "kind" in queue ? work : { ...work, poll };
}
