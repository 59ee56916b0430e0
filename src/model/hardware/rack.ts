import { closeFault, factOf } from "../incidents.ts";
import { windClocks } from "../roles/clocks.ts";
import type { Platform } from "../world.ts";
import { loseHost, restartClean, revive } from "./host.ts";

/** The fault domain loses its power feed: every host of it that runs stops. */
export function losePower(platform: Platform, rack: number, incident: number): boolean {
  const { racks } = platform.world;
  if (racks.faults[rack]++ > 0) return true;
  const { first, end } = hostsOf(platform, rack);
  for (let host = first; host < end; host++) loseHost(platform, host, incident);
  return true;
}

/** The power is back: hosts without a fault of their own run again. */
export function restorePower(platform: Platform, rack: number, incident: number): void {
  const { racks } = platform.world;
  closeFault(platform, incident);
  windClocks(platform, racks.firstClock[rack], platform.world.incidents[incident].fault);
  if (--racks.faults[rack] > 0) return;
  const fact = factOf(platform, incident);
  const { first, end } = hostsOf(platform, rack);
  for (let host = first; host < end; host++) {
    restartClean(platform, host);
    revive(platform, host, fact);
  }
}

function hostsOf(platform: Platform, rack: number): { first: number; end: number } {
  const { hostsPerFaultDomain } = platform.design.datacenter;
  return { first: rack * hostsPerFaultDomain, end: (rack + 1) * hostsPerFaultDomain };
}
