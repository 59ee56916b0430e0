import * as z from "zod";
import { mostThings } from "./datacenter.ts";
import { count, duration, name, named, positiveDuration } from "./fields.ts";

/** The days of a week, from the first. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** The platform's limits of a setting (platform-facts 8). */
export const mostProfiles = 20;
const mostRules = 10;

const combination = ["average", "min", "max", "sum"] as const;

const change = z.union([
  count(1, mostThings),
  z.strictObject({ count: count(1, mostThings).meta({ description: "Adds or removes so many.", unit: "count" }) }),
  z.strictObject({
    percent: z.number().min(1).max(1000).meta({ description: "Adds or removes this part of them, at least one.", unit: "number" }),
  }),
  z.strictObject({ exact: count(0, mostThings).meta({ description: "Goes to so many.", unit: "count" }) }),
]);

const rule = z.strictObject({
  metric: z.enum(["cpu", "queue", "waiting"]).meta({
    description: "cpu in percent, messages of a queue for each instance, or requests waiting at an instance.",
    unit: "choice",
  }),
  queue: name
    .optional()
    .meta({ description: "Of metric queue: which one.", unit: "name of a queue", absent: "required with metric queue" }),
  operator: z.enum([">", ">=", "<", "<="]).meta({ description: "How the metric compares with the threshold.", unit: "choice" }),
  threshold: z.number().min(0).max(1e9).meta({ description: "What it is compared with.", unit: "number" }),
  scale: z.enum(["out", "in"]).meta({ description: "What the rule does when it fires.", unit: "choice" }),
  change: change
    .optional()
    .meta({ description: "By how many: a count, { count: 2 }, { percent: 50 } or { exact: 5 }.", unit: "count or change" }),
  statistic: z.enum(combination).optional().meta({ description: "Makes the values of the instances one.", unit: "choice" }),
  window: positiveDuration.optional().meta({ description: "How far back the metric is read.", unit: "duration" }),
  aggregation: z
    .enum([...combination, "last"])
    .optional()
    .meta({ description: "Makes the values of the window one.", unit: "choice" }),
  cooldown: duration
    .optional()
    .meta({ description: "So long after the role was scaled, out or in, the rule does not act.", unit: "duration" }),
});

const rules = z.array(rule).max(mostRules).optional().meta({ description: "At most ten.", absent: "none: only the limits hold" });

const capacity = z
  .strictObject({
    min: count(0, mostThings).meta({ description: "Fewest instances.", unit: "count" }),
    max: count(0, mostThings).meta({ description: "Most instances.", unit: "count" }),
    default: count(0, mostThings)
      .optional()
      .meta({ description: "How many when no metric can be read and there are fewer.", unit: "count", absent: "min" }),
  })
  .meta({ description: "Limits; a number set by hand outside them is pulled back." });

const profile = z.strictObject({
  name: name.optional().meta({ description: "Its name in what is told.", unit: "name", absent: "profile1, profile2 and so on" }),
  from: duration.meta({ description: "Start: an instant of the run, or with days a time of day.", unit: "duration" }),
  to: duration.meta({ description: "End; with days, the next day when it is not after the start.", unit: "duration" }),
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .max(7)
    .optional()
    .meta({ description: "Repeats on these days of the week.", unit: "list of days", absent: "once, at fixed instants" }),
  capacity,
  rules: rules.meta({ ...rules.meta(), description: "At most ten, with the keys of the rules of the role." }),
});

/** Section `autoscale`. */
export const autoscale = z
  .strictObject({
    job: positiveDuration.optional().meta({ description: "How often the autoscaler looks and decides.", unit: "duration" }),
    grain: positiveDuration.optional().meta({ description: "Metrics have one value in each of these.", unit: "duration" }),
    metricDelay: duration.optional().meta({ description: "A value can be read so long after it was measured.", unit: "duration" }),
    startsOn: z.enum(weekdays).optional().meta({ description: "Day of the week at time 0.", unit: "choice" }),
    startsAt: duration.optional().meta({ description: "Time of day at time 0.", unit: "duration" }),
    roles: named(
      z.strictObject({
        slot: z.enum(["production", "staging"]).optional().meta({ description: "Which deployment slot.", unit: "choice" }),
        policy: name.optional().meta({
          description: "A policy of your own that decides how many instances there should be; the rules then only say what it can read.",
          unit: "name of a policy",
          absent: "the rules decide",
        }),
        capacity,
        rules,
        profiles: z.array(profile).max(mostProfiles).optional().meta({
          description: "Other limits and rules at times: fixed windows go before repeated ones, and what the role says itself is last.",
          absent: "none",
        }),
      }),
    ).meta({ description: "Roles that scale by themselves, by name; one operation at a time changes the service, theirs included." }),
  })
  .meta({ description: "Rules that change the number of instances." });
