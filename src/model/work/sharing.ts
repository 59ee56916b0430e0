import { EventKind } from "../events.ts";
import type { Program } from "../program.ts";
import type { Platform } from "../world.ts";
import { RequestState } from "./requests.ts";

/**
 * Processor sharing: n jobs on c cores each run at min(1, c/n). `sharedWork` is the work done for every job that has been there all the time, so
 * a job that starts now is complete when it reaches `sharedWork` + its own work, whoever comes and goes. One event an instance: the next
 * completion.
 */

/** Starts a job of so much work, in microseconds of one core. */
export function beginShared(platform: Platform, instance: number, request: number, work: number, program: Program): void {
  const { instances, requests } = platform.world;
  // The newcomer is linked already, but must not slow down the time before it came.
  settleShared(platform, instance, 1, program.cores);
  requests.demand[request] = instances.sharedWork[instance] + work;
  requests.completion[request] = -1;
  scheduleShared(platform, instance);
}

/** Brings `sharedWork` up to now; `newcomers` linked jobs are left out of the count. */
export function settleShared(platform: Platform, instance: number, newcomers = 0, cores = coresOf(platform, instance)): void {
  const { instances } = platform.world;
  const now = platform.calendar.now;
  const jobs = computing(platform, instance) - newcomers;
  const elapsed = now - instances.sharedAt[instance];
  instances.sharedAt[instance] = now;
  if (jobs === 0) return;
  instances.busyTime[instance] += elapsed * Math.min(jobs, cores);
  instances.sharedWork[instance] += jobs <= cores ? elapsed : (elapsed * cores) / jobs;
}

/** Schedules the next completion anew. */
export function scheduleShared(platform: Platform, instance: number): void {
  const { world, calendar } = platform;
  const { instances, requests } = world;
  calendar.cancel(instances.sharedEvent[instance]);
  instances.sharedEvent[instance] = -1;
  const next = leastWork(platform, instance);
  if (next < 0) return;
  const jobs = computing(platform, instance);
  const cores = coresOf(platform, instance);
  const left = Math.max(0, requests.demand[next] - instances.sharedWork[instance]);
  const duration = Math.floor((jobs <= cores ? left : (left * jobs) / cores) + 0.5);
  requests.endsAt[next] = calendar.now + duration;
  instances.sharedEvent[instance] = calendar.schedule(calendar.now + duration, EventKind.sharedServiceCompleted, instance);
}

/** No completion is due any more. */
export function endShared(platform: Platform, instance: number): void {
  platform.calendar.cancel(platform.world.instances.sharedEvent[instance]);
  platform.world.instances.sharedEvent[instance] = -1;
}

/** The job with the least work left, ties to the one that started last; -1 none. */
export function leastWork(platform: Platform, instance: number): number {
  const { instances, requests } = platform.world;
  let least = -1;
  for (let request = instances.serviceHead[instance]; request >= 0; request = requests.next[request]) {
    if (requests.state[request] === RequestState.storing) continue;
    if (least < 0 || requests.demand[request] < requests.demand[least]) least = request;
  }
  return least;
}

/** Jobs of an instance under processor sharing that compute, and so share its cores: those in their stores do not. */
export function computing(platform: Platform, instance: number): number {
  const { instances, requests } = platform.world;
  let jobs = 0;
  for (let request = instances.serviceHead[instance]; request >= 0; request = requests.next[request]) {
    if (requests.state[request] !== RequestState.storing) jobs++;
  }
  return jobs;
}

function coresOf(platform: Platform, instance: number): number {
  return platform.catalogue.programs[platform.world.instances.program[instance]].cores;
}
