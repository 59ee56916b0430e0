import * as z from "zod";
import { duration, share } from "./fields.ts";

/** A common cause, as written. */
export interface ShockInput {
  readonly hits: string;
  readonly within?: string | undefined;
}

/** Records of failures, as written. */
export interface TraceInput {
  readonly file: string;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly in?: "s" | "min" | "h" | "d" | "ms" | undefined;
  readonly node?: string | undefined;
  readonly only?: Readonly<Record<string, string>> | undefined;
  readonly severity?: { readonly column: string; readonly min?: number | undefined; readonly asShare?: boolean | undefined } | undefined;
  readonly from?: string | undefined;
  readonly scale?: number | undefined;
}

/** A common cause, its texts read. */
export interface ShockOutput {
  readonly hits: number;
  readonly within?: number | undefined;
}

/** Records of failures, their texts read. */
export type TraceOutput = Omit<TraceInput, "from"> & { readonly from?: number | undefined };

const column = z.string().min(1).max(200);

/** Keys that every kind of fault has, beside `at` and `every`. */
export const faultTimes = {
  commonCause: share.optional().meta({
    description:
      "Beta factor: this share of each target's failures has a cause common to all of them, which hits them at one instant; the rest is their own.",
    unit: "share",
    absent: "0%: failures are independent",
  }),
  shock: z
    .strictObject({
      hits: share.meta({ description: "The probability with which each target is hit.", unit: "share" }),
      within: duration
        .optional()
        .meta({ description: "Each is hit at an instant of its own within so long.", unit: "duration", absent: "0s" }),
    })
    .meta({ id: "shock", description: "A common cause that hits each target or not." })
    .optional()
    .meta({
      description: "One clock for all targets of each(...): a shock that hits each of them or not (binomial failure rate).",
      absent: "each target has its own clock",
    }),
  trace: z
    .strictObject({
      file: z.string().min(1).meta({ description: "A CSV file with a header: a record of a failure in each line.", unit: "file" }),
      start: column
        .optional()
        .meta({ description: "Column of when it began: 2005-06-21T10:54, or a number.", unit: "column", absent: "start" }),
      end: column.optional().meta({
        description: "Column of when it was over; none: repairAfter says how long it lasts.",
        unit: "column or none",
        absent: "end",
      }),
      in: z.enum(["s", "min", "h", "d", "ms"]).optional().meta({ description: "Unit of plain numbers.", unit: "choice", absent: "s" }),
      node: column.optional().meta({
        description: "Column of the machine, by number or name: each machine is one of the selected targets, modulo their number.",
        unit: "column",
        absent: "each record strikes what the selector names",
      }),
      only: z
        .record(column, z.string())
        .optional()
        .meta({ description: "Only records with these values in these columns.", unit: "columns and values", absent: "all records" }),
      severity: z
        .strictObject({
          column: column.meta({ description: "Column of how bad it was, a number.", unit: "column" }),
          min: z.number().optional().meta({ description: "Milder records are left out.", unit: "number", absent: "all count" }),
          asShare: z.boolean().optional().meta({
            description: "The number, from 0 to 1, is the share of the selected targets that the record strikes.",
            unit: "true or false",
            absent: "false",
          }),
        })
        .optional()
        .meta({ description: "How bad a record was.", absent: "all are alike" }),
      from: duration.optional().meta({ description: "The run begins so long after the first record.", unit: "duration", absent: "0s" }),
      scale: z.number().min(1e-6).max(1e6).optional().meta({ description: "Times are multiplied by this.", unit: "number", absent: "1" }),
    })
    .meta({ id: "failureTrace", description: "Records of failures in a file." })
    .optional()
    .meta({ description: "Records of failures that happened, in place of at and every.", absent: "at or every is given" }),
};
