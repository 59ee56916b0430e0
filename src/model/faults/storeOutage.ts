import { closeFault } from "../incidents.ts";
import { windClocks } from "../roles/clocks.ts";
import { beginOutage, endOutage } from "../storage/outages.ts";
import type { FaultKind } from "./fault.ts";
import { beginRepair } from "./repairs.ts";

/** A store outside the deployment answers nothing. */
export const storeOutage: FaultKind = {
  kind: "store-outage",
  summary: "A store is out: every call to it fails, and those under way with it. What it has acknowledged is there when it comes back.",
  strikes: "store",
  repair: "optional",
  repairSummary: "How long the store is out; with no value, the store's own failover.",
  needsCrew: false,
  example: "{ at: 5min, kind: store-outage, store: store(db), repairAfter: 45s }",
  strike: (platform, store, incident) => {
    beginOutage(platform, "store", store, incident);
    const { fault } = platform.world.incidents[incident];
    const failover = platform.catalogue.failovers.stores[store];
    if (platform.catalogue.faults[fault].repair === undefined && failover !== undefined) {
      beginRepair(platform, fault, store, incident, failover);
    }
    return true;
  },
  end: (platform, store, incident) => {
    endOutage(platform, "store", store, incident);
    closeFault(platform, incident);
    windClocks(platform, platform.world.stores[store].firstClock, platform.world.incidents[incident].fault);
  },
};
