import fc from "fast-check";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { among, maybe, pick, record, whole } from "./pick.ts";

/** One entry of section `queues`. */
export type Queue = NonNullable<NonNullable<Scenario["queues"]>[string]>;

/** One entry of section `stores`. */
export type Store = NonNullable<Scenario["stores"]>[string];

const outages = { every: "exponential(60s)", last: "exponential(10s)" };

/** A storage queue; without a limit of takings, slow work would go on for ever. Its poison queue must exist. */
const storageQueue: fc.Arbitrary<Queue> = record({
  visibilityTimeout: pick("30s", "5s"),
  maxDequeueCount: whole(1, 3),
  maxRate: maybe(pick("1/s", "unlimited")),
  timeToLive: maybe(pick("20s", "never")),
  poisonQueue: maybe(pick("poison")),
  failover: maybe(pick("10s", "never")),
  outages: pick(0, 0, 0, 1).map((often) => (often === 1 ? outages : undefined)),
});

const serviceBusQueue: fc.Arbitrary<Queue> = record({
  kind: pick("service-bus"),
  lock: pick("30s", "5s"),
  maxDeliveryCount: whole(1, 3),
  receiveMode: maybe(pick("receive-and-delete", "peek-lock")),
  timeToLive: maybe(pick("20s")),
  deadLetterExpired: maybe(pick(true, false)),
  maxSize: maybe(pick("5KiB", "unlimited")),
  messageSize: maybe(pick("2KiB")),
  sessions: maybe(whole(1, 3)),
  duplicateDetection: maybe(pick("30s", true)),
});

/** A storage queue or one of Service Bus, with what each can do. */
export const queue: fc.Arbitrary<Queue> = fc.oneof(storageQueue, serviceBusQueue);

/** A store that may be throttled, slow to fail, or out now and then. */
export const store: fc.Arbitrary<Store> = record({
  kind: pick("sql", "blob", "table", "cache"),
  read: maybe(pick("10ms", "0s", "1s")),
  write: maybe(pick("20ms", "500ms", "exponential(1s)")),
  maxRate: maybe(pick("20/s", "1/s", "unlimited")),
  timeout: maybe(pick("3s")),
  failover: maybe(pick("10s", "never")),
  outages: maybe(among(outages)),
});
