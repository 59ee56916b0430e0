import * as z from "zod";
import { count, date, duration, positiveDuration } from "./fields.ts";

/** Section `measure`. */
export const measure = z
  .strictObject({
    warmUp: duration.optional().meta({ description: "What happens before is simulated and not measured.", unit: "duration" }),
    to: positiveDuration.optional().meta({ description: "The end of what is measured.", unit: "duration", absent: "the horizon" }),
    window: positiveDuration.optional().meta({
      description: "Length of the windows of the series in charts.",
      unit: "duration",
      absent: "horizon/360, rounded up to a step of the clock",
    }),
    ready: count(1, 1_000_000)
      .optional()
      .meta({ description: "Ready instances a role needs for availability.time to count it as up.", unit: "count" }),
    latencyThreshold: positiveDuration
      .optional()
      .meta({ description: "availability.latency counts successes within this.", unit: "duration" }),
    atLeast: count(1, 1_000_000).optional().meta({
      description: "availability.atLeast is the share of time in which every role has so many ready.",
      unit: "count",
      absent: "not asked",
    }),
    epoch: date.optional().meta({
      description: "The day on which the run starts: monthly uptime is then by months of the calendar.",
      unit: "date",
      absent: "months are of 30 d from the start",
    }),
  })
  .meta({ description: "What is measured, and how finely." });
