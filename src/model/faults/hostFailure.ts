import { failHost, repairHost } from "../hardware/host.ts";
import type { FaultKind } from "./fault.ts";

/** A physical server stops. */
export const hostFailure: FaultKind = {
  kind: "host-failure",
  summary:
    "A physical server stops: its VMs die with it and nobody is told. Class hardware needs a repair, class reboot only a restart; class reported goes on running, and its agent reports the fault at once, so that the instances are placed elsewhere.",
  strikes: "host",
  classes: ["hardware", "reboot", "reported"],
  repair: "optional",
  repairSummary:
    "From the failure until the server is back; with no value, class reboot waits for the controller's restart and hardware is for good.",
  needsCrew: true,
  example: "{ at: 5min, kind: host-failure, host: hostOf(web/0), repairAfter: 1h }",
  strike: (platform, host, incident) => failHost(platform, host, incident),
  end: (platform, host, incident) => repairHost(platform, host, incident),
};
