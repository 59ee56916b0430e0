import { numberOf } from "../faultParameters.ts";
import { beginAilment, endAilment } from "../roles/ailments.ts";
import type { FaultKind } from "./fault.ts";

/** An instance grows slow: a leak, a full log, a lock. */
export const slow: FaultKind = {
  kind: "slow",
  summary: "The process grows slow: it computes so many times longer, passes its probes, and nobody on the platform notices.",
  strikes: "instance",
  parameters: [
    { name: "factor", type: "number", min: 1, max: 10_000, default: 5, description: "What the time of computing is multiplied by." },
  ],
  repair: "optional",
  repairSummary: "Until it is as fast as before; with no value, until the process starts anew.",
  needsCrew: false,
  grey: true,
  example: "{ at: 5min, kind: slow, instance: web/0, factor: 10, repairAfter: 20min }",
  strike: (platform, instance, incident) =>
    beginAilment(platform, instance, incident, { slowdown: numberOf(platform, incident, "factor") }),
  end: (platform, instance, incident) => endAilment(platform, instance, incident),
};
