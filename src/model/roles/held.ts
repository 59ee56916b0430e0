import { FailureCause } from "../status.ts";
import { abandonJob } from "../storage/jobs.ts";
import { CallPhase, fail, jobClient, noClient, RequestState, roleClient } from "../work/requests.ts";
import { takeHeld } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { failFor, silenceCall } from "./answers.ts";
import { hangUp } from "./withdraw.ts";

/** What an instance holds fails at once: connections are cut. Messages in hand become visible again in time. */
export function cutHeld(platform: Platform, instance: number, cause: FailureCause, incident: number, fact: number): void {
  const { requests } = platform.world;
  for (let held = takeHeld(platform, instance); held >= 0; held = takeHeld(platform, instance)) {
    if (requests.phase[held] >= CallPhase.asking) hangUp(platform, held, true);
    if (requests.client[held] === jobClient) dropJob(platform, held, incident);
    else if (requests.client[held] === noClient) requests.ids.release(held);
    else failFor(platform, held, cause, incident, fact);
  }
}

/** What an instance holds hears nothing any more: requests fail at their time-out, or at once when they have none. */
export function silenceHeld(platform: Platform, instance: number, incident: number, fact: number): void {
  const { requests } = platform.world;
  for (let held = takeHeld(platform, instance); held >= 0; held = takeHeld(platform, instance)) {
    if (requests.phase[held] >= CallPhase.asking) hangUp(platform, held, false);
    if (requests.client[held] === jobClient) dropJob(platform, held, incident);
    else if (requests.client[held] === noClient) requests.ids.release(held);
    else loseRequest(platform, held, incident, fact);
  }
}

/** A request that nobody will answer: it fails at its time-out, or at once when it has none. */
export function loseRequest(platform: Platform, request: number, incident: number, fact: number): void {
  const { world, catalogue } = platform;
  const { requests } = world;
  if (requests.client[request] === roleClient) {
    silenceCall(platform, requests.message[request], incident, fact);
    requests.ids.release(request);
    return;
  }
  if (catalogue.clients[requests.client[request]].timeout >= Number.MAX_SAFE_INTEGER) {
    fail(platform, request, FailureCause.timeoutSilent, incident, fact);
    return;
  }
  requests.state[request] = RequestState.lost;
  requests.incident[request] = incident;
  requests.fact[request] = fact;
}

/** A job that its worker will not finish: its message becomes visible again in time. */
export function dropJob(platform: Platform, job: number, incident: number): void {
  abandonJob(platform, job, incident);
  platform.world.requests.ids.release(job);
}
