import { never } from "../../kernel/time.ts";
import { sampleMicros } from "../../random/laws.ts";
import { EventKind } from "../events.ts";
import { requestTimedOut } from "../roles/webRole.ts";
import { untilNextArrival } from "../work/arrivals.ts";
import { beginSession, endSession, sessionLength } from "../work/sessions.ts";
import { completesNow } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { beginCall } from "./calls.ts";
import { sendRequest } from "./send.ts";

/** Event: the next request, or session, of an open client arrives. */
export function clientArrived(platform: Platform, client: number): void {
  const { world, catalogue, design } = platform;
  if (world.closed) return;
  world.clients[client].arrived++;
  scheduleArrival(platform, client);
  const session = design.clients[client].session;
  if (session !== undefined)
    makeRequest(platform, client, beginSession(platform, client, sessionLength(platform, client, session.requests)));
  else if (catalogue.clients[client].policy === undefined) sendRequest(platform, client, -1);
  else beginCall(platform, client, -1);
}

/** Event: the user of a session has thought. */
export function userThought(platform: Platform, session: number): void {
  if (platform.world.closed) endSession(platform, session);
  else makeRequest(platform, platform.world.sessions.client[session], session);
}

/** Event: the oldest open request of a client may have reached its time-out. */
export function timeoutDue(platform: Platform, client: number): void {
  const { world, calendar, catalogue } = platform;
  const { requests } = world;
  const owner = world.clients[client];
  const { timeout } = catalogue.clients[client];
  owner.timeoutEvent = -1;
  let request = owner.firstOpen;
  let nextDue = never;
  while (request >= 0 && requests.arrivedAt[request] + timeout <= calendar.now) {
    const next = requests.nextOpen[request];
    // a completion at the very instant of the time-out is a success; its event is still to come, so look again after it
    if (completesNow(platform, request)) nextDue = calendar.now;
    else requestTimedOut(platform, request);
    request = next;
  }
  if (request >= 0 && nextDue === never) nextDue = requests.arrivedAt[request] + timeout;
  owner.timeoutEvent = calendar.schedule(nextDue, EventKind.timeoutDue, client);
}

/** Lets a client's arrivals begin; closed users all think first. */
export function startClient(platform: Platform, client: number): void {
  const { calendar, streams, catalogue, design, world } = platform;
  const { users } = design.clients[client];
  const think = catalogue.clients[client].think;
  for (let user = 0; user < users; user++) {
    const session = beginSession(platform, client, -1);
    const delay = think === undefined ? 0 : sampleMicros(think, streams, world.clients[client].streams.flow);
    calendar.schedule(calendar.now + delay, EventKind.userThought, session);
  }
  if (users === 0) scheduleArrival(platform, client);
}

function scheduleArrival(platform: Platform, client: number): void {
  const arrivals = platform.catalogue.clients[client].arrivals;
  if (arrivals === undefined) return;
  const delay = untilNextArrival(platform, arrivals, platform.world.clients[client]);
  // an arrival at the horizon is not counted
  if (platform.calendar.now + delay < platform.design.horizon) platform.calendar.scheduleAfter(delay, EventKind.clientArrived, client);
}

function makeRequest(platform: Platform, client: number, session: number): void {
  if (platform.catalogue.clients[client].policy === undefined) sendRequest(platform, client, session);
  else beginCall(platform, client, session);
}
