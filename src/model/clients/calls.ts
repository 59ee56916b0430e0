import { never } from "../../kernel/time.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { requestTimedOut } from "../roles/webRole.ts";
import { FailureCause } from "../status.ts";
import { askBreaker, Circuit } from "../work/breaker.ts";
import { blameCall, retryOrFail } from "../work/calls.ts";
import { contributingIncident, openAttempt, openWhole } from "../work/requests.ts";
import { DrawPurpose, drawOf, earnRetry, payForRetry } from "../work/retries.ts";
import { completesNow } from "../work/station.ts";
import type { Platform, Rotation } from "../world.ts";
import {
  addressedInstance,
  chooseInstance,
  connectionOf,
  deliver,
  drawDemand,
  droppedSilently,
  loseOnTheWay,
  rotationFor,
  showNewFlow,
  showSession,
} from "./send.ts";

/** A request of a client that retries, hedges, breaks the circuit or has a deadline: its first try. */
export function beginCall(platform: Platform, client: number, session: number): void {
  const { world, calendar, catalogue } = platform;
  const { calls } = world;
  const { policy } = catalogue.clients[client];
  if (policy === undefined) return;
  const call = calls.ids.allocate();
  calls.request[call] = openWhole(platform, client, session, call);
  calls.number[call] = ++world.clients[client].called | 0;
  calls.tries[call] = 0;
  calls.sent[call] = 0;
  calls.address[call] = session < 0 ? -1 : world.sessions.address[session];
  calls.attempt[call] = -1;
  calls.hedge[call] = -1;
  calls.trial[call] = 0;
  calls.timer[call] = -1;
  calls.wait[call] = -1;
  calls.deadline[call] = policy.deadline < never ? calendar.scheduleAfter(policy.deadline, EventKind.deadlineDue, call) : -1;
  earnRetry(platform, client, policy);
  startTry(platform, call, client);
}

/** Event: the wait before the next try is over. */
export function retryDue(platform: Platform, call: number): void {
  const { requests, calls } = platform.world;
  calls.timer[call] = -1;
  startTry(platform, call, requests.client[calls.request[call]]);
}

/** Event: the try has not been answered for so long that a second attempt starts beside it, if breaker and budget let it. */
export function hedgeDue(platform: Platform, call: number): void {
  const { world, catalogue } = platform;
  const { requests, calls } = world;
  calls.timer[call] = -1;
  const client = requests.client[calls.request[call]];
  const { policy } = catalogue.clients[client];
  // an answer that comes at this very instant is in time
  if (policy === undefined || completesNow(platform, calls.attempt[call])) return;
  if (world.clients[client].breaker.circuit !== Circuit.closed || !payForRetry(platform, client, policy)) return;
  const attempt = openAttempt(platform, call);
  calls.hedge[call] = attempt;
  const rotation = rotationFor(platform, client);
  let instance = -1;
  if (rotation !== undefined && rotation.count > 0) {
    showFlow(platform, call, client, DrawPurpose.hedgeFlow);
    instance = chooseInstance(platform, client, rotation);
  } else instance = addressedInstance(platform, client);
  sendAttempt(platform, call, client, attempt, rotation, instance);
}

/** Event: the deadline of a request. What is under way times out; a completion at this very instant is a success. */
export function deadlineDue(platform: Platform, call: number): void {
  const { calendar, world } = platform;
  const { calls } = world;
  const attempt = calls.attempt[call];
  const hedge = calls.hedge[call];
  if ((attempt >= 0 && completesNow(platform, attempt)) || (hedge >= 0 && completesNow(platform, hedge))) {
    calls.deadline[call] = calendar.schedule(calendar.now, EventKind.deadlineDue, call);
    return;
  }
  calls.deadline[call] = -1;
  if (attempt >= 0) requestTimedOut(platform, attempt);
  if (hedge >= 0) requestTimedOut(platform, hedge);
}

function startTry(platform: Platform, call: number, client: number): void {
  const { world, calendar, catalogue } = platform;
  const { requests, calls } = world;
  const { policy } = catalogue.clients[client];
  const whole = calls.request[call];
  const isFirst = calls.tries[call]++ === 0;
  const pass = policy?.breaker === undefined ? 0 : askBreaker(platform, client, policy.breaker);
  if (pass < 0) {
    // nothing is sent, and so there is no attempt; the demand is drawn all the same, or the next request would have this one's
    if (isFirst) drawDemand(platform, client, whole, -1);
    blameCall(platform, call, FailureCause.rejected, contributingIncident(platform), -1);
    retryOrFail(platform, call);
    return;
  }
  calls.trial[call] = pass;
  const attempt = openAttempt(platform, call);
  calls.attempt[call] = attempt;
  const session = requests.session[whole];
  const rotation = rotationFor(platform, client);
  let instance = session >= 0 ? connectionOf(platform, session) : -1;
  if (instance === -1 && rotation !== undefined && rotation.count > 0) {
    if (session >= 0) showSession(platform, client, session);
    else showFlow(platform, call, client, DrawPurpose.flow);
    instance = chooseInstance(platform, client, rotation);
  } else if (instance === -1) instance = addressedInstance(platform, client);
  if (isFirst) drawDemand(platform, client, whole, instance);
  if (session >= 0 && instance >= 0) world.sessions.instance[session] = instance;
  if (policy !== undefined && policy.hedge < never) calls.timer[call] = calendar.scheduleAfter(policy.hedge, EventKind.hedgeDue, call);
  sendAttempt(platform, call, client, attempt, rotation, instance);
}

/** The try or hedge goes out: the request's work, whatever became of it before. */
function sendAttempt(
  platform: Platform,
  call: number,
  client: number,
  attempt: number,
  rotation: Rotation | undefined,
  instance: number,
): void {
  const { requests, calls } = platform.world;
  const whole = calls.request[call];
  requests.demand[attempt] = requests.demand[whole];
  requests.storeTime[attempt] = requests.storeTime[whole];
  requests.fact[attempt] = platform.trace.emit(FactKind.attemptStarted, attempt, whole, requests.fact[whole]);
  if (instance === droppedSilently) loseOnTheWay(platform, requests.session[whole], attempt);
  else deliver(platform, client, attempt, rotation, instance);
}

/** Every attempt has a connection of its own, from the same address. */
function showFlow(platform: Platform, call: number, client: number, purpose: DrawPurpose): void {
  const { balancing, view, world } = platform;
  if (!balancing.usesFlow) return;
  const { calls } = world;
  if (calls.address[call] < 0) {
    showNewFlow(platform, client);
    calls.address[call] = view.address;
    return;
  }
  view.flow = drawOf(platform, call, purpose);
  view.address = calls.address[call];
  view.transport = platform.catalogue.clients[world.requests.client[calls.request[call]]].transport;
}
