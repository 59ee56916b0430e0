import { cutOff, reconnect } from "../hardware/rackSwitch.ts";
import type { FaultKind } from "./fault.ts";

/** The switch at the top of a rack fails. */
export const rackSwitch: FaultKind = {
  kind: "rack-switch",
  summary:
    "A rack's switch fails: its hosts and instances run on, but nobody reaches them. The controller takes the hosts for dead; what it has placed elsewhere is stopped there when the switch is back, before it talks to anyone.",
  strikes: "faultDomain",
  repair: "optional",
  repairSummary: "From the failure until the switch works again; never, if absent.",
  needsCrew: true,
  example: "{ at: 5min, kind: rack-switch, faultDomain: faultDomainOf(web/0), repairAfter: 10min }",
  strike: (platform, rack, incident) => cutOff(platform, rack, incident),
  end: (platform, rack, incident) => reconnect(platform, rack, incident),
};
