import * as z from "zod";
import { balancingPolicies } from "../../model/policies/balancing/index.ts";
import { count, duration, name, positiveDuration } from "./fields.ts";

const probe = z.strictObject({
  interval: positiveDuration.optional().meta({ description: "Time between probes of one instance.", unit: "duration" }),
  evictAfter: positiveDuration
    .optional()
    .meta({ description: "Silence takes an instance out of rotation so long after its last answer.", unit: "duration" }),
  misses: count(1, 1000).optional().meta({
    description:
      "Failed probes in a row that evict, whatever their kind, in place of evictAfter and of eviction at the first negative answer.",
    unit: "count",
    absent: "evictAfter holds",
  }),
  responseTimeout: positiveDuration
    .optional()
    .meta({ description: "With misses: a silent probe has failed after so long.", unit: "duration", absent: "the interval" }),
  readmitAfter: count(1, 1000).optional().meta({ description: "Successful probes in a row that put an instance back.", unit: "count" }),
  readmitAfterFlap: count(1, 1000).optional().meta({
    description: "The same for an instance that flaps, where that is more.",
    unit: "count",
  }),
  flapWithin: duration.optional().meta({ description: "An instance evicted so soon after it was let in flaps.", unit: "duration" }),
  asks: z
    .enum(["agent", "application"])
    .optional()
    .meta({ description: "Who answers: the guest agent (role status) or the application, as with a custom probe.", unit: "choice" }),
  phase: z
    .union([z.literal("uniform").or(z.literal("even")), duration])
    .optional()
    .meta({
      description: "Where the probe clocks of the instances start: drawn, spread evenly in id order, or all the same.",
      unit: "uniform, even or duration",
    }),
});

/** A probe, or `none`: rotation follows readiness at once. */
export const balancingProbe = z
  .union([z.literal("none"), probe])
  .meta({ id: "probe", description: "How the balancer learns who is ready, or none: rotation follows readiness at once." });

/** When a connection without traffic is dropped; the platform's limits are checked when it is resolved. */
export const idleTimeout = positiveDuration.optional().meta({
  description: "A connection without traffic for so long is dropped; the platform allows 4min to 30min.",
  unit: "duration",
});

/** Section `balancer`. */
export const balancer = z
  .strictObject({
    policy: z
      .enum(balancingPolicies.map(({ kind }) => kind) as [string, ...string[]])
      .or(name)
      .optional()
      .meta({
        description: "How new flows are distributed over the instances in rotation; a policy of your own has the name it gives itself.",
        unit: "choice",
      }),
    weights: z.array(count(1, 1_000_000)).min(1).max(1_000_000).optional().meta({
      description: "Of the weighted policies: a weight for each instance of a role, in order.",
      unit: "list of counts",
      absent: "1 for each",
    }),
    probe: balancingProbe.optional().meta({ description: "The probe of endpoints that have none of their own." }),
    healthCheck: z
      .union([
        z.enum(["on", "none"]),
        z.strictObject({
          failures: count(2, 10)
            .optional()
            .meta({ description: "Failed pings in a row that exclude an instance, 2 to 10.", unit: "count" }),
          interval: positiveDuration.optional().meta({ description: "Time between pings.", unit: "duration" }),
          replaceAfter: positiveDuration.optional().meta({
            description: "An instance that is excluded for so long is replaced, at most one an hour and three a day.",
            unit: "duration",
          }),
        }),
      ])
      .optional()
      .meta({
        description:
          "Health check of App Service: pings of the application that exclude an instance, at most half of a role and never the only one.",
        unit: "on, none or keys",
      }),
    idleTimeout,
    idleReset: z.boolean().optional().meta({
      description: "Tells the client that its idle connection is dropped; otherwise its next request on it is lost until its time-out.",
      unit: "true or false",
    }),
    sku: z.enum(["classic", "standard"]).optional().meta({
      description: "When the last instance leaves a rotation, classic ends every established TCP flow, standard leaves them alone.",
      unit: "choice",
    }),
  })
  .meta({ description: "The load balancer in front of the service." });
