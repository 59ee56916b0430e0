import * as z from "zod";
import { arrivals } from "./arrivals.ts";
import { countOr, law, positiveDuration, rate } from "./fields.ts";

/** One entry of `queues`. */
export const queue = z
  .strictObject({
    visibilityTimeout: positiveDuration
      .optional()
      .meta({ description: "A message taken and not deleted for so long is visible again.", unit: "duration" }),
    maxDequeueCount: countOr(1, 1_000_000, "unlimited", 0)
      .optional()
      .meta({ description: "A message taken more often goes to the poison queue.", unit: "count or unlimited" }),
    maxRate: z
      .union([z.literal("unlimited"), rate])
      .optional()
      .meta({ description: "Messages that the queue accepts; more are throttled.", unit: "rate or unlimited" }),
    arrivals: arrivals.optional().meta({ description: "Messages from outside the service.", unit: "arrivals", absent: "none" }),
  })
  .nullable();

/** One entry of `stores`. */
export const store = z.strictObject({
  kind: z.enum(["sql", "blob", "table"]).meta({ description: "What it is; it stands outside the deployment.", unit: "choice" }),
  read: law.optional().meta({ description: "Latency of a read.", unit: "law" }),
  write: law.optional().meta({ description: "Latency of a write.", unit: "law" }),
});
