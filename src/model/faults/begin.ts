import { EventKind } from "../events.ts";
import { resolveTargets } from "../fabric/selectors.ts";
import { makeClock, startClock } from "../roles/clocks.ts";
import type { Platform } from "../world.ts";
import { startTrace } from "./trace.ts";

/** Lets a fault of the design strike from now on: at its instant, as records tell, or whenever its clocks say. */
export function beginFault(platform: Platform, id: number): void {
  const fault = platform.design.faults[id];
  if (fault.at !== undefined) platform.calendar.schedule(fault.at, EventKind.faultDue, id);
  else if (fault.trace !== undefined) startTrace(platform, id);
  else addClocks(platform, id);
}

/** Clocks of hosts and fault domains, one for each, and one for a target that is chosen when it strikes; instances bring their own. */
function addClocks(platform: Platform, fault: number): void {
  const { world, catalogue, streams } = platform;
  const { design, kind } = catalogue.faults[fault];
  if (design.shock !== undefined) {
    startClock(platform, makeClock(platform, fault, -1, streams.open("fault", fault, "shocks")));
    return;
  }
  if ((kind.strikes === "store" || kind.strikes === "queue") && design.target.select !== "random") {
    addExternalClocks(platform, fault, kind.strikes);
    return;
  }
  if (design.target.select !== "each") {
    startClock(platform, makeClock(platform, fault, -1, streams.open("fault", fault, "clock")));
    return;
  }
  if (kind.strikes === "instance") return;
  const owners = kind.strikes === "host" ? world.hosts : world.racks;
  for (let owner = 0; owner < owners.count; owner++) {
    const clock = makeClock(platform, fault, owner, streams.open(kind.strikes, owner, "fault", fault));
    world.clocks.next[clock] = owners.firstClock[owner];
    owners.firstClock[owner] = clock;
    startClock(platform, clock);
  }
}

/** A store or a queue has a clock of its own, however it is named: it stands still while the store is out. */
function addExternalClocks(platform: Platform, fault: number, strikes: "store" | "queue"): void {
  const { world, streams, design: scenario } = platform;
  const { design } = platform.catalogue.faults[fault];
  const [externals, designs] = strikes === "store" ? [world.stores, scenario.stores] : [world.queues, scenario.queues];
  for (const id of resolveTargets(platform, design.target, fault)) {
    const { name } = designs[id];
    const stream = design.of === undefined ? streams.open(strikes, name, "fault", fault) : streams.open(strikes, name, "outages");
    const clock = makeClock(platform, fault, id, stream);
    world.clocks.next[clock] = externals[id].firstClock;
    externals[id].firstClock = clock;
    startClock(platform, clock);
  }
}
