import { sampleMicros } from "../../random/laws.ts";
import { EventKind } from "../events.ts";
import { factOf } from "../incidents.ts";
import type { CallProgram, Program } from "../program.ts";
import { FailureCause } from "../status.ts";
import { isDuplicate } from "../storage/duplicates.ts";
import { failJob } from "../storage/jobs.ts";
import { refusalOf } from "../storage/limits.ts";
import { outageOf } from "../storage/outages.ts";
import { enqueueMessage, takeMessages } from "../storage/queue.ts";
import { acceptsCall, countCall } from "../storage/stores.ts";
import { CallPhase, contributingIncident, fail, jobClient, noClient } from "../work/requests.ts";
import { leaveService } from "../work/station.ts";
import type { Platform } from "../world.ts";

/**
 * Calls of a handler that may fail: made one by one after its computing, each decided at the instant it is made. One that fails is made again
 * after a back-off as often as its step says, while the worker waits; then the handler fails with it.
 */

/** How far a handler is with its calls: `underWay` will go on with the request's next event, `failed` is settled. */
export const CallOutcome = { done: 0, underWay: 1, failed: 2 } as const;
export type CallOutcome = (typeof CallOutcome)[keyof typeof CallOutcome];

/** Goes on with the calls of a handler, from where its event finds it. */
export function continueCalls(platform: Platform, instance: number, request: number): CallOutcome {
  const { world, catalogue } = platform;
  const { requests } = world;
  const program = catalogue.programs[world.instances.program[instance]];
  if (!program.careful) return CallOutcome.done;
  const current = requests.step[request];
  if (requests.phase[request] === CallPhase.failing) return failCall(platform, instance, request, program, FailureCause.storeError);
  if (requests.phase[request] === CallPhase.calling) {
    const call = program.calls[current];
    // it went out meanwhile: the answer never comes
    if (world.stores[call.id].wentOutAt >= requests.callAt[request]) return goSilent(platform, instance, request, program);
    countCall(platform, call);
    requests.step[request] = current + 1;
    requests.tries[request] = 0;
  }
  return makeCalls(platform, instance, request, program);
}

function makeCalls(platform: Platform, instance: number, request: number, program: Program): CallOutcome {
  const { world, calendar } = platform;
  const { requests } = world;
  while (requests.step[request] < program.calls.length) {
    const call = program.calls[requests.step[request]];
    requests.callAt[request] = calendar.now;
    if (call.kind === "store") {
      if (world.stores[call.id].outages.length > 0) return goSilent(platform, instance, request, program);
      if (!acceptsCall(platform, call.id)) return failCall(platform, instance, request, program, FailureCause.throttled);
      wait(platform, request, latencyOf(platform, request, program, call), CallPhase.calling);
      return CallOutcome.underWay;
    }
    const refusal = refusalOf(platform, call.id);
    if (refusal >= 0) return failCall(platform, instance, request, program, refusal as FailureCause);
    const job = requests.client[request] === jobClient;
    const fact = job ? world.messages.fact[requests.message[request]] : requests.fact[request];
    if (!isDuplicate(platform, call.id, request)) enqueueMessage(platform, call.id, fact);
    requests.step[request]++;
    requests.tries[request] = 0;
  }
  return CallOutcome.done;
}

/** A store that is out: the call fails when its time-out is over, counted from the call. */
function goSilent(platform: Platform, instance: number, request: number, program: Program): CallOutcome {
  const { world, calendar, design } = platform;
  const { requests } = world;
  const { timeout } = design.stores[program.calls[requests.step[request]].id];
  const left = requests.callAt[request] + timeout - calendar.now;
  if (left <= 0) return failCall(platform, instance, request, program, FailureCause.storeError);
  wait(platform, request, left, CallPhase.failing);
  return CallOutcome.underWay;
}

/** A call failed: it is made again after the back-off, or the handler fails. */
function failCall(platform: Platform, instance: number, request: number, program: Program, cause: FailureCause): CallOutcome {
  const { world } = platform;
  const { requests } = world;
  const call = program.calls[requests.step[request]];
  if (call.kind === "store") {
    if (cause === FailureCause.throttled) world.stores[call.id].throttled++;
    else world.stores[call.id].failed++;
  }
  const tries = ++requests.tries[request];
  const { attempts, backoff, max } = call.retry;
  if (attempts > 0 && tries >= attempts) {
    failWork(platform, instance, request, call, cause);
    return CallOutcome.failed;
  }
  let delay = backoff;
  for (let doubled = 1; doubled < tries && delay < max; doubled++) delay *= 2;
  wait(platform, request, Math.min(delay, max), CallPhase.waiting);
  return CallOutcome.underWay;
}

/** The handler fails: its client hears why, its message comes back. */
function failWork(platform: Platform, instance: number, request: number, call: CallProgram, cause: FailureCause): void {
  const { world } = platform;
  const { requests } = world;
  const incident = blamed(platform, call, cause);
  leaveService(platform, instance, request);
  if (requests.client[request] === jobClient) {
    failJob(platform, request, incident);
    requests.release(request);
    takeMessages(platform, instance);
  } else if (requests.client[request] === noClient) requests.release(request);
  else fail(platform, request, cause, incident, factOf(platform, cause === FailureCause.storeError ? incident : -1));
}

/** The outage that a failure is attributed to, the last one if it is over by now; what is not an outage is load. */
function blamed(platform: Platform, call: CallProgram, cause: FailureCause): number {
  if (cause !== FailureCause.storeError) return contributingIncident(platform);
  const { world } = platform;
  const external = call.kind === "store" ? world.stores[call.id] : world.queues[call.id];
  const open = outageOf(external);
  return open >= 0 ? open : external.lastOutage;
}

/** The first try of an only call takes what was drawn at the arrival, so that the same request is as slow with outages and without. */
function latencyOf({ world, streams }: Platform, request: number, program: Program, { id, law }: CallProgram): number {
  const { requests } = world;
  if (law === undefined) return 0;
  if (program.storeCalls === 1 && requests.tries[request] === 0) return requests.storeTime[request];
  return sampleMicros(law, streams, world.stores[id].streams.latency);
}

function wait(platform: Platform, request: number, delay: number, phase: CallPhase): void {
  const { requests } = platform.world;
  requests.phase[request] = phase;
  requests.endsAt[request] = platform.calendar.now + delay;
  requests.completion[request] = platform.calendar.scheduleAfter(delay, EventKind.serviceCompleted, request);
}
