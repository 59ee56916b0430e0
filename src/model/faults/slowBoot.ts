import { numberOf } from "../faultParameters.ts";
import { beginAilment, endAilment } from "../roles/ailments.ts";
import type { FaultKind } from "./fault.ts";

/** Starts of an instance take longer: a slow image store, a package server far away. */
export const slowBoot: FaultKind = {
  kind: "slow-boot",
  summary: "Creating, booting and starting the instance take so many times longer; one that runs is not affected until it starts anew.",
  strikes: "instance",
  parameters: [
    {
      name: "factor",
      type: "number",
      min: 1,
      max: 10_000,
      default: 3,
      description: "What the time of creating, booting and starting is multiplied by.",
    },
  ],
  repair: "optional",
  repairSummary: "Until starts are as fast as before; for good, if absent.",
  needsCrew: false,
  grey: true,
  example: "{ at: 5min, kind: slow-boot, instance: web/0, factor: 4, repairAfter: 1h }",
  strike: (platform, instance, incident) =>
    beginAilment(platform, instance, incident, { bootFactor: numberOf(platform, incident, "factor"), lasting: true }),
  end: (platform, instance, incident) => endAilment(platform, instance, incident),
};
