import { losePower, restorePower } from "../hardware/rack.ts";
import type { FaultKind } from "./fault.ts";

/** A fault domain loses its power feed. */
export const rackPower: FaultKind = {
  kind: "rack-power",
  summary: "A rack loses power: every host of the fault domain stops, with every VM on it, until the power returns.",
  strikes: "faultDomain",
  repair: "optional",
  repairSummary: "From the failure until the power returns; never, if absent.",
  needsCrew: true,
  example: "{ at: 5min, kind: rack-power, faultDomain: faultDomainOf(web/0), repairAfter: 2h }",
  strike: (platform, rack, incident) => losePower(platform, rack, incident),
  end: (platform, rack, incident) => restorePower(platform, rack, incident),
};
