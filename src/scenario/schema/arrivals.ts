import * as z from "zod";
import { type ArrivalsDraft, readArrivals } from "../arrivalsText.ts";
import { duration, law, positiveDuration, rate, text } from "./fields.ts";

const arrivalsText = text<ArrivalsDraft>(readArrivals, {
  id: "arrivalsText",
  noun: "arrivals",
  description:
    "Arrivals as text: poisson(60/s), constant(60/s), every exponential(2s), counts(file.csv, every 1min), instants(file.csv, in s).",
  example: "poisson(60/s)",
});

const pieces = z
  .strictObject({
    rates: z
      .array(
        z.strictObject({
          from: duration.meta({ description: "From when on.", unit: "duration" }),
          rate: rate.meta({ description: "The rate from then on.", unit: "rate" }),
        }),
      )
      .min(1)
      .max(10_000)
      .meta({ description: "Rates by the clock, each from its start until the next one." }),
    period: positiveDuration
      .optional()
      .meta({ description: "The rates repeat so often.", unit: "duration", absent: "the last rate holds to the end" }),
  })
  .transform(({ rates, period }, context): ArrivalsDraft => {
    rates.forEach(({ from }, index) => {
      const before = rates[index - 1]?.from;
      if (before === undefined ? from > 0 : from <= before) {
        const message = before === undefined ? "the first rate holds from 0s" : "each rate starts after the one before it";
        context.issues.push({ code: "custom", message, input: from, path: ["rates", index, "from"] });
      }
    });
    const last = rates[rates.length - 1]?.from ?? 0;
    if (period !== undefined && period <= last) {
      context.issues.push({ code: "custom", message: "the period ends before its last rate starts", input: period, path: ["period"] });
    }
    return { kind: "piecewise", starts: rates.map(({ from }) => from), rates: rates.map((piece) => piece.rate), period };
  });

const bursts = z
  .strictObject({
    bursts: z
      .array(
        z.strictObject({
          rate: rate.meta({ description: "The rate in this state.", unit: "rate" }),
          for: law.meta({ description: "How long a visit to this state lasts.", unit: "law" }),
        }),
      )
      .length(2)
      .meta({ description: "A quiet and a busy state, in turn." }),
  })
  .transform(({ bursts: [quiet, busy] }): ArrivalsDraft => {
    if (quiet === undefined || busy === undefined) return z.NEVER;
    return { kind: "bursts", rates: [quiet.rate, busy.rate], sojourns: [quiet.for, busy.for] };
  });

const counts = z
  .strictObject({
    counts: z
      .array(z.number().int().min(0).max(1e9))
      .min(1)
      .max(1_000_000)
      .meta({ description: "Arrivals in each interval, at uniform instants inside it." }),
    every: positiveDuration.meta({ description: "Length of an interval.", unit: "duration" }),
  })
  .transform((given): ArrivalsDraft => ({ kind: "counts", ...given, offset: 0 }));

const instants = z
  .strictObject({
    instants: z.array(duration).min(1).max(1_000_000).meta({ description: "When each arrives, in order." }),
    demands: z
      .array(duration)
      .optional()
      .meta({ description: "The work of each, in place of a drawn one.", absent: "drawn from the role's service" }),
  })
  .transform(({ instants: at, demands }, context): ArrivalsDraft => {
    const late = at.findIndex((instant, index) => index > 0 && instant < (at[index - 1] ?? 0));
    if (late >= 0) {
      context.issues.push({ code: "custom", message: "instants stand in order", input: at[late], path: ["instants", late] });
    }
    if (demands !== undefined && demands.length !== at.length) {
      const message = `there are ${at.length} instants and ${demands.length} demands`;
      context.issues.push({ code: "custom", message, input: demands, path: ["demands"] });
    }
    return { kind: "instants", at, demands };
  });

/** When requests, sessions or messages arrive, files not read yet. */
export const arrivals = z
  .union([arrivalsText, pieces, bursts, counts, instants])
  .meta({ id: "arrivals", description: "When requests, sessions or messages arrive. Text with a comma needs quotes inside { } and [ ]." });
