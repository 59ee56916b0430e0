import * as z from "zod";
import { vmSizeNames } from "../../model/hardware/sizes.ts";

const price = z.number().min(0).max(1_000_000);
const sizeName = z.enum(vmSizeNames as [string, ...string[]]);

/** Section `pricing`. */
export const pricing = z
  .strictObject({
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "a currency is three capitals, such as USD or EUR")
      .optional()
      .meta({ description: "Currency of the prices, three capitals.", unit: "text" }),
    asOf: z.string().min(1).max(40).optional().meta({ description: "When the prices were true.", unit: "text" }),
    billing: z
      .enum(["clock-hour", "minute", "exact"])
      .optional()
      .meta({ description: "What is charged: every clock hour touched, whole minutes, or the time as it is.", unit: "choice" }),
    hourly: z
      .partialRecord(sizeName, price)
      .optional()
      .meta({ description: "Price of an hour of one instance by size, on top of the preset's.", unit: "prices", absent: "the preset's" }),
    file: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "A CSV file with columns size and hourly instead of the preset's prices.", unit: "file", absent: "none" }),
  })
  .meta({ description: "What instances cost: charged from placement to deletion, in either slot, stopped or not." });
