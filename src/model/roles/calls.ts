import { sampleMicros } from "../../random/laws.ts";
import type { CallProgram } from "../callProgram.ts";
import { EventKind } from "../events.ts";
import { factOf } from "../incidents.ts";
import type { Program } from "../program.ts";
import { FailureCause } from "../status.ts";
import { isDuplicate } from "../storage/duplicates.ts";
import { failJob } from "../storage/jobs.ts";
import { refusalOf } from "../storage/limits.ts";
import { outageOf } from "../storage/outages.ts";
import { enqueueMessage, takeMessages } from "../storage/queue.ts";
import { acceptsCall, countCall } from "../storage/stores.ts";
import { CallPhase, contributingIncident, jobClient, noClient } from "../work/requests.ts";
import { leaveService } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { failFor, isMeasured } from "./answers.ts";
import { askRole, failCallTo, hearRole } from "./asking.ts";
import { CallOutcome } from "./callOutcome.ts";

/**
 * Calls of a handler that may fail: made one by one after its computing, each decided at the instant it is made. One that fails is made again
 * after a back-off as often as its step says, while the worker waits; then the handler fails with it.
 */

/** Goes on with the calls of a handler, from where its event finds it. */
export function continueCalls(platform: Platform, instance: number, request: number): CallOutcome {
  const { world, catalogue } = platform;
  const { requests } = world;
  const program = catalogue.programs[world.instances.program[instance]];
  if (!program.careful) return CallOutcome.done;
  const current = requests.step[request];
  if (requests.phase[request] >= CallPhase.asking) {
    const outcome = hearOther(platform, instance, request, program.calls[current]);
    if (outcome !== CallOutcome.done) return outcome;
    requests.step[request] = current + 1;
    requests.tries[request] = 0;
    return makeCalls(platform, instance, request, program);
  }
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
    if (call.asks !== undefined) {
      askRole(platform, instance, request, call.id, call.asks);
      return CallOutcome.underWay;
    }
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
  if (triesAgain(platform, request, call, CallPhase.waiting)) return CallOutcome.underWay;
  const incident = blamed(platform, call, cause);
  failWork(platform, instance, request, cause, incident, factOf(platform, cause === FailureCause.storeError ? incident : -1));
  return CallOutcome.failed;
}

/** What has become of the call to another role that a handler waits for; one that fails is made again, elsewhere, or the handler fails. */
function hearOther(platform: Platform, instance: number, request: number, call: CallProgram): CallOutcome {
  const { links, requests, roleCalls } = platform.world;
  if (call.asks === undefined) return CallOutcome.done;
  const outcome = hearRole(platform, instance, request, call, call.asks);
  if (outcome !== CallOutcome.failed) return outcome;
  const id = requests.asks[request];
  if (triesAgain(platform, request, call, CallPhase.askingAgain)) {
    if (isMeasured(platform, id)) links[call.asks.link].retries++;
    return CallOutcome.underWay;
  }
  const cause = roleCalls.cause[id] as FailureCause;
  const incident = roleCalls.incident[id];
  const fact = roleCalls.fact[id];
  failCallTo(platform, request, call.asks);
  failWork(platform, instance, request, cause, incident, fact);
  return CallOutcome.failed;
}

/** Whether a call that failed is made again: after a back-off, while the worker waits. */
function triesAgain(platform: Platform, request: number, { retry }: CallProgram, phase: CallPhase): boolean {
  const tries = ++platform.world.requests.tries[request];
  const { attempts, backoff, max } = retry;
  if (attempts > 0 && tries >= attempts) return false;
  let delay = backoff;
  for (let doubled = 1; doubled < tries && delay < max; doubled++) delay *= 2;
  wait(platform, request, Math.min(delay, max), phase);
  return true;
}

/** The handler fails: its client hears why, its message comes back. */
function failWork(platform: Platform, instance: number, request: number, cause: FailureCause, incident: number, fact: number): void {
  const { requests } = platform.world;
  leaveService(platform, instance, request);
  if (requests.client[request] === jobClient) {
    failJob(platform, request, incident);
    requests.ids.release(request);
    takeMessages(platform, instance);
  } else if (requests.client[request] === noClient) requests.ids.release(request);
  else failFor(platform, request, cause, incident, fact);
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
