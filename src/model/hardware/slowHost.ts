import { numberOf } from "../faultParameters.ts";
import { closeFault } from "../incidents.ts";
import { sumUp } from "../roles/ailments.ts";
import { windClocks } from "../roles/clocks.ts";
import type { Platform } from "../world.ts";
import { instancesOn } from "./placement.ts";

/** The host grows slow, and every instance on it: nobody notices; false when this fault has made it slow already. */
export function slowDownHost(platform: Platform, host: number, incident: number): boolean {
  if (platform.world.incidents[incident].open > 1) return false;
  applySlowness(platform, host);
  return true;
}

/** The host is as fast as before, unless something else makes it slow. */
export function speedUpHost(platform: Platform, host: number, incident: number): void {
  const { hosts, incidents } = platform.world;
  closeFault(platform, incident);
  applySlowness(platform, host);
  windClocks(platform, hosts.firstClock[host], incidents[incident].fault);
}

function applySlowness(platform: Platform, host: number): void {
  const { world, catalogue } = platform;
  let slowdown = 1;
  for (const id of world.openIncidents) {
    const { fault, target } = world.incidents[id];
    if (fault >= 0 && target === host && catalogue.faults[fault].kind.kind === "slow-host") slowdown *= numberOf(platform, id, "factor");
  }
  world.hosts.slowdown[host] = slowdown;
  for (const instance of instancesOn(platform, host)) sumUp(platform, instance);
}
