import { Defect, factOf, openDefectOf } from "../incidents.ts";
import type { Program } from "../program.ts";
import { FailureCause } from "../status.ts";
import { isDuplicate } from "../storage/duplicates.ts";
import { refusalOf } from "../storage/limits.ts";
import { outageOf } from "../storage/outages.ts";
import { enqueueMessage } from "../storage/queue.ts";
import { countCalls } from "../storage/stores.ts";
import { rivalOf } from "../work/calls.ts";
import { contributingIncident, noClient, roleClient, succeed } from "../work/requests.ts";
import type { Platform } from "../world.ts";
import { answerCaller, failFor } from "./answers.ts";
import { spoilsResponse } from "./impaired.ts";
import { writeLocally } from "./localStorage.ts";
import { withdraw } from "./withdraw.ts";

/** The last steps of a request's handler, and then the client has its answer. */
export function finishRequest(platform: Platform, instance: number, request: number): void {
  const { world, catalogue } = platform;
  const { requests, instances } = world;
  if (instances.impaired[instance] !== 0 && spoilsResponse(platform, instance, request)) return;
  const program = catalogue.programs[instances.program[instance]];
  if (!program.plain && !takeLastSteps(platform, instance, request, program)) return;
  const client = requests.client[request];
  if (client === noClient) requests.ids.release(request);
  else if (client === roleClient) answerCaller(platform, request);
  else if (requests.call[request] < 0) succeed(platform, request);
  else {
    const rival = rivalOf(platform, request);
    succeed(platform, request);
    if (rival >= 0) withdraw(platform, rival);
  }
}

/** What a handler does after computing: local writes, and messages that it puts into queues; false when the request has failed by it. */
function takeLastSteps(platform: Platform, instance: number, request: number, program: Program): boolean {
  const { requests } = platform.world;
  const abandoned = requests.client[request] === noClient;
  if (!program.staged && program.storeCalls > 0) countCalls(platform, program);
  if (program.writes.length > 0 && !writeLocally(platform, instance, program.writes, !abandoned) && !abandoned) {
    const full = openDefectOf(platform, Defect.storageFull, instance);
    failFor(platform, request, FailureCause.appError, full, factOf(platform, full));
    return false;
  }
  // a careful handler has made its calls already
  if (program.careful) return true;
  for (let call = program.storeCalls; call < program.calls.length; call++) {
    const { canFail, id: queue } = program.calls[call];
    const refusal = canFail ? refusalOf(platform, queue) : -1;
    if (refusal < 0) {
      if (!isDuplicate(platform, queue, request)) enqueueMessage(platform, queue, requests.fact[request]);
    } else if (!abandoned) {
      refuse(platform, request, queue, refusal as FailureCause);
      return false;
    }
  }
  return true;
}

function refuse(platform: Platform, request: number, queue: number, cause: FailureCause): void {
  const isOut = cause === FailureCause.storeError;
  const incident = isOut ? outageOf(platform.world.queues[queue]) : contributingIncident(platform);
  failFor(platform, request, cause, incident, isOut ? factOf(platform, incident) : -1);
}
