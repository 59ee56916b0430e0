import { loseControlPlane, restoreControlPlane } from "../fabric/failover.ts";
import type { FaultKind } from "./fault.ts";

/** The whole control plane is out: controller and management interface. */
export const controlPlaneOutage: FaultKind = {
  kind: "control-plane-outage",
  summary:
    "The control plane is out: no healing of hosts, no placement, no step of an operation until it is back. Instances, probes, guest agents and host agents go on.",
  strikes: "controller",
  parameters: [
    {
      name: "operations",
      type: "choice",
      choices: ["refused", "wait"],
      default: "refused",
      description: "What happens to operations that are asked for meanwhile: refused, or begun when it is back.",
    },
  ],
  repair: "required",
  repairSummary: "How long it is out.",
  needsCrew: false,
  example: "{ at: 5min, kind: control-plane-outage, repairAfter: 1h }",
  strike: (platform, _, incident) => loseControlPlane(platform, incident),
  end: (platform, _, incident) => restoreControlPlane(platform, incident),
};
