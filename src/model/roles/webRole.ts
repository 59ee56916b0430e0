import { EventKind } from "../events.ts";
import { FailureCause, InstanceState, refuses } from "../status.ts";
import { abandon, contributingIncident, fail, jobClient, RequestState } from "../work/requests.ts";
import { leastWork, scheduleShared, settleShared } from "../work/sharing.ts";
import { enqueueAt, leaveQueue, leaveService, startService, startWaiting } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { CallOutcome, continueCalls } from "./calls.ts";
import { loseRequest } from "./held.ts";
import { finishRequest } from "./steps.ts";
import { endDrainIfEmpty } from "./withdraw.ts";
import { finishJob } from "./workerRole.ts";

/** A request reaches an instance: it is served, queued, refused, or meets silence (semantics 5). */
export function receiveRequest(platform: Platform, instance: number, request: number): void {
  const { world, catalogue } = platform;
  const { instances, requests } = world;
  requests.instance[request] = instance;
  instances.outstanding[instance]++;
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
  } else if (refuses(state)) fail(platform, request, FailureCause.refused, instances.incident[instance], instances.cause[instance]);
  else loseRequest(platform, request, instances.incident[instance], instances.cause[instance]);
}

/** Event: a service is complete. */
export function serviceCompleted(platform: Platform, request: number): void {
  const { requests } = platform.world;
  const instance = requests.instance[request];
  if (platform.catalogue.careful) {
    const outcome = continueCalls(platform, instance, request);
    if (outcome === CallOutcome.underWay) return;
    if (outcome === CallOutcome.failed) {
      turnToNext(platform, instance);
      return;
    }
  }
  leaveService(platform, instance, request);
  if (requests.client[request] === jobClient) finishJob(platform, instance, request);
  else finishRequest(platform, instance, request);
  turnToNext(platform, instance);
}

function turnToNext(platform: Platform, instance: number): void {
  endDrainIfEmpty(platform, instance);
  if (platform.world.instances.queueHead[instance] >= 0) startWaiting(platform, instance);
}

/** Event: under processor sharing, the job with the least work left has computed; its stores, if any, come after. */
export function sharedServiceCompleted(platform: Platform, instance: number): void {
  const { world, calendar, catalogue } = platform;
  const { instances, requests } = world;
  instances.sharedEvent[instance] = -1;
  settleShared(platform, instance);
  const request = leastWork(platform, instance);
  const { careful, staged } = catalogue.programs[instances.program[instance]];
  // calls that may fail follow one by one; before them is only what a cold pool costs
  const time = staged ? requests.callAt[request] : requests.storeTime[request];
  if (time === 0 && !careful) {
    serviceCompleted(platform, request);
    return;
  }
  requests.state[request] = RequestState.storing;
  requests.endsAt[request] = calendar.now + time;
  requests.completion[request] = calendar.schedule(requests.endsAt[request], EventKind.serviceCompleted, request);
  scheduleShared(platform, instance);
}

/** The client's time-out of an open request is over (semantics 5). */
export function requestTimedOut(platform: Platform, request: number): void {
  const { instances, requests } = platform.world;
  if (requests.state[request] === RequestState.lost) {
    fail(platform, request, FailureCause.timeoutSilent, requests.incident[request], requests.fact[request]);
    return;
  }
  const instance = requests.instance[request];
  const state = instances.state[instance];
  if (state === InstanceState.paused || state === InstanceState.unreachable) {
    giveUpOn(platform, request, FailureCause.timeoutSilent, instances.incident[instance], instances.cause[instance]);
  } else giveUpOn(platform, request, FailureCause.timeoutSlow, contributingIncident(platform), -1);
}

/** The balancer ends the flow that an open request came on: its client hears at once that there is no backend. */
export function requestCut(platform: Platform, request: number, rotation: number): void {
  const { rotations, requests } = platform.world;
  const { cause, incident } = rotations[rotation];
  if (requests.state[request] === RequestState.lost) fail(platform, request, FailureCause.noBackend, incident, cause);
  else giveUpOn(platform, request, FailureCause.noBackend, incident, cause);
}

/** The client gives up on what an instance holds: out of its queue, or out of its service if it stops such work; else it works for nobody. */
function giveUpOn(platform: Platform, request: number, cause: FailureCause, incident: number, fact: number): void {
  const { world, calendar, catalogue } = platform;
  const { instances, requests } = world;
  const instance = requests.instance[request];
  if (requests.state[request] === RequestState.waiting) {
    leaveQueue(platform, instance, request);
    fail(platform, request, cause, incident, fact);
  } else if (catalogue.programs[instances.program[instance]].design.cancelOnTimeout) {
    calendar.cancel(requests.completion[request]);
    leaveService(platform, instance, request);
    fail(platform, request, cause, incident, fact);
    startWaiting(platform, instance);
  } else abandon(platform, request, cause, incident, fact);
  endDrainIfEmpty(platform, instance);
}

function queueUp(platform: Platform, instance: number, request: number, limit: number): void {
  if (platform.world.instances.waiting[instance] < limit) enqueueAt(platform, instance, request);
  else fail(platform, request, FailureCause.queueFull, contributingIncident(platform), -1);
}

/** Admission control: an instance that holds too much for a request of its client's priority rejects it at once. */
function isShed(platform: Platform, instance: number, request: number, limits: readonly number[]): boolean {
  const { world, catalogue } = platform;
  const { instances, requests } = world;
  const { priority } = catalogue.clients[requests.client[request]];
  const limit = limits[Math.min(priority, limits.length - 1)];
  if (instances.busy[instance] + instances.waiting[instance] < limit) return false;
  fail(platform, request, FailureCause.rejected, contributingIncident(platform), -1);
  return true;
}
