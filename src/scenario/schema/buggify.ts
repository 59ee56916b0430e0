import * as z from "zod";
import { bugSites } from "../../model/design/buggify.ts";
import { law, share } from "./fields.ts";

/** Section `buggify`. */
export const buggify = z
  .union([
    z.literal("default"),
    z.strictObject({
      sites: z.array(z.enum(bugSites)).optional().meta({
        description:
          "Which may be active: slow-boot makes a boot longer; lost-probe loses the probe that would let an instance in; duplicate-delivery shows a message that was taken to others at once; late-report delays the report of a dead process or guest.",
        unit: "list of sites",
        absent: "all of them",
      }),
      active: share.optional().meta({ description: "Share of runs in which a site is active.", unit: "share" }),
      fires: share.optional().meta({ description: "Share of the calls of an active site at which it fires; at most 90%.", unit: "share" }),
      slowBoot: law.optional().meta({ description: "Added to a boot when slow-boot fires.", unit: "law" }),
      lateReport: law.optional().meta({ description: "Added to the time until an agent reports, when late-report fires.", unit: "law" }),
    }),
  ])
  .optional()
  .meta({
    description: "What goes wrong by chance beside the faults, for tests: default (every site), or sites and shares.",
    unit: "default or sites",
    absent: "nothing, and nothing is drawn",
  });
