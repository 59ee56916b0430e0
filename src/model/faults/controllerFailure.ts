import { failReplica, repairReplica } from "../fabric/failover.ts";
import type { FaultKind } from "./fault.ts";

/** The primary replica of the fabric controller dies. */
export const controllerFailure: FaultKind = {
  kind: "controller-failure",
  summary:
    "The primary replica of the fabric controller dies: nobody decides until its lease has run out and another replica has taken over; without a majority of replicas nobody does until one is back.",
  strikes: "controller",
  repair: "optional",
  repairSummary: "Until the replica is back as one of those that can take over; for good, if absent.",
  needsCrew: false,
  example: "{ at: 5min, kind: controller-failure, repairAfter: 1h }",
  strike: (platform, _, incident) => failReplica(platform, incident),
  end: (platform, _, incident) => repairReplica(platform, incident),
};
