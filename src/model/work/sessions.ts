import { log } from "../../random/detmath.ts";
import { sampleMicros } from "../../random/laws.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import type { Platform } from "../world.ts";

/** Begins a session of a client: one connection, one flow, several requests. `requests` -1 means without end. */
export function beginSession(platform: Platform, client: number, requests: number): number {
  const { world, streams, catalogue } = platform;
  const sessions = world.sessions;
  const id = sessions.ids.allocate();
  sessions.client[id] = client;
  sessions.instance[id] = -1;
  sessions.left[id] = requests;
  sessions.usedAt[id] = platform.calendar.now;
  const flow = streams.uint32(world.clients[client].streams.flow);
  sessions.flow[id] = flow | 0;
  sessions.address[id] = flow % catalogue.clients[client].addresses;
  world.sessionsInFlight++;
  sessions.fact[id] = platform.trace.emit(FactKind.sessionStarted, id, client, -1);
  return id;
}

/** How many requests a session with that mean has: geometric, at least one. */
export function sessionLength(platform: Platform, client: number, mean: number): number {
  if (mean <= 1) return 1;
  const uniform = platform.streams.uniform(platform.world.clients[client].streams.flow);
  return 1 + Math.floor(log(uniform) / log(1 - 1 / mean));
}

/** A request of the session was settled: the user thinks and goes on, or leaves. After a failure the next request opens a new connection. */
export function continueSession(platform: Platform, session: number, succeeded: boolean): void {
  const { world, calendar, streams, catalogue } = platform;
  const sessions = world.sessions;
  const client = sessions.client[session];
  sessions.usedAt[session] = calendar.now;
  if (!succeeded) {
    sessions.instance[session] = -1;
    sessions.flow[session] = streams.uint32(world.clients[client].streams.flow) | 0;
  }
  if (sessions.left[session] > 0) sessions.left[session]--;
  const think = catalogue.clients[client].think;
  if (sessions.left[session] === 0 || world.closed || think === undefined) endSession(platform, session);
  else calendar.schedule(calendar.now + sampleMicros(think, streams, world.clients[client].streams.flow), EventKind.userThought, session);
}

/** The user leaves. */
export function endSession(platform: Platform, session: number): void {
  const { world } = platform;
  platform.trace.emit(FactKind.sessionEnded, session, world.sessions.client[session], world.sessions.fact[session]);
  world.sessionsInFlight--;
  world.sessions.ids.release(session);
}
