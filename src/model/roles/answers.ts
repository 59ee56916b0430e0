import { never } from "../../kernel/time.ts";
import { EventKind } from "../events.ts";
import { FailureCause, InstanceState } from "../status.ts";
import { CallPhase, fail, roleClient } from "../work/requests.ts";
import type { Platform } from "../world.ts";
import { Impaired } from "./ailments.ts";

/**
 * How a call of one role to another ends for the one that waits: it hears of it by an event of its own, so that nothing goes on in the middle of
 * what happens to the other.
 */

/** Whoever waits for a request hears why it failed: its client, or the role that calls. */
export function failFor(platform: Platform, request: number, cause: FailureCause, incident: number, fact: number): void {
  const { requests } = platform.world;
  if (requests.client[request] !== roleClient) {
    fail(platform, request, cause, incident, fact);
    return;
  }
  turnDown(platform, requests.message[request], cause, incident, fact);
  requests.ids.release(request);
}

/** The work that a call asked for is done, and its caller has the answer. */
export function answerCaller(platform: Platform, callee: number): void {
  const { requests } = platform.world;
  const call = requests.message[callee];
  requests.ids.release(callee);
  wake(platform, call, CallPhase.answered);
}

/** The try failed, and its caller is told why. */
export function turnDown(platform: Platform, call: number, cause: FailureCause, incident: number, fact: number): void {
  const { roleCalls } = platform.world;
  roleCalls.cause[call] = cause;
  roleCalls.incident[call] = incident;
  roleCalls.fact[call] = fact;
  wake(platform, call, CallPhase.turnedDown);
}

/** Nobody will answer a call: its caller finds out at its time-out, or at once when it has none. */
export function silenceCall(platform: Platform, call: number, incident: number, fact: number): void {
  const { requests, roleCalls } = platform.world;
  roleCalls.callee[call] = -1;
  roleCalls.cause[call] = FailureCause.timeoutSilent;
  roleCalls.incident[call] = incident;
  roleCalls.fact[call] = fact;
  const caller = roleCalls.caller[call];
  if (requests.endsAt[caller] >= never) goOn(platform, caller, CallPhase.turnedDown);
}

/** Whether a call began in the measured time. */
export function isMeasured({ design, world }: Platform, call: number): boolean {
  const at = world.roleCalls.startedAt[call];
  return at >= design.measure.from && at < design.measure.to;
}

/** Whether nobody outside hears an instance, nor it them. */
export function isUnheard({ world }: Platform, instance: number): boolean {
  return (world.instances.impaired[instance] & Impaired.unheard) !== 0;
}

function wake(platform: Platform, call: number, phase: CallPhase): void {
  const { instances, requests, roleCalls } = platform.world;
  const caller = roleCalls.caller[call];
  const instance = requests.instance[caller];
  roleCalls.callee[call] = -1;
  // the answer does not get there
  if (isUnheard(platform, instance)) silenceCall(platform, call, instances.incident[instance], instances.cause[instance]);
  else goOn(platform, caller, phase);
}

/** The handler that waits goes on now, or when its VM is no longer frozen. */
function goOn({ world, calendar }: Platform, caller: number, phase: CallPhase): void {
  const { instances, requests } = world;
  requests.phase[caller] = phase;
  calendar.cancel(requests.completion[caller]);
  requests.completion[caller] = -1;
  if (instances.state[requests.instance[caller]] === InstanceState.paused) {
    requests.endsAt[caller] = 0;
    return;
  }
  requests.endsAt[caller] = calendar.now;
  requests.completion[caller] = calendar.schedule(calendar.now, EventKind.serviceCompleted, caller);
}
