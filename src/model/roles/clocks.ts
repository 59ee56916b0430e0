import { sampleMicros } from "../../random/laws.ts";
import { EventKind } from "../events.ts";
import { InstanceState } from "../status.ts";
import { openInstanceStream } from "../work/applicationPool.ts";
import type { Group, Platform } from "../world.ts";

/**
 * Clocks of faults that are drawn from laws. A clock of an instance runs while the instance is ready and keeps what is left while it is not;
 * a clock that has struck is wound anew when its component works again.
 */

/** Makes a clock for a fault of the design at one target (-1: chosen when it strikes), wound but not running. */
export function makeClock(platform: Platform, fault: number, target: number, stream: number): number {
  const { clocks } = platform.world;
  const clock = clocks.ids.allocate();
  clocks.fault[clock] = fault;
  clocks.target[clock] = target;
  clocks.event[clock] = -1;
  clocks.left[clock] = -1;
  clocks.stream[clock] = stream;
  clocks.next[clock] = -1;
  return clock;
}

/** Lets a clock run, for what was left of it or for a new draw; not once the faults have ended. */
export function startClock(platform: Platform, clock: number): void {
  const { world, calendar, catalogue, streams } = platform;
  const { clocks } = world;
  if (clocks.event[clock] >= 0 || world.healed) return;
  let left = clocks.left[clock];
  if (left < 0) {
    const law = catalogue.faults[clocks.fault[clock]].every;
    left = law === undefined ? Number.MAX_SAFE_INTEGER : sampleMicros(law, streams, clocks.stream[clock]);
  }
  clocks.left[clock] = -1;
  clocks.event[clock] = calendar.scheduleAfter(left, EventKind.clockStruck, clock);
}

/** The fault is over: winds the clocks of that fault in a component's list. */
export function windClocks(platform: Platform, firstClock: number, fault: number): void {
  const { clocks } = platform.world;
  if (platform.world.closed) return;
  for (let clock = firstClock; clock >= 0; clock = clocks.next[clock]) if (clocks.fault[clock] === fault) startClock(platform, clock);
}

/** Starts the clocks of an instance. */
export function startClocks(platform: Platform, instance: number): void {
  const { clocks, instances } = platform.world;
  for (let clock = instances.firstClock[instance]; clock >= 0; clock = clocks.next[clock]) startClock(platform, clock);
}

/** Stops the clocks of an instance and keeps what is left of them. */
export function stopClocks(platform: Platform, instance: number): void {
  const { world, calendar } = platform;
  const { clocks, instances } = world;
  for (let clock = instances.firstClock[instance]; clock >= 0; clock = clocks.next[clock]) {
    const event = clocks.event[clock];
    if (event < 0) continue;
    clocks.left[clock] = calendar.timeOf(event) - calendar.now;
    calendar.cancel(event);
    clocks.event[clock] = -1;
  }
}

/** Gives an instance the clocks of the faults from a place in the design on, as if they had just been made; they run if it is ready. */
export function joinClocks(platform: Platform, instance: number, firstFault: number): void {
  const { groups, instances, clocks } = platform.world;
  const before = instances.firstClock[instance];
  addClocks(platform, instance, groups[instances.group[instance]], firstFault);
  if (instances.state[instance] !== InstanceState.ready) return;
  for (let clock = instances.firstClock[instance]; clock !== before; clock = clocks.next[clock]) startClock(platform, clock);
}

/** Makes the clocks of an instance, one for each fault from a place in the design on that strikes every such instance by chance. */
export function addClocks(platform: Platform, instance: number, group: Group, firstFault = 0): void {
  const { world, catalogue, design } = platform;
  const role = design.service.roles[group.role].name;
  for (let fault = catalogue.faults.length - 1; fault >= firstFault; fault--) {
    const { design: spec, kind } = catalogue.faults[fault];
    const { target } = spec;
    if (spec.every === undefined || kind.strikes !== "instance" || target.select !== "each" || spec.shock !== undefined) continue;
    if (target.role !== undefined && target.role !== role) continue;
    const clock = makeClock(platform, fault, instance, openInstanceStream(platform, instance, "fault", fault));
    world.clocks.next[clock] = world.instances.firstClock[instance];
    world.instances.firstClock[instance] = clock;
  }
}
