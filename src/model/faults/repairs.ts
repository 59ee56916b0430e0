import { constantMicros, type Law, sampleMicros } from "../../random/laws.ts";
import { EventKind } from "../events.ts";
import { findAilment } from "../roles/ailments.ts";
import type { Platform } from "../world.ts";

/** A component is repaired after a time drawn from its law, counted from when a crew begins: at once, unless all crews are busy.
 * `lasts` is known beforehand when records tell it. */
export function beginRepair(platform: Platform, fault: number, target: number, incident: number, law: Law, lasts = -1): void {
  const { world, catalogue, design } = platform;
  const { repairs } = world;
  const kind = catalogue.faults[fault];
  const repair = repairs.ids.allocate();
  repairs.fault[repair] = fault;
  repairs.target[repair] = target;
  repairs.incident[repair] = incident;
  repairs.event[repair] = -1;
  repairs.duration[repair] = lasts >= 0 ? lasts : drawRepair(platform, fault, target, law);
  if (kind.isGrey) world.ailments.repair[findAilment(platform, target, incident)] = repair;
  else if (kind.strikesInstance) world.instances.repair[target] = repair;
  const crews = design.datacenter.repairCrews;
  if (!kind.needsCrew || crews === 0 || world.repairsRunning < crews) start(platform, repair, kind.needsCrew);
  else world.repairQueue.push(repair);
}

/** Event: a repair is done; its crew turns to the next component. */
export function repairEnded(platform: Platform, repair: number): void {
  const { world, catalogue } = platform;
  const { repairs, instances } = world;
  const fault = repairs.fault[repair];
  const target = repairs.target[repair];
  const incident = repairs.incident[repair];
  const kind = catalogue.faults[fault];
  repairs.ids.release(repair);
  if (kind.strikesInstance && instances.repair[target] === repair) instances.repair[target] = -1;
  if (kind.needsCrew) {
    world.repairsRunning--;
    const next = world.repairQueue.shift();
    if (next !== undefined) start(platform, next, true);
  }
  // what it was to repair may be mended already
  if (incident >= 0) kind.end(platform, target, incident);
}

function start(platform: Platform, repair: number, withCrew: boolean): void {
  const { world, calendar } = platform;
  if (withCrew) world.repairsRunning++;
  world.repairs.event[repair] = calendar.scheduleAfter(world.repairs.duration[repair], EventKind.repairEnded, repair);
}

/** One stream of repairs for each target of each fault. */
function drawRepair(platform: Platform, fault: number, target: number, law: Law): number {
  const constant = constantMicros(law);
  if (constant !== undefined) return constant;
  const streams = platform.world.repairStreams[fault];
  let stream = streams.get(target);
  if (stream < 0) {
    const { of } = platform.catalogue.faults[fault].design;
    const name = of === undefined ? ["fault", fault, "target", target] : [platform.catalogue.faults[fault].kind.strikes, of];
    stream = platform.streams.open(...name, "repair");
    streams.set(target, stream);
  }
  return sampleMicros(law, platform.streams, stream);
}
