import { EventKind } from "../events.ts";
import { FailureCause, InstanceState } from "../status.ts";
import { takeMessages } from "../storage/queue.ts";
import { abandon, contributingIncident, fail, jobClient, RequestState } from "../work/requests.ts";
import { leastWork, scheduleShared, settleShared } from "../work/sharing.ts";
import { leaveQueue, leaveService, startWaiting } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { CallOutcome } from "./callOutcome.ts";
import { continueCalls } from "./calls.ts";
import { takeIn } from "./receive.ts";
import { finishRequest } from "./steps.ts";
import { endDrainIfEmpty, stopWork } from "./withdraw.ts";
import { finishJob } from "./workerRole.ts";

/** A request of a client reaches an instance. */
export function receiveRequest(platform: Platform, instance: number, request: number): void {
  const { instances, requests } = platform.world;
  requests.instance[request] = instance;
  instances.outstanding[instance]++;
  takeIn(platform, instance, request);
}

/** Event: a service is complete. */
export function serviceCompleted(platform: Platform, request: number): void {
  const { world, catalogue } = platform;
  const { instances, requests } = world;
  const instance = requests.instance[request];
  if (catalogue.careful && hasMoreToDo(platform, instance, request)) return;
  leaveService(platform, instance, request);
  if (requests.client[request] === jobClient) finishJob(platform, instance, request);
  else finishRequest(platform, instance, request);
  if (instances.state[instance] !== InstanceState.ready || catalogue.mixed) turnToNext(platform, instance);
  else if (instances.queueHead[instance] >= 0) startWaiting(platform, instance);
}

/** Whether calls of the request's handler are still to come, or have failed it: then its service is not complete. */
function hasMoreToDo(platform: Platform, instance: number, request: number): boolean {
  const outcome = continueCalls(platform, instance, request);
  if (outcome === CallOutcome.failed) turnToNext(platform, instance);
  return outcome === CallOutcome.failed || outcome === CallOutcome.underWay;
}

function turnToNext(platform: Platform, instance: number): void {
  endDrainIfEmpty(platform, instance);
  if (platform.world.instances.queueHead[instance] >= 0) startWaiting(platform, instance);
  // a worker whose slot a request had
  if (platform.catalogue.mixed) takeMessages(platform, instance);
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
  const { world, catalogue } = platform;
  const { instances, requests } = world;
  const instance = requests.instance[request];
  if (requests.state[request] === RequestState.waiting) {
    leaveQueue(platform, instance, request);
    fail(platform, request, cause, incident, fact);
  } else if (catalogue.programs[instances.program[instance]].design.cancelOnTimeout) {
    stopWork(platform, instance, request);
    fail(platform, request, cause, incident, fact);
    startWaiting(platform, instance);
    if (catalogue.mixed) takeMessages(platform, instance);
  } else abandon(platform, request, cause, incident, fact);
  endDrainIfEmpty(platform, instance);
}
