import { sampleMicros } from "../../random/laws.ts";
import { blame } from "../balancer/rotation.ts";
import { isCalm } from "../calm.ts";
import { EventKind } from "../events.ts";
import { lawOf } from "../faultParameters.ts";
import { factOf } from "../incidents.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { beginAilment, endAilment, findAilment } from "./ailments.ts";
import { silenceHeld } from "./held.ts";
import { greyStream } from "./impaired.ts";
import { becomeReady, moveTo } from "./lifecycle.ts";

/** The instance begins to fall silent and to answer again in turns, silent first; false when it does not serve. */
export function beginFlapping(platform: Platform, instance: number, incident: number): boolean {
  if (platform.world.instances.state[instance] !== InstanceState.ready) return false;
  if (!beginAilment(platform, instance, incident, {})) return false;
  flapTurned(platform, findAilment(platform, instance, incident));
  return true;
}

/** Event: an instance that flaps falls silent, or answers again. What something else has done to it meanwhile is left alone. */
export function flapTurned(platform: Platform, ailment: number): void {
  const { world, calendar, streams } = platform;
  const { ailments, instances } = world;
  ailments.event[ailment] = -1;
  // nothing new breaks: it stays as it is
  if (isCalm(world)) return;
  const instance = ailments.instance[ailment];
  const incident = ailments.incident[ailment];
  const answers = isSilentByFlapping(platform, instance);
  const law = lawOf(platform, incident, answers ? "up" : "down");
  const duration = Math.max(1, sampleMicros(law, streams, greyStream(platform, instance)));
  ailments.event[ailment] = calendar.schedule(calendar.now + duration, EventKind.flapTurned, ailment);
  if (answers) becomeReady(platform, instance, factOf(platform, incident));
  else if (instances.state[instance] === InstanceState.ready) fallSilent(platform, instance, incident);
}

/** The fault is over: the instance answers again for good. */
export function endFlapping(platform: Platform, instance: number, incident: number): void {
  endAilment(platform, instance, incident);
  if (isSilentByFlapping(platform, instance)) becomeReady(platform, instance, factOf(platform, incident));
}

function fallSilent(platform: Platform, instance: number, incident: number): void {
  const fact = factOf(platform, incident);
  blame(platform, instance, incident, fact);
  moveTo(platform, instance, InstanceState.hung, fact);
  silenceHeld(platform, instance, incident, fact);
}

/** Hung, and not by a fault of its own that somebody else ends. */
function isSilentByFlapping(platform: Platform, instance: number): boolean {
  const { instances } = platform.world;
  return instances.state[instance] === InstanceState.hung && instances.fault[instance] < 0;
}
