import * as z from "zod";
import { arrivals } from "./arrivals.ts";
import { count, countOr, duration, durationOrNever, law, name, positiveDuration, rate, size } from "./fields.ts";

const rateOrUnlimited = z.union([z.literal("unlimited"), rate]);

const failover = z
  .union([z.literal("never"), law])
  .optional()
  .meta({ description: "How long an outage lasts that its fault does not end: the service's own failover.", unit: "law or never" });

const outages = z
  .union([
    z.strictObject({
      every: law.meta({ description: "Time from the end of an outage to the next.", unit: "law" }),
      last: law.optional().meta({ description: "How long an outage lasts.", unit: "law", absent: "failover" }),
    }),
    z.strictObject({
      file: z.string().min(1).meta({ description: "A CSV file with a row for each outage.", unit: "file" }),
      start: z.string().optional().meta({ description: "Column of the instants at which they begin.", unit: "text", absent: "start" }),
      end: z.string().optional().meta({ description: "Column of the instants at which they end.", unit: "text", absent: "end" }),
      in: z.enum(["us", "ms", "s", "min", "h", "d"]).optional().meta({
        description: "Unit of bare numbers in the file.",
        unit: "choice",
        absent: "durations with units",
      }),
    }),
  ])
  .optional()
  .meta({ description: "When it is out, apart from what faults do to it: drawn from laws, or read from a file.", absent: "never" });

/** One entry of `queues`. */
export const queue = z
  .strictObject({
    kind: z.enum(["storage", "service-bus"]).optional().meta({ description: "A storage queue, or a Service Bus queue.", unit: "choice" }),
    receiveMode: z.enum(["peek-lock", "receive-and-delete"]).optional().meta({
      description:
        "Service Bus: whether a message stays until its work is done (at least once), or is gone once it is taken (at most once).",
      unit: "choice",
    }),
    visibilityTimeout: positiveDuration.optional().meta({
      description: "A message taken and not deleted for so long is visible again; at most 7 d. Of Service Bus it is lock.",
      unit: "duration",
    }),
    lock: positiveDuration.optional().meta({
      description: "Service Bus: a message taken and not completed for so long is delivered again; at most 5 min.",
      unit: "duration",
    }),
    maxDequeueCount: countOr(1, 1_000_000, "unlimited", 0).optional().meta({
      description: "A message taken more often is moved away by the worker; Service Bus has maxDeliveryCount.",
      unit: "count or unlimited",
    }),
    maxDeliveryCount: count(1, 2000)
      .optional()
      .meta({ description: "Service Bus: a message delivered so often without success goes to the dead letters.", unit: "count" }),
    poisonQueue: name.optional().meta({
      description: "Where workers put messages beyond maxDequeueCount.",
      unit: "name of a queue",
      absent: "they are counted, and gone",
    }),
    timeToLive: durationOrNever
      .optional()
      .meta({ description: "A message that has waited for so long expires.", unit: "duration or never" }),
    deadLetterExpired: z
      .boolean()
      .optional()
      .meta({ description: "Service Bus: messages that expire go to the dead letters.", unit: "true or false" }),
    maxRate: rateOrUnlimited
      .optional()
      .meta({ description: "Messages that the queue accepts; more are throttled.", unit: "rate or unlimited" }),
    messageSize: size
      .optional()
      .meta({ description: "Size of a message: at most 64 KiB, of Service Bus 100 MiB. It counts against maxSize.", unit: "size" }),
    maxSize: z
      .union([z.literal("unlimited"), size])
      .optional()
      .meta({
        description: "Service Bus: what the queue can hold, at most 80 GiB; one message more is refused.",
        unit: "size or unlimited",
      }),
    duplicateDetection: z.union([z.boolean(), positiveDuration]).optional().meta({
      description:
        "Service Bus: the same message put in again is dropped, by whatever it came from: a request tried again, work done again.",
      unit: "true, false or duration",
      absent: "false; true is 10 min",
    }),
    sessions: count(1, 1_000_000).optional().meta({
      description: "Service Bus: so many sessions, drawn for each message; those of a session are taken in order, one at a time.",
      unit: "count",
      absent: "none: no order is kept",
    }),
    failover,
    outages,
    arrivals: arrivals.optional().meta({ description: "Messages from outside the service.", unit: "arrivals", absent: "none" }),
  })
  .nullable();

/** One entry of `stores`. */
export const store = z.strictObject({
  kind: z.enum(["sql", "blob", "table", "cache"]).meta({ description: "What it is; it stands outside the deployment.", unit: "choice" }),
  read: law.optional().meta({ description: "Latency of a read.", unit: "law" }),
  write: law.optional().meta({ description: "Latency of a write.", unit: "law" }),
  maxRate: rateOrUnlimited.optional().meta({ description: "Calls that the store accepts; more are throttled.", unit: "rate or unlimited" }),
  timeout: duration
    .optional()
    .meta({ description: "How long a call takes to fail while the store is out; 0s fails at once.", unit: "duration" }),
  failover,
  outages,
});

/** `retry` of a step that calls a store or a queue. */
export const retry = z.strictObject({
  attempts: countOr(1, 1000, "unlimited", 0)
    .optional()
    .meta({ description: "Calls in all, the first included.", unit: "count or unlimited" }),
  backoff: positiveDuration.optional().meta({ description: "Wait before the second call; it doubles from there.", unit: "duration" }),
  max: positiveDuration.optional().meta({ description: "Longest wait between calls.", unit: "duration" }),
});

/** The limits of the accounts that queues belong to. */
export const accountRates = {
  storageRate: rateOrUnlimited
    .optional()
    .meta({ description: "Messages that all storage queues together accept, as one storage account.", unit: "rate or unlimited" }),
  serviceBusRate: rateOrUnlimited
    .optional()
    .meta({ description: "Messages that all Service Bus queues together accept, as one namespace.", unit: "rate or unlimited" }),
};
