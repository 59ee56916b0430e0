import { FactKind } from "../facts.ts";
import { FailureCause } from "../status.ts";
import { blameCall, endCall } from "../work/calls.ts";
import { contributingIncident, fail, leaveClient } from "../work/requests.ts";
import type { Platform } from "../world.ts";

/** The simulation is over: every request that is still open has failed, as unsettled. */
export function unsettleRequests(platform: Platform): void {
  const { requests } = platform.world;
  const incident = contributingIncident(platform);
  for (let request = 0; request < requests.capacity; request++) {
    if (!requests.ids.isLive(request) || requests.client[request] < 0) continue;
    const call = requests.call[request];
    if (call < 0) fail(platform, request, FailureCause.unsettled, incident, -1);
    else unsettleCall(platform, call, incident);
  }
}

function unsettleCall(platform: Platform, call: number, incident: number): void {
  const { calls } = platform.world;
  dropAttempt(platform, calls.attempt[call]);
  dropAttempt(platform, calls.hedge[call]);
  blameCall(platform, call, FailureCause.unsettled, incident, -1);
  endCall(platform, call, false);
}

function dropAttempt(platform: Platform, attempt: number): void {
  if (attempt < 0) return;
  const { requests } = platform.world;
  leaveClient(platform, attempt);
  platform.trace.emit(FactKind.attemptFailed, attempt, FailureCause.unsettled, requests.fact[attempt]);
  requests.ids.release(attempt);
}
