import { never } from "../../kernel/time.ts";
import { sampleMicros } from "../../random/laws.ts";
import type { CallProgram } from "../callProgram.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { noteForbidden } from "../incidents.ts";
import type { AskProgram } from "../links.ts";
import { FailureCause, InstanceState } from "../status.ts";
import { CallPhase, contributingIncident, jobClient, noClient, roleClient } from "../work/requests.ts";
import { completesNow } from "../work/station.ts";
import type { KnownRole, Platform } from "../world.ts";
import { isMeasured, isUnheard, silenceCall, turnDown } from "./answers.ts";
import { CallOutcome } from "./callOutcome.ts";
import { originOf, takeIn } from "./receive.ts";
import { letGo } from "./withdraw.ts";

/**
 * A handler calls an instance of another role at an internal endpoint. Nobody balances these, and nobody says who is well: the caller picks one
 * of the instances that the last change of the topology told it of. Its slot is busy until the answer, or until the time-out of the call.
 */

/** Begins a call: who gets the first try, and how much work it is. */
export function askRole(platform: Platform, instance: number, request: number, role: number, asks: AskProgram): void {
  const { world, calendar } = platform;
  const { requests, roleCalls } = world;
  const call = roleCalls.ids.allocate();
  requests.asks[request] = call;
  roleCalls.caller[call] = request;
  roleCalls.callee[call] = -1;
  roleCalls.link[call] = asks.link;
  roleCalls.startedAt[call] = calendar.now;
  const { instances } = knownRole(platform, instance, role);
  roleCalls.place[call] = firstPlace(platform, instance, instances.length, asks);
  drawWork(platform, call, instances.length > 0 ? instances[roleCalls.place[call]] : -1, role);
  if (isMeasured(platform, call)) world.links[asks.link].offered++;
  sendCall(platform, instance, request, role, asks);
}

/** The event of a handler that waits for another role: the answer, the end of a try, or the time to try again. */
export function hearRole(platform: Platform, instance: number, request: number, call: CallProgram, asks: AskProgram): CallOutcome {
  const { world } = platform;
  const { requests, roleCalls } = world;
  const id = requests.asks[request];
  const phase = requests.phase[request];
  if (phase === CallPhase.answered) {
    if (isMeasured(platform, id)) {
      const link = world.links[asks.link];
      link.succeeded++;
      link.time += platform.calendar.now - roleCalls.startedAt[id];
    }
    closeCall(platform, request);
    return CallOutcome.done;
  }
  if (phase === CallPhase.askingAgain) {
    sendCall(platform, instance, request, call.id, asks);
    return CallOutcome.underWay;
  }
  if (phase === CallPhase.asking && !runsOut(platform, instance, request)) return CallOutcome.underWay;
  return CallOutcome.failed;
}

/** The call failed for good: counts it and gives its record back. */
export function failCallTo(platform: Platform, request: number, asks: AskProgram): void {
  const { links, requests, roleCalls } = platform.world;
  const id = requests.asks[request];
  if (isMeasured(platform, id)) links[asks.link].failedByCause[roleCalls.cause[id]]++;
  closeCall(platform, request);
}

function closeCall({ world }: Platform, request: number): void {
  world.roleCalls.ids.release(world.requests.asks[request]);
  world.requests.phase[request] = CallPhase.computing;
}

function sendCall(platform: Platform, instance: number, request: number, role: number, asks: AskProgram): void {
  const { world, calendar, trace } = platform;
  const { instances, messages, requests, roleCalls } = world;
  const call = requests.asks[request];
  expectAnswer(platform, request, asks.timeout);
  const known = knownRole(platform, instance, role);
  if (!asks.isAllowed) {
    turnDown(platform, call, FailureCause.refused, noteForbidden(platform, instance), -1);
    return;
  }
  if (known.instances.length === 0) {
    turnDown(platform, call, FailureCause.noBackend, known.incident, known.fact);
    return;
  }
  if (isUnheard(platform, instance)) {
    silenceCall(platform, call, instances.incident[instance], instances.cause[instance]);
    return;
  }
  const target = known.instances[(roleCalls.place[call] + requests.tries[request]) % known.instances.length];
  const callee = requests.ids.allocate();
  roleCalls.callee[call] = callee;
  requests.client[callee] = roleClient;
  requests.session[callee] = -1;
  requests.call[callee] = -1;
  requests.instance[callee] = target;
  requests.arrivedAt[callee] = calendar.now;
  requests.demand[callee] = roleCalls.demand[call];
  requests.storeTime[callee] = roleCalls.storeTime[call];
  requests.message[callee] = call;
  requests.fact[callee] = requests.client[request] === jobClient ? messages.fact[requests.message[request]] : requests.fact[request];
  const origin = originOf(platform, request);
  if (requests.client[origin] >= 0) trace.emit(FactKind.requestSent, origin, target, requests.fact[callee]);
  if (instances.state[target] === InstanceState.deleted) {
    // no machine has that address any more
    silenceCall(platform, call, instances.incident[target], instances.cause[target]);
    requests.ids.release(callee);
  } else takeIn(platform, target, callee);
}

/** From now on the handler waits, until the time-out at the latest. */
function expectAnswer({ world, calendar }: Platform, request: number, timeout: number): void {
  const { requests } = world;
  requests.phase[request] = CallPhase.asking;
  requests.endsAt[request] = timeout >= never ? never : calendar.now + timeout;
  requests.completion[request] = timeout >= never ? -1 : calendar.schedule(requests.endsAt[request], EventKind.serviceCompleted, request);
}

/** The time-out of a call; false when the answer comes at this very instant. */
function runsOut(platform: Platform, instance: number, request: number): boolean {
  const { world, calendar } = platform;
  const { instances, requests, roleCalls } = world;
  const call = requests.asks[request];
  const callee = roleCalls.callee[call];
  if (callee < 0) return true;
  if (completesNow(platform, callee)) {
    requests.completion[request] = calendar.schedule(calendar.now, EventKind.serviceCompleted, request);
    return false;
  }
  const at = requests.instance[callee];
  const state = instances.state[at];
  const isSilent = state === InstanceState.paused || state === InstanceState.unreachable;
  roleCalls.cause[call] = isSilent ? FailureCause.timeoutSilent : FailureCause.timeoutSlow;
  roleCalls.incident[call] = isSilent ? instances.incident[at] : contributingIncident(platform);
  roleCalls.fact[call] = isSilent ? instances.cause[at] : -1;
  roleCalls.callee[call] = -1;
  if (isUnheard(platform, instance) || isUnheard(platform, at)) requests.client[callee] = noClient;
  else letGo(platform, callee);
  return true;
}

/** The instances of a role as the caller knows them. */
function knownRole({ world }: Platform, instance: number, role: number): KnownRole {
  const { deployments, groups, instances } = world;
  return deployments[groups[instances.group[instance]].deployment].topologies[instances.knows[instance]][role];
}

function firstPlace(platform: Platform, instance: number, count: number, { link, policy }: AskProgram): number {
  const { world, streams, catalogue } = platform;
  if (policy === "first" || count === 0) return 0;
  if (policy === "random") return Math.floor(streams.uniform(world.links[link].streams.choice) * count);
  const turn = instance * catalogue.links.length + link;
  const place = (world.turns.get(turn) + 1) % count;
  world.turns.set(turn, place);
  return place;
}

/** The work is drawn when the call begins, by what the instance of the first try runs, and is the same in every try. */
function drawWork({ world, catalogue, streams }: Platform, call: number, target: number, role: number): void {
  const { instances, links, roleCalls } = world;
  const { compute, stores } = catalogue.programs[target >= 0 ? instances.program[target] : role];
  const stream = links[roleCalls.link[call]].streams.demand;
  let demand = 0;
  for (const law of compute) demand += sampleMicros(law, streams, stream);
  let time = 0;
  for (const law of stores) time += sampleMicros(law, streams, stream);
  roleCalls.demand[call] = demand;
  roleCalls.storeTime[call] = time;
}
