import { type Law, sampleMicros } from "../../random/laws.ts";
import { isCalm } from "../calm.ts";
import { EventKind } from "../events.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { defectStream } from "./draws.ts";

/**
 * Run begins when the instance is ready and normally never ends. A version may bring the end with it: Run returns, which recycles the role in
 * good order, or an unhandled exception ends the process at once; whichever comes first.
 */

/** The instance is ready and Run begins, or goes on after a pause. */
export function startRun(platform: Platform, instance: number): void {
  const { catalogue, calendar, world } = platform;
  const { instances } = world;
  const { crashAfter, runReturns } = catalogue.programs[instances.program[instance]];
  if ((crashAfter === undefined && runReturns === undefined) || isCalm(world)) return;
  if (instances.runLeft[instance] >= 0) {
    instances.runEvent[instance] = calendar.scheduleAfter(instances.runLeft[instance], instances.runEnds[instance], instance);
    instances.runLeft[instance] = -1;
    return;
  }
  const throwsAfter = drawEnd(platform, instance, crashAfter);
  const returnsAfter = drawEnd(platform, instance, runReturns);
  instances.runEnds[instance] = throwsAfter <= returnsAfter ? EventKind.roleThrew : EventKind.runReturned;
  instances.runEvent[instance] = calendar.scheduleAfter(Math.min(throwsAfter, returnsAfter), instances.runEnds[instance], instance);
}

/** The instance is not ready any more: what would have ended Run does not, and after a pause only later. */
export function stopRun(platform: Platform, instance: number): void {
  const { calendar, world } = platform;
  const { instances } = world;
  const event = instances.runEvent[instance];
  if (event < 0) return;
  const state = instances.state[instance];
  // frozen, or only its web process is dead: Run itself has not ended
  if (state === InstanceState.paused || state === InstanceState.webDown || state === InstanceState.unreachable)
    instances.runLeft[instance] = calendar.timeOf(event) - calendar.now;
  calendar.cancel(event);
  instances.runEvent[instance] = -1;
}

function drawEnd(platform: Platform, instance: number, law: Law | undefined): number {
  return law === undefined ? Number.MAX_SAFE_INTEGER : sampleMicros(law, platform.streams, defectStream(platform, instance));
}
