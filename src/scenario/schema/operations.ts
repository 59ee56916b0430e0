import * as z from "zod";
import { mostThings } from "./datacenter.ts";
import { target } from "./faults.ts";
import { count, duration, name, named, positiveDuration } from "./fields.ts";
import { roleChange } from "./service.ts";

const asked = {
  at: duration.meta({ description: "When it is asked for.", unit: "duration" }),
  again: positiveDuration.optional().meta({
    description: "When it is refused, it is asked for again after so long, until it is accepted.",
    unit: "duration",
    absent: "a refusal is final",
  }),
};
const slot = z.enum(["production", "staging"]).optional().meta({ description: "Which deployment slot.", unit: "choice" });
const version = z.string().min(1).max(100).meta({ description: "Name of the version.", unit: "text" });
const roles = named(roleChange.nullable()).optional().meta({
  description: "What changes, role by role, over the roles as the operations before leave them when none is refused.",
  absent: "the roles as they are",
});
const role = name.meta({ description: "Which role.", unit: "name of a role" });

/** One operation. */
export const operation = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("deploy"),
      ...asked,
      slot,
      version: version.optional().meta({ absent: "service.version", unit: "text", description: "Name of the version." }),
      roles,
      reservedIp: z
        .boolean()
        .optional()
        .meta({ description: "Its VIP is a reserved address.", unit: "true or false", absent: "service.reservedIp" }),
    })
    .meta({ description: "Deploys into an empty slot: the instances are placed, booted and started." }),
  z.strictObject({ kind: z.literal("delete"), ...asked, slot }).meta({ description: "Deletes the deployment of a slot." }),
  z
    .strictObject({
      kind: z.literal("scale"),
      ...asked,
      slot,
      role,
      instances: count(0, mostThings).meta({ description: "How many from then on.", unit: "count" }),
    })
    .meta({ description: "Changes the number of instances of a role." }),
  z
    .strictObject({
      kind: z.literal("upgrade"),
      ...asked,
      slot,
      version,
      roles,
      only: z
        .array(name)
        .min(1)
        .max(25)
        .optional()
        .meta({ description: "The roles that are upgraded.", unit: "names of roles", absent: "all" }),
      mode: z.enum(["auto", "manual", "simultaneous"]).optional().meta({
        description: "auto walks by itself, manual waits for walk-upgrade-domain, simultaneous takes all domains at once.",
        unit: "choice",
        absent: "auto",
      }),
      portal: z.boolean().optional().meta({
        description: "Asked for in the portal, which refuses a role with a single instance without force.",
        unit: "true or false",
        absent: "false",
      }),
      force: z
        .boolean()
        .optional()
        .meta({ description: "The portal's tick: update even if a role has a single instance.", unit: "true or false", absent: "false" }),
      upgradeDomains: count(1, 20).optional().meta({
        description: "What the new definition says; another number than the deployment's is refused in place.",
        unit: "count",
        absent: "as it is",
      }),
    })
    .meta({ description: "Upgrades in place, one upgrade domain at a time." }),
  z
    .strictObject({
      kind: z.literal("walk-upgrade-domain"),
      ...asked,
      slot,
      domain: count(0, 19).optional().meta({ description: "Which domain has its turn.", unit: "number", absent: "the next" }),
    })
    .meta({ description: "Lets an upgrade in mode manual go on with one upgrade domain." }),
  z
    .strictObject({ kind: z.literal("rollback"), ...asked, slot })
    .meta({ description: "Brings the version before an upgrade in progress back, one upgrade domain at a time." }),
  z
    .strictObject({ kind: z.literal("stop"), ...asked, slot })
    .meta({ description: "Stops the instances of a deployment; their VMs stay allocated, and are paid for." }),
  z.strictObject({ kind: z.literal("start"), ...asked, slot }).meta({ description: "Boots the instances of a stopped deployment." }),
  z
    .strictObject({
      kind: z.literal("configure"),
      ...asked,
      slot,
      change: z.enum(["settings", "certificate"]).optional().meta({
        description: "New values of settings, or new certificates: these always take instances offline.",
        unit: "choice",
        absent: "settings",
      }),
      recycle: z.boolean().optional().meta({
        description: "The role asks to be recycled instead of applying new settings as it runs.",
        unit: "true or false",
        absent: "false",
      }),
      only: z
        .array(name)
        .min(1)
        .max(25)
        .optional()
        .meta({ description: "The roles that it is about.", unit: "names of roles", absent: "all" }),
    })
    .meta({
      description: "Changes the configuration alone: settings or certificates, one upgrade domain at a time where instances restart.",
    }),
  z.strictObject({ kind: z.literal("host-os-update"), ...asked }).meta({
    description: "One pass of host OS updates: every host under the service restarts, upgrade domain by upgrade domain, hours apart.",
  }),
  z
    .strictObject({ kind: z.literal("guest-os-update"), ...asked })
    .meta({ description: "One pass of guest OS updates: every instance is reimaged, upgrade domain by upgrade domain." }),
  z
    .strictObject({ kind: z.literal("guest-agent-update"), ...asked })
    .meta({ description: "One pass of guest agent updates: every role is recycled, upgrade domain by upgrade domain." }),
  z
    .strictObject({ kind: z.literal("swap"), ...asked })
    .meta({ description: "Exchanges production and staging: new flows go to the other deployment." }),
  z
    .strictObject({ kind: z.literal("reboot"), ...asked, instance: target("instance") })
    .meta({ description: "Restarts the guest OS of an instance." }),
  z
    .strictObject({ kind: z.literal("reimage"), ...asked, instance: target("instance") })
    .meta({ description: "Installs an instance anew where it is." }),
  z
    .strictObject({ kind: z.literal("rebuild"), ...asked, instance: target("instance") })
    .meta({ description: "Makes an instance anew with all its disks, on a host that has room." }),
  z
    .strictObject({
      kind: z.literal("remote-desktop"),
      ...asked,
      instance: target("instance"),
      change: z.string().min(1).max(100).meta({ description: "What somebody changes there: a few words for reports.", unit: "text" }),
    })
    .meta({ description: "Changes an instance by hand. The change is lost when its Windows disk is made anew: at a reimage or a move." }),
]);
