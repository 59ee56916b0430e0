import * as z from "zod";
import { faults as faultKinds } from "../../model/faults/index.ts";
import type { LawDraft } from "../lawText.ts";
import type { SelectorText } from "../selectorText.ts";
import { mostThings } from "./datacenter.ts";
import { count, duration, type LawMapping, law, name, named, selectors } from "./fields.ts";
import { roleChange } from "./service.ts";

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

function target(what: keyof typeof selectors) {
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

const at = duration.meta({ description: "When it is asked for.", unit: "duration" });
const slot = z.enum(["production", "staging"]).optional().meta({ description: "Which deployment slot.", unit: "choice" });
const version = z.string().min(1).max(100).meta({ description: "Name of the version.", unit: "text" });
const roles = named(roleChange.nullable())
  .optional()
  .meta({ description: "What changes, role by role, over the roles as they are.", absent: "the roles as they are" });
const role = name.meta({ description: "Which role.", unit: "name of a role" });

/** One operation. */
export const operation = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("deploy"),
      at,
      slot,
      version: version.optional().meta({ absent: "service.version", unit: "text", description: "Name of the version." }),
      roles,
    })
    .meta({ description: "Deploys into an empty slot: the instances are placed, booted and started." }),
  z.strictObject({ kind: z.literal("delete"), at, slot }).meta({ description: "Deletes the deployment of a slot." }),
  z
    .strictObject({
      kind: z.literal("scale"),
      at,
      slot,
      role,
      instances: count(0, mostThings).meta({ description: "How many from then on.", unit: "count" }),
    })
    .meta({ description: "Changes the number of instances of a role." }),
  z
    .strictObject({
      kind: z.literal("upgrade"),
      at,
      slot,
      version,
      roles,
      only: z
        .array(name)
        .min(1)
        .max(25)
        .optional()
        .meta({ description: "The roles that are upgraded.", unit: "names of roles", absent: "all" }),
    })
    .meta({ description: "Upgrades in place, one upgrade domain at a time." }),
  z
    .strictObject({ kind: z.literal("swap"), at })
    .meta({ description: "Exchanges production and staging: new flows go to the other deployment." }),
  z
    .strictObject({ kind: z.literal("reboot"), at, instance: target("instance") })
    .meta({ description: "Restarts the guest OS of an instance." }),
  z
    .strictObject({ kind: z.literal("reimage"), at, instance: target("instance") })
    .meta({ description: "Installs an instance anew where it is." }),
]);
