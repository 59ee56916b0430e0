import * as z from "zod";
import { failureCauses } from "../../model/status.ts";
import { count, duration, durationOrNever, positiveDuration, rate, share } from "./fields.ts";

const backoff = z
  .union([
    duration,
    z.strictObject({
      first: duration.optional().meta({ description: "Before the first retry; it doubles from there.", unit: "duration" }),
      max: duration.optional().meta({ description: "Longest wait.", unit: "duration" }),
    }),
  ])
  .meta({ id: "backoff", description: "The wait before a retry: always the same, or from first doubling to max." });

const budget = z.strictObject({
  ratio: share.optional().meta({ description: "So many retries are earned by each request.", unit: "percentage" }),
  min: rate.optional().meta({ description: "So many are earned by time alone.", unit: "rate" }),
  burst: count(1, 1_000_000_000).optional().meta({ description: "Most that can be saved up; the bucket starts full.", unit: "count" }),
});

const retry = z.strictObject({
  attempts: count(1, 1000).optional().meta({ description: "Tries in all, the first included.", unit: "count" }),
  backoff: backoff.optional().meta({ description: "The wait before a retry.", unit: "duration, or first and max" }),
  jitter: z.enum(["none", "full", "equal", "decorrelated"]).optional().meta({
    description: "Draws the wait from all of it, from its upper half, or from first to three times the last one.",
    unit: "choice",
  }),
  on: z.array(z.enum(failureCauses)).min(1).max(failureCauses.length).optional().meta({
    description: "Causes of failure after which it tries again.",
    unit: "list of causes",
    absent: "all but rejected",
  }),
  budget: budget.optional().meta({
    description: "A bucket of tokens that every retry and hedge takes one from; without one the request fails.",
    absent: "retries are not limited",
  }),
});

const breaker = z.strictObject({
  failures: count(1, 1_000_000).optional().meta({
    description: "So many failures in a row open the circuit.",
    unit: "count",
    absent: "the share of failures in a window decides",
  }),
  share: share.optional().meta({ description: "Such a share of failures in a window opens the circuit.", unit: "percentage" }),
  window: positiveDuration.optional().meta({ description: "Length of a window; one follows the other.", unit: "duration" }),
  minimum: count(1, 1_000_000).optional().meta({ description: "Attempts that a window needs before its share counts.", unit: "count" }),
  openFor: positiveDuration.optional().meta({ description: "For so long nothing is sent: requests fail with rejected.", unit: "duration" }),
  probes: count(1, 1000).optional().meta({
    description: "After that, so many attempts are let through; when they succeed the circuit closes, at the first failure it opens again.",
    unit: "count",
  }),
});

/** How a client tries: keys of an entry of `clients`. */
export const trying = {
  timeout: durationOrNever.optional().meta({ description: "The client gives up on an attempt after so long.", unit: "duration or never" }),
  deadline: durationOrNever
    .optional()
    .meta({ description: "The client gives up on the request with all its attempts after so long.", unit: "duration or never" }),
  retry: retry.optional().meta({ description: "A request that failed is tried again.", absent: "every request is tried once" }),
  breaker: breaker.optional().meta({ description: "A circuit breaker: the client stops sending to what fails.", absent: "none" }),
  hedge: durationOrNever.optional().meta({
    description:
      "An attempt not answered after so long gets a second one beside it; the first answer wins, the other is withdrawn as cancelOnTimeout says.",
    unit: "duration or never",
  }),
  priority: count(0, 9).optional().meta({ description: "0 is the most important: what admission control goes by.", unit: "count" }),
};
