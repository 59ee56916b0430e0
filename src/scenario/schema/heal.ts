import * as z from "zod";
import { duration, positiveDuration } from "./fields.ts";

/** Section `heal`. */
export const heal = z
  .strictObject({
    at: duration.meta({
      description:
        "The instant at which faults end: none strikes from then on, nothing goes wrong by chance (buggify, defects of versions, starts of VMs), and what is broken is repaired at once; what agents of the platform heal already is left to them.",
      unit: "duration",
    }),
    settle: positiveDuration.optional().meta({
      description:
        "How long it may take after that until all is well again: every instance ready and in rotation, no operation stuck, no queue growing. The invariant T9 holds the run against it.",
      unit: "duration",
      absent: "it is not looked at",
    }),
  })
  .optional()
  .meta({
    description: "When faults end, for tests: chaos before it, then time to settle.",
    unit: "section",
    absent: "faults go on to the horizon",
  });
