import { never } from "../../kernel/time.ts";
import type { RequestColumns } from "../columns.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import type { FailureCause } from "../status.ts";
import type { Client, Platform } from "../world.ts";
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

/** In place of a client: this is a job of a worker. */
export const jobClient = -1;
/** In place of a client: it gave up, while the instance goes on. */
export const noClient = -2;

/** A new request of a client, not yet sent anywhere; `session` -1 for one without. */
export function openRequest(platform: Platform, client: number, session: number): number {
  const { world, calendar, catalogue } = platform;
  const { requests } = world;
  const id = requests.allocate();
  requests.client[id] = client;
  requests.session[id] = session;
  requests.arrivedAt[id] = calendar.now;
  const owner = world.clients[client];
  world.requestsInFlight++;
  const { timeout } = catalogue.clients[client];
  if (timeout < never) expectTimeout(platform, owner, id, timeout);
  requests.fact[id] = platform.trace.emit(FactKind.requestArrived, id, client, -1);
  return id;
}

/** All time-outs of a client are equal, so they expire in order of arrival: only the oldest open request needs an event. */
function expectTimeout({ world, calendar }: Platform, owner: Client, id: number, timeout: number): void {
  const { requests } = world;
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
  platform.trace.emit(FactKind.requestSucceeded, request, platform.calendar.now - requests.arrivedAt[request], requests.fact[request]);
  settle(platform, request, true);
  requests.release(request);
}

/** The request failed for good: tells it with its attribution, and gives the record back. */
export function fail(platform: Platform, request: number, cause: FailureCause, incident: number, fact: number): void {
  giveUp(platform, request, cause, incident, fact);
  platform.world.requests.release(request);
}

/** The request failed for its client, but an instance goes on with it: the record stays. */
export function abandon(platform: Platform, request: number, cause: FailureCause, incident: number, fact: number): void {
  giveUp(platform, request, cause, incident, fact);
  platform.world.requests.client[request] = noClient;
}

function giveUp(platform: Platform, request: number, cause: FailureCause, incident: number, fact: number): void {
  platform.world.requests.incident[request] = incident;
  platform.trace.emit(FactKind.requestFailed, request, cause, fact >= 0 ? fact : platform.world.requests.fact[request]);
  settle(platform, request, false);
}

function settle(platform: Platform, request: number, succeeded: boolean): void {
  const { world, catalogue } = platform;
  const { requests } = world;
  const client = requests.client[request];
  const owner = world.clients[client];
  if (catalogue.clients[client].timeout < never) forgetTimeout(requests, owner, request);
  world.requestsInFlight--;
  const instance = requests.instance[request];
  if (instance >= 0) world.instances.outstanding[instance]--;
  const session = requests.session[request];
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

/** Whom overload is put beside: the oldest open fault or operation, -1 none. */
export function contributingIncident(platform: Platform): number {
  const open = platform.world.openIncidents;
  return open.length > 0 ? open[0] : -1;
}
