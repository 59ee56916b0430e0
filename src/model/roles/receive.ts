import { FailureCause, InstanceState, refuses } from "../status.ts";
import { contributingIncident, roleClient } from "../work/requests.ts";
import { enqueueAt, startService, startWaiting } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { failFor } from "./answers.ts";
import { loseRequest } from "./held.ts";

/** An instance is given a request: it serves or queues it, refuses it, or is silent (semantics 5). */
export function takeIn(platform: Platform, instance: number, request: number): void {
  const { world, catalogue } = platform;
  const { instances } = world;
  const state = instances.state[instance];
  if (state === InstanceState.ready) {
    const program = catalogue.programs[instances.program[instance]];
    if (program.admission !== undefined && isShed(platform, instance, request, program.admission)) return;
    if (instances.busy[instance] < program.concurrency) startService(platform, instance, request);
    else queueUp(platform, instance, request, program.queueLimit);
  } else if (state === InstanceState.paused && instances.pausedFrom[instance] === InstanceState.ready) {
    queueUp(platform, instance, request, catalogue.programs[instances.program[instance]].queueLimit);
  } else if (instances.servesOn[instance] === 1) {
    queueUp(platform, instance, request, catalogue.programs[instances.program[instance]].queueLimit);
    startWaiting(platform, instance);
  } else if (refuses(state)) failFor(platform, request, FailureCause.refused, instances.incident[instance], instances.cause[instance]);
  else loseRequest(platform, request, instances.incident[instance], instances.cause[instance]);
}

/** The request or job for which, in the end, a request is made: itself, unless another role calls for it. */
export function originOf({ world }: Platform, request: number): number {
  const { requests, roleCalls } = world;
  let origin = request;
  while (requests.client[origin] === roleClient) origin = roleCalls.caller[requests.message[origin]];
  return origin;
}

function queueUp(platform: Platform, instance: number, request: number, limit: number): void {
  if (platform.world.instances.waiting[instance] < limit) enqueueAt(platform, instance, request);
  else failFor(platform, request, FailureCause.queueFull, contributingIncident(platform), -1);
}

/** Admission control: an instance that holds too much for a request of its client's priority rejects it at once. */
function isShed(platform: Platform, instance: number, request: number, limits: readonly number[]): boolean {
  const { world, catalogue } = platform;
  const { instances, requests } = world;
  const client = requests.client[originOf(platform, request)];
  // what is done for nobody any more, or for a message, has no priority of its own
  const priority = client < 0 ? 0 : catalogue.clients[client].priority;
  const limit = limits[Math.min(priority, limits.length - 1)];
  if (instances.busy[instance] + instances.waiting[instance] < limit) return false;
  failFor(platform, request, FailureCause.rejected, contributingIncident(platform), -1);
  return true;
}
