import * as z from "zod";
import { durationOrNever, law } from "./fields.ts";

const every = durationOrNever
  .optional()
  .meta({ description: "From the begin of one period to the next; never: no such pass.", unit: "duration or never" });
const after = law.optional().meta({ description: "From the begin of a period until its pass begins.", unit: "law" });

/** Section `patching`: when the platform patches itself. */
export const patching = z
  .union([
    z.enum(["default", "none"]),
    z.strictObject({
      hostOs: z
        .strictObject({
          every,
          after,
          duration: law.optional().meta({ description: "Restart of one host, without the boot of its VMs.", unit: "law" }),
          between: law.optional().meta({ description: "Between two upgrade domains of a service.", unit: "law" }),
        })
        .optional()
        .meta({ description: "Host OS passes: nobody can opt out of them." }),
      guestOs: z
        .strictObject({
          every,
          after,
          disabledAfter: durationOrNever
            .optional()
            .meta({ description: "A pinned version is disabled so long after its release.", unit: "duration or never" }),
          forcedAfter: durationOrNever
            .optional()
            .meta({ description: "A disabled version is replaced by force after so long.", unit: "duration or never" }),
        })
        .optional()
        .meta({ description: 'Guest OS passes: monthly when service.osVersion is "*".' }),
      guestAgent: z
        .strictObject({
          every,
          after,
          duration: law.optional().meta({ description: "Exchange of the agent of one instance, its role stopped.", unit: "law" }),
        })
        .optional()
        .meta({ description: "Guest agent passes." }),
    }),
  ])
  .optional()
  .meta({
    description: "When the platform patches itself: none, default (the documented monthly cadence), or the cadence with changes.",
    unit: "default, none or passes",
  });
