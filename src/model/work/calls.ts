import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import type { FailureCause } from "../status.ts";
import type { Platform } from "../world.ts";
import { hearAttempt } from "./breaker.ts";
import { DrawPurpose, drawOf, payForRetry, waitBeforeRetry } from "./retries.ts";
import { continueSession } from "./sessions.ts";

/**
 * A call is a request with all its attempts: at most a try and a hedge beside it are under way at once. Clients without a retry, hedge, breaker
 * or deadline have none: their requests are their only attempts.
 */

/** An attempt was answered: so is the request. Whoever calls withdraws the other attempt, if there is one. */
export function attemptSucceeded(platform: Platform, attempt: number): void {
  const { requests, calls } = platform.world;
  const call = requests.call[attempt];
  requests.startedAt[calls.request[call]] = requests.startedAt[attempt];
  detach(platform, call, attempt, true);
  endCall(platform, call, true);
}

/** An attempt failed: the other one may still answer, or the client tries again, or the request has failed. */
export function attemptFailed(platform: Platform, attempt: number, cause: FailureCause, incident: number, fact: number): void {
  const { world, calendar, trace } = platform;
  const { requests, calls } = world;
  const call = requests.call[attempt];
  trace.emit(FactKind.attemptFailed, attempt, cause, fact >= 0 ? fact : requests.fact[attempt]);
  if (attempt === calls.attempt[call]) closeConnection(platform, call);
  detach(platform, call, attempt, false);
  blameCall(platform, call, cause, incident, fact);
  if (calls.attempt[call] >= 0 || calls.hedge[call] >= 0) return;
  calendar.cancel(calls.timer[call]);
  calls.timer[call] = -1;
  retryOrFail(platform, call);
}

/** What the request has failed for, should nothing follow. */
export function blameCall({ world }: Platform, call: number, cause: FailureCause, incident: number, fact: number): void {
  const { calls } = world;
  calls.cause[call] = cause;
  calls.incident[call] = incident;
  calls.fact[call] = fact;
}

/** Tries again after a wait, unless the client's policy, its budget or its deadline forbids it: then the request has failed. */
export function retryOrFail(platform: Platform, call: number): void {
  const { world, calendar, catalogue } = platform;
  const { requests, calls } = world;
  const whole = calls.request[call];
  const { policy } = catalogue.clients[requests.client[whole]];
  if (policy === undefined || calls.tries[call] >= policy.tries || policy.retried[calls.cause[call]] === 0) {
    endCall(platform, call, false);
    return;
  }
  const wait = waitBeforeRetry(platform, call, policy);
  const isLate = calendar.now + wait >= requests.arrivedAt[whole] + policy.deadline;
  if (isLate || !payForRetry(platform, requests.client[whole], policy)) endCall(platform, call, false);
  else calls.timer[call] = calendar.scheduleAfter(wait, EventKind.retryDue, call);
}

/** The request is settled: tells it, and gives the records back. Attempts that are still under way are no longer the call's. */
export function endCall(platform: Platform, call: number, succeeded: boolean): void {
  const { world, calendar, trace } = platform;
  const { requests, calls } = world;
  const whole = calls.request[call];
  calendar.cancel(calls.timer[call]);
  calendar.cancel(calls.deadline[call]);
  if (succeeded) {
    trace.emit(FactKind.requestSucceeded, whole, calendar.now - requests.arrivedAt[whole], requests.fact[whole]);
  } else {
    const fact = calls.fact[call];
    requests.incident[whole] = calls.incident[call];
    trace.emit(FactKind.requestFailed, whole, calls.cause[call], fact >= 0 ? fact : requests.fact[whole]);
  }
  world.requestsInFlight--;
  const session = requests.session[whole];
  calls.ids.release(call);
  requests.ids.release(whole);
  if (session >= 0) continueSession(platform, session, succeeded);
}

/** The attempt that runs beside another one of the same call; -1 when there is none. */
export function rivalOf({ world }: Platform, attempt: number): number {
  const { requests, calls } = world;
  const call = requests.call[attempt];
  if (call < 0) return -1;
  return calls.attempt[call] === attempt ? calls.hedge[call] : calls.attempt[call];
}

function detach(platform: Platform, call: number, attempt: number, succeeded: boolean): void {
  const { world, catalogue } = platform;
  const { requests, calls } = world;
  const client = requests.client[attempt];
  const breaker = catalogue.clients[client].policy?.breaker;
  const isTry = calls.attempt[call] === attempt;
  if (breaker !== undefined) hearAttempt(platform, client, breaker, succeeded, isTry ? calls.trial[call] : 0);
  if (isTry) calls.attempt[call] = -1;
  else calls.hedge[call] = -1;
}

/** After a failure the next try of a session opens a new connection. */
function closeConnection(platform: Platform, call: number): void {
  const { requests, calls, sessions } = platform.world;
  const session = requests.session[calls.request[call]];
  if (session < 0) return;
  sessions.instance[session] = -1;
  sessions.flow[session] = drawOf(platform, call, DrawPurpose.connection) | 0;
}
