import { never } from "../../kernel/time.ts";
import { EventKind } from "../events.ts";
import type { Program } from "../program.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { poolWarmUp } from "./applicationPool.ts";
import { CallPhase, RequestState } from "./requests.ts";
import { beginShared, endShared, leastWork, scheduleShared, settleShared } from "./sharing.ts";

/**
 * The work an instance holds: a queue, first come first served, before `concurrency` slots. Requests of clients and jobs of workers alike.
 * Both are linked lists through the requests' `next` and `previous`.
 */

/** Puts a request at the end of the instance's queue. */
export function enqueueAt(platform: Platform, instance: number, request: number): void {
  const { instances, requests } = platform.world;
  const tail = instances.queueTail[instance];
  requests.state[request] = RequestState.waiting;
  requests.previous[request] = tail;
  requests.next[request] = -1;
  if (tail >= 0) requests.next[tail] = request;
  else instances.queueHead[instance] = request;
  instances.queueTail[instance] = request;
  instances.waiting[instance]++;
}

/** Gives a request a slot of a ready instance. */
export function startService(platform: Platform, instance: number, request: number): void {
  const { world, calendar, catalogue } = platform;
  const { instances, requests } = world;
  const program = catalogue.programs[instances.program[instance]];
  const now = calendar.now;
  requests.state[request] = RequestState.serving;
  requests.startedAt[request] = now;
  const head = instances.serviceHead[instance];
  requests.previous[request] = -1;
  requests.next[request] = head;
  if (head >= 0) requests.previous[head] = request;
  instances.serviceHead[instance] = request;
  instances.busy[instance]++;
  const isPlain = program.nominal && instances.slowdown[instance] === 1;
  const duration = isPlain ? requests.demand[request] + requests.storeTime[request] : otherDuration(platform, instance, request, program);
  // under processor sharing it depends on the others
  if (duration < 0) return;
  requests.endsAt[request] = calendar.now + duration;
  requests.completion[request] = calendar.scheduleAfter(duration, EventKind.serviceCompleted, request);
}

/** How long a service takes on an instance that is fast or slow, cold, measured, or works step by step; -1 when it shares its processor. */
function otherDuration(platform: Platform, instance: number, request: number, program: Program): number {
  const { instances, requests } = platform.world;
  const warmUp = program.pool ? poolWarmUp(platform, instance, program) : 0;
  const demand = requests.demand[request];
  const slowdown = instances.slowdown[instance];
  let compute = program.speed === 1 ? demand : Math.floor(demand / program.speed + 0.5);
  if (slowdown !== 1) compute = Math.floor(compute * slowdown + 0.5);
  if (program.metered) instances.workBegun[instance] += compute;
  if (program.careful) {
    requests.step[request] = program.staged ? 0 : program.storeCalls;
    requests.phase[request] = CallPhase.computing;
    requests.tries[request] = 0;
    requests.callAt[request] = warmUp;
  }
  if (program.shared) {
    if (!program.staged) requests.storeTime[request] += warmUp;
    beginShared(platform, instance, request, compute, program);
    return -1;
  }
  return compute + (program.staged ? 0 : requests.storeTime[request]) + warmUp;
}

/** Whether a request is complete at this very instant, or may be when it needs no time and a slot becomes free; the event is still to come. */
export function completesNow(platform: Platform, request: number): boolean {
  const { world, calendar } = platform;
  const { instances, requests } = world;
  const instance = requests.instance[request];
  const state = requests.state[request];
  if (state === RequestState.waiting) {
    if (requests.demand[request] > 0 || requests.storeTime[request] > 0) return false;
    let serving = instances.serviceHead[instance];
    while (serving >= 0 && !completesNow(platform, serving)) serving = requests.next[serving];
    return serving >= 0;
  }
  if (state === RequestState.storing || (state === RequestState.serving && !isShared(platform, instance))) {
    if (requests.phase[request] === CallPhase.asking) {
      const callee = world.roleCalls.callee[requests.asks[request]];
      return callee >= 0 && completesNow(platform, callee);
    }
    return calendar.timeOf(requests.completion[request]) === calendar.now;
  }
  if (state !== RequestState.serving || calendar.timeOf(instances.sharedEvent[instance]) !== calendar.now) return false;
  return requests.demand[request] === requests.demand[leastWork(platform, instance)];
}

/** Takes a request out of its slot, without starting another. */
export function leaveService(platform: Platform, instance: number, request: number): void {
  const { world, calendar, catalogue } = platform;
  const { instances, requests } = world;
  const isShared = catalogue.programs[instances.program[instance]].shared;
  if (!isShared) instances.busyTime[instance] += calendar.now - requests.startedAt[request];
  // a frozen VM does no work: it was settled when it was frozen
  const shared = isShared && instances.state[instance] !== InstanceState.paused;
  if (shared) settleShared(platform, instance);
  const next = requests.next[request];
  const previous = requests.previous[request];
  if (previous >= 0) requests.next[previous] = next;
  else instances.serviceHead[instance] = next;
  if (next >= 0) requests.previous[next] = previous;
  instances.busy[instance]--;
  if (shared) scheduleShared(platform, instance);
}

/** Takes a request out of the queue. */
export function leaveQueue(platform: Platform, instance: number, request: number): void {
  const { instances, requests } = platform.world;
  const next = requests.next[request];
  const previous = requests.previous[request];
  if (previous >= 0) requests.next[previous] = next;
  else instances.queueHead[instance] = next;
  if (next >= 0) requests.previous[next] = previous;
  else instances.queueTail[instance] = previous;
  instances.waiting[instance]--;
}

/** Gives free slots of a ready or draining instance to those who wait. */
export function startWaiting(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  const state = instances.state[instance];
  if (state !== InstanceState.ready && state !== InstanceState.draining && state !== InstanceState.unreachable) {
    if (state !== InstanceState.stopping || instances.servesOn[instance] === 0) return;
  }
  const slots = platform.catalogue.programs[instances.program[instance]].concurrency;
  while (instances.queueHead[instance] >= 0 && instances.busy[instance] < slots) {
    const request = instances.queueHead[instance];
    leaveQueue(platform, instance, request);
    startService(platform, instance, request);
  }
}

/** Takes something out of what the instance holds, those in service first; its completion is cancelled. -1 when it holds nothing. */
export function takeHeld(platform: Platform, instance: number): number {
  const { world, calendar } = platform;
  const { instances, requests } = world;
  const serving = instances.serviceHead[instance];
  if (serving >= 0) {
    if (requests.state[serving] !== RequestState.serving || !isShared(platform, instance)) calendar.cancel(requests.completion[serving]);
    leaveService(platform, instance, serving);
    return serving;
  }
  const waiting = instances.queueHead[instance];
  if (waiting >= 0) leaveQueue(platform, instance, waiting);
  return waiting;
}

/** The VM is frozen: services stop where they are. */
export function freezeServices(platform: Platform, instance: number): void {
  const { world, calendar } = platform;
  const { requests } = world;
  if (isShared(platform, instance)) settleShared(platform, instance);
  for (let request = world.instances.serviceHead[instance]; request >= 0; request = requests.next[request]) {
    if (calendar.cancel(requests.completion[request])) requests.endsAt[request] -= calendar.now;
    requests.completion[request] = -1;
  }
  if (isShared(platform, instance)) endShared(platform, instance);
}

/** The VM runs again: services go on where they were. */
export function thawServices(platform: Platform, instance: number): void {
  const { world, calendar } = platform;
  const { requests } = world;
  const shared = isShared(platform, instance);
  for (let request = world.instances.serviceHead[instance]; request >= 0; request = requests.next[request]) {
    if (shared && requests.state[request] === RequestState.serving) continue;
    // a call to another role, without a time-out
    if (requests.endsAt[request] >= never) continue;
    requests.endsAt[request] += calendar.now;
    requests.completion[request] = calendar.schedule(requests.endsAt[request], EventKind.serviceCompleted, request);
  }
  if (shared) {
    world.instances.sharedAt[instance] = calendar.now;
    scheduleShared(platform, instance);
  }
}

function isShared(platform: Platform, instance: number): boolean {
  return platform.catalogue.programs[platform.world.instances.program[instance]].shared;
}
