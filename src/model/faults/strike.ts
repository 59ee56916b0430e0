import { resolveTargets } from "../fabric/selectors.ts";
import { closeFault, openFault } from "../incidents.ts";
import { startClock } from "../roles/clocks.ts";
import type { Platform } from "../world.ts";
import { beginRepair } from "./repairs.ts";

/** Event: a fault of the design strikes at its instant, at every target its selector names now. */
export function faultDue(platform: Platform, fault: number): void {
  if (platform.world.closed) return;
  const { design } = platform.catalogue.faults[fault];
  for (const target of resolveTargets(platform, design.target, fault)) strike(platform, fault, target);
}

/** Event: a fault drawn from a law strikes. */
export function clockStruck(platform: Platform, clock: number): void {
  const { clocks, closed } = platform.world;
  clocks.event[clock] = -1;
  if (closed) return;
  const fault = clocks.fault[clock];
  const target = clocks.target[clock];
  if (target >= 0) {
    if (!strike(platform, fault, target)) startClock(platform, clock);
    return;
  }
  // a clock that belongs to no component runs on: its target is chosen anew each time
  startClock(platform, clock);
  for (const chosen of resolveTargets(platform, platform.catalogue.faults[fault].design.target, fault)) strike(platform, fault, chosen);
}

/** Makes a fault happen at one target; false when it can have no effect there now. */
function strike(platform: Platform, fault: number, target: number): boolean {
  const { kind, repair } = platform.catalogue.faults[fault];
  const incident = openFault(platform, fault, target);
  if (!kind.strike(platform, target, incident)) {
    closeFault(platform, incident);
    return false;
  }
  if (repair !== undefined) beginRepair(platform, fault, target, incident, repair);
  return true;
}
