import { closeFault } from "../incidents.ts";
import { windClocks } from "../roles/clocks.ts";
import { resumeRenewals, stopRenewals } from "../storage/leases.ts";
import { beginOutage, endOutage } from "../storage/outages.ts";
import { wakeWorkers } from "../storage/queue.ts";
import type { FaultKind } from "./fault.ts";
import { beginRepair } from "./repairs.ts";

/** A queue outside the deployment answers nothing. */
export const queueOutage: FaultKind = {
  kind: "queue-outage",
  summary:
    "A queue is out: nothing is put in, taken, renewed or deleted, so that work finished meanwhile is done again. No message is lost.",
  strikes: "queue",
  repair: "optional",
  repairSummary: "How long the queue is out; with no value, the queue's own failover.",
  needsCrew: false,
  example: "{ at: 5min, kind: queue-outage, queue: queue(jobs), repairAfter: 45s }",
  strike: (platform, queue, incident) => {
    stopRenewals(platform, queue);
    beginOutage(platform, "queue", queue, incident);
    const { fault } = platform.world.incidents[incident];
    const failover = platform.catalogue.failovers.queues[queue];
    if (platform.catalogue.faults[fault].repair === undefined && failover !== undefined) {
      beginRepair(platform, fault, queue, incident, failover);
    }
    return true;
  },
  end: (platform, queue, incident) => {
    if (endOutage(platform, "queue", queue, incident)) {
      resumeRenewals(platform, queue);
      wakeWorkers(platform, queue);
    }
    closeFault(platform, incident);
    windClocks(platform, platform.world.queues[queue].firstClock, platform.world.incidents[incident].fault);
  },
};
