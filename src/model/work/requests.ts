import { never } from "../../kernel/time.ts";
import type { RequestColumns } from "../columns.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { type FailureCause, InstanceState } from "../status.ts";
import type { Client, Platform } from "../world.ts";
import { attemptFailed, attemptSucceeded } from "./calls.ts";
import { continueSession } from "./sessions.ts";

/** Where a request stands. */
export const RequestState = {
  waiting: 0,
  serving: 1,
  /** Under processor sharing: computed, and now in its stores. */
  storing: 2,
  /** Held by a silent instance: fails at its time-out. */
  lost: 3,
} as const;

/** Where the next call of a careful handler stands. */
export const CallPhase = {
  /** It computes, and makes the call after that. */
  computing: 0,
  /** The store works on it. */
  calling: 1,
  /** It will have failed. */
  failing: 2,
  /** It has failed, and is made again after a back-off. */
  waiting: 3,
  /** From here on it has a call to another role open. An instance there works on it, or nobody answers. */
  asking: 4,
  /** The answer is there. */
  answered: 5,
  /** That instance has turned it down, or cannot be reached. */
  turnedDown: 6,
  /** It is made again, elsewhere, after a back-off. */
  askingAgain: 7,
} as const;
export type CallPhase = (typeof CallPhase)[keyof typeof CallPhase];

/** In place of a client: this is a job of a worker. */
export const jobClient = -1;
/** In place of a client: it gave up, while the instance goes on. */
export const noClient = -2;
/** In place of a client: an instance of another role waits for the answer. */
export const roleClient = -3;

/** A new request of a client, not yet sent anywhere; `session` -1 for one without. */
export function openRequest(platform: Platform, client: number, session: number): number {
  const id = begin(platform, client, session, -1);
  platform.world.requestsInFlight++;
  platform.world.requests.fact[id] = platform.trace.emit(FactKind.requestArrived, id, client, -1);
  return id;
}

/** What stands for a call as a whole: a request that is never sent, only its attempts are. */
export function openWhole(platform: Platform, client: number, session: number, call: number): number {
  const { world, calendar } = platform;
  const { requests } = world;
  const id = requests.ids.allocate();
  requests.client[id] = client;
  requests.session[id] = session;
  requests.call[id] = call;
  requests.arrivedAt[id] = calendar.now;
  requests.instance[id] = -1;
  world.requestsInFlight++;
  requests.fact[id] = platform.trace.emit(FactKind.requestArrived, id, client, -1);
  return id;
}

/** A new attempt of a call, not yet sent anywhere. */
export function openAttempt(platform: Platform, call: number): number {
  const { requests, calls } = platform.world;
  calls.sent[call]++;
  const client = requests.client[calls.request[call]];
  const attempt = begin(platform, client, -1, call);
  // what names the request still when its client has given up
  requests.receipt[attempt] = client;
  requests.message[attempt] = calls.number[call];
  return attempt;
}

function begin({ world, calendar, catalogue }: Platform, client: number, session: number, call: number): number {
  const { requests } = world;
  const id = requests.ids.allocate();
  requests.client[id] = client;
  requests.session[id] = session;
  requests.call[id] = call;
  requests.arrivedAt[id] = calendar.now;
  const { timeout } = catalogue.clients[client];
  if (timeout < never) expectTimeout(requests, calendar, world.clients[client], id, timeout);
  return id;
}

/** All time-outs of a client are equal, so they expire in order of arrival: only the oldest open request needs an event. */
function expectTimeout(requests: RequestColumns, calendar: Platform["calendar"], owner: Client, id: number, timeout: number): void {
  const last = owner.lastOpen;
  requests.previousOpen[id] = last;
  requests.nextOpen[id] = -1;
  if (last >= 0) requests.nextOpen[last] = id;
  else owner.firstOpen = id;
  owner.lastOpen = id;
  if (owner.timeoutEvent < 0) owner.timeoutEvent = calendar.schedule(calendar.now + timeout, EventKind.timeoutDue, owner.id);
}

/** The request was answered: tells it, and gives the record back. */
export function succeed(platform: Platform, request: number): void {
  const { requests } = platform.world;
  if (requests.call[request] >= 0) {
    leaveClient(platform, request);
    attemptSucceeded(platform, request);
  } else {
    platform.trace.emit(FactKind.requestSucceeded, request, platform.calendar.now - requests.arrivedAt[request], requests.fact[request]);
    settle(platform, request, true);
  }
  requests.ids.release(request);
}

/** The request failed for good: tells it with its attribution, and gives the record back. */
export function fail(platform: Platform, request: number, cause: FailureCause, incident: number, fact: number): void {
  giveUp(platform, request, cause, incident, fact);
  platform.world.requests.ids.release(request);
}

/** The request failed for its client, but an instance goes on with it: the record stays. */
export function abandon(platform: Platform, request: number, cause: FailureCause, incident: number, fact: number): void {
  giveUp(platform, request, cause, incident, fact);
  platform.world.requests.client[request] = noClient;
}

/** Nobody waits for the request any more: it has no time-out, and no balancer counts it. */
export function leaveClient({ world, catalogue }: Platform, request: number): void {
  const { requests } = world;
  const client = requests.client[request];
  if (catalogue.clients[client].timeout < never) forgetTimeout(requests, world.clients[client], request);
  const instance = requests.instance[request];
  if (instance >= 0) world.instances.outstanding[instance]--;
}

function giveUp(platform: Platform, request: number, cause: FailureCause, incident: number, fact: number): void {
  const { requests } = platform.world;
  requests.incident[request] = incident;
  if (requests.call[request] >= 0) {
    leaveClient(platform, request);
    attemptFailed(platform, request, cause, incident, fact);
    return;
  }
  platform.trace.emit(FactKind.requestFailed, request, cause, fact >= 0 ? fact : requests.fact[request]);
  settle(platform, request, false);
}

function settle(platform: Platform, request: number, succeeded: boolean): void {
  const { world } = platform;
  leaveClient(platform, request);
  world.requestsInFlight--;
  const session = world.requests.session[request];
  if (session >= 0) continueSession(platform, session, succeeded);
}

function forgetTimeout(requests: RequestColumns, owner: Client, request: number): void {
  const next = requests.nextOpen[request];
  const previous = requests.previousOpen[request];
  if (previous >= 0) requests.nextOpen[previous] = next;
  else owner.firstOpen = next;
  if (next >= 0) requests.previousOpen[next] = previous;
  else owner.lastOpen = previous;
}

/** Whom overload is put beside: the oldest open fault or operation that takes something away now, -1 none. */
export function contributingIncident(platform: Platform): number {
  const open = platform.world.openIncidents;
  for (let place = 0; place < open.length; place++) if (!isIdle(platform, open[place])) return open[place];
  return -1;
}

/** Starts are slow, and nothing has begun to boot or start since that would be ready otherwise. */
function isIdle({ world }: Platform, incident: number): boolean {
  const { kind, lastAt, target } = world.incidents[incident];
  if (kind !== "slow-boot") return false;
  const { since, state } = world.instances;
  switch (state[target]) {
    case InstanceState.creating:
    case InstanceState.rebooting:
    case InstanceState.starting:
    case InstanceState.recycling:
      return since[target] < lastAt;
    default:
      return true;
  }
}
