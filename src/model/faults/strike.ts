import { isCalm } from "../calm.ts";
import { EventKind } from "../events.ts";
import { choiceStream, resolveTargets } from "../fabric/selectors.ts";
import { closeFault, openFault } from "../incidents.ts";
import { startClock } from "../roles/clocks.ts";
import type { Platform } from "../world.ts";
import { beginRepair } from "./repairs.ts";

/** Event: a fault of the design strikes at its instant, at every target its selector names now. */
export function faultDue(platform: Platform, fault: number): void {
  if (isCalm(platform.world)) return;
  strikeSelected(platform, fault);
}

/** Event: a common cause that has struck before hits this target now. */
export function shockHit(platform: Platform, fault: number, target: number): void {
  if (!isCalm(platform.world)) strike(platform, fault, target);
}

/** Event: a fault drawn from a law strikes. */
export function clockStruck(platform: Platform, clock: number): void {
  const { clocks } = platform.world;
  clocks.event[clock] = -1;
  if (isCalm(platform.world)) return;
  const fault = clocks.fault[clock];
  const target = clocks.target[clock];
  if (target >= 0) {
    if (!strike(platform, fault, target)) startClock(platform, clock);
    return;
  }
  // a clock that belongs to no component runs on: its target is chosen anew each time
  startClock(platform, clock);
  strikeSelected(platform, fault);
}

/** Strikes what the fault's selector names now; a common cause hits each of them or not, sooner or later. */
function strikeSelected(platform: Platform, fault: number): void {
  const { catalogue, calendar, streams } = platform;
  const { shock, target: selector } = catalogue.faults[fault].design;
  for (const target of resolveTargets(platform, selector, fault)) {
    if (shock === undefined) {
      strike(platform, fault, target);
      continue;
    }
    const stream = choiceStream(platform, fault);
    // both are drawn for each target, so that a larger share adds hits and moves none
    const isHit = streams.uniform(stream) < shock.hits;
    const delay = shock.within === 0 ? 0 : Math.floor(streams.uniform(stream) * shock.within);
    if (isHit) calendar.schedule(calendar.now + delay, EventKind.shockHit, fault, target);
  }
}

/** Makes a fault happen at one target, for `lasts` if that is known; false when it can have no effect there now. */
export function strike(platform: Platform, fault: number, target: number, lasts = -1): boolean {
  const known = platform.catalogue.faults[fault];
  const incident = openFault(platform, fault, target);
  if (!known.strike(platform, target, incident)) {
    closeFault(platform, incident);
    // it found nothing to break: that is no occurrence
    platform.world.incidents[incident].occurrences--;
    return false;
  }
  if (known.repair !== undefined) beginRepair(platform, fault, target, incident, known.repair, lasts);
  return true;
}
