import * as z from "zod";
import { faults as faultKinds } from "../../model/faults/index.ts";
import type { LawDraft } from "../lawText.ts";
import type { SelectorText } from "../selectorText.ts";
import { duration, type LawMapping, law, selectors } from "./fields.ts";

/** One entry of `faults`, as written. */
export interface FaultInput {
  readonly kind: string;
  /** Exactly one of `at` and `every`. */
  readonly at?: string | undefined;
  readonly every?: string | LawMapping | undefined;
  /** The target: under the name of what the kind strikes. */
  readonly instance?: string | undefined;
  readonly host?: string | undefined;
  readonly faultDomain?: string | undefined;
  readonly repairAfter?: string | LawMapping | undefined;
  readonly class?: "hardware" | "reboot" | undefined;
}

/** One entry of `faults`, its texts read. */
export interface FaultOutput {
  readonly kind: string;
  readonly at?: number | undefined;
  readonly every?: LawDraft | undefined;
  readonly instance?: SelectorText | undefined;
  readonly host?: SelectorText | undefined;
  readonly faultDomain?: SelectorText | undefined;
  readonly repairAfter?: LawDraft | undefined;
  readonly class?: "hardware" | "reboot" | undefined;
}

/** The key under which a target is written. */
export function target(what: keyof typeof selectors) {
  return selectors[what].meta({ description: "What it strikes.", unit: "selector" });
}

const faultSchemas = faultKinds.map((fault) => {
  const repair = law.meta({ description: fault.repairSummary, unit: "law", absent: "healed by the platform, or never" });
  return z
    .strictObject({
      kind: z.literal(fault.kind),
      at: duration.optional().meta({ description: "When it strikes.", unit: "duration", absent: "every is given" }),
      every: law.optional().meta({ description: "Strikes again and again, after such times.", unit: "law", absent: "at is given" }),
      [fault.strikes]: target(fault.strikes),
      repairAfter: fault.repair === "required" ? repair : repair.optional(),
      ...(fault.classes === undefined
        ? {}
        : {
            class: z
              .enum(fault.classes as ["hardware", ...string[]])
              .optional()
              .meta({ description: "hardware needs a repair, reboot only a restart.", unit: "choice", absent: fault.classes[0] }),
          }),
    })
    .meta({ description: fault.summary });
});

/** One fault, at an instant or drawn from a law. */
export const fault = z.discriminatedUnion("kind", faultSchemas as unknown as [z.ZodObject]) as unknown as z.ZodType<
  FaultOutput,
  FaultInput
>;
