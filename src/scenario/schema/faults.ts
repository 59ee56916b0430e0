import * as z from "zod";
import type { FaultParameter } from "../../model/faults/fault.ts";
import { faults as faultKinds } from "../../model/faults/index.ts";
import type { LawDraft } from "../lawText.ts";
import type { SelectorText } from "../selectorText.ts";
import { writeDuration, writePercent } from "../units.ts";
import { faultTimes, type ShockInput, type ShockOutput, type TraceInput, type TraceOutput } from "./faultTimes.ts";
import { duration, type LawMapping, law, selectors, share } from "./fields.ts";

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
  readonly store?: string | undefined;
  readonly queue?: string | undefined;
  readonly repairAfter?: string | LawMapping | undefined;
  readonly class?: "hardware" | "reboot" | "reported" | undefined;
  readonly commonCause?: string | undefined;
  readonly shock?: ShockInput | undefined;
  readonly trace?: TraceInput | undefined;
  /** Parameters of the kind. */
  readonly [parameter: string]: string | number | LawMapping | ShockInput | TraceInput | undefined;
}

/** One entry of `faults`, its texts read. */
export interface FaultOutput {
  readonly kind: string;
  readonly at?: number | undefined;
  readonly every?: LawDraft | undefined;
  readonly instance?: SelectorText | undefined;
  readonly host?: SelectorText | undefined;
  readonly faultDomain?: SelectorText | undefined;
  readonly store?: SelectorText | undefined;
  readonly queue?: SelectorText | undefined;
  readonly repairAfter?: LawDraft | undefined;
  readonly class?: "hardware" | "reboot" | "reported" | undefined;
  readonly commonCause?: number | undefined;
  readonly shock?: ShockOutput | undefined;
  readonly trace?: TraceOutput | undefined;
  /** Parameters of the kind. */
  readonly [parameter: string]: string | number | LawDraft | SelectorText | ShockOutput | TraceOutput | undefined;
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
      at: duration.optional().meta({ description: "When it strikes.", unit: "duration", absent: "every or trace is given" }),
      every: law
        .optional()
        .meta({ description: "Strikes again and again, after such times.", unit: "law", absent: "at or trace is given" }),
      ...faultTimes,
      ...(fault.strikes === "controller" ? {} : { [fault.strikes]: target(fault.strikes) }),
      repairAfter: fault.repair === "required" ? repair : repair.optional(),
      ...(fault.classes === undefined
        ? {}
        : {
            class: z
              .enum(fault.classes as ["hardware", ...string[]])
              .optional()
              .meta({
                description: "hardware needs a repair, reboot only a restart; reported runs on and is evacuated.",
                unit: "choice",
                absent: fault.classes[0],
              }),
          }),
      ...Object.fromEntries((fault.parameters ?? []).map((parameter) => [parameter.name, parameterSchema(parameter)])),
    })
    .meta({ description: fault.summary });
});

/** One fault, at an instant or drawn from a law. */
export const fault = z.discriminatedUnion("kind", faultSchemas as unknown as [z.ZodObject]) as unknown as z.ZodType<
  FaultOutput,
  FaultInput
>;

function parameterSchema(parameter: FaultParameter): z.ZodType {
  const { choices, description, max, min, type } = parameter;
  const number = z.number().min(min ?? 0);
  const schemas: Readonly<Record<FaultParameter["type"], () => z.ZodType>> = {
    number: () => (max === undefined ? number : number.max(max)),
    share: () => share,
    duration: () => duration,
    law: () => law,
    choice: () => z.enum(choices as [string, ...string[]]),
  };
  const schema = schemas[type]();
  const meta = { description, unit: type };
  return parameter.default === undefined ? schema.meta(meta) : schema.optional().meta({ ...meta, absent: writeDefault(parameter) });
}

/** The default of a parameter as a scenario would write it. */
export function writeDefault({ default: value, type }: FaultParameter): string {
  if (typeof value === "object") {
    const { law: name, ...rest } = value;
    const parts = Object.entries(rest).map(([key, part]) => (key === "cv" || key === "shape" ? String(part) : writeDuration(Number(part))));
    return name === "constant" ? (parts[0] ?? "") : `${name}(${parts.join(", ")})`;
  }
  if (typeof value !== "number") return value ?? "";
  return type === "share" ? writePercent(value) : type === "duration" ? writeDuration(value) : String(value);
}
