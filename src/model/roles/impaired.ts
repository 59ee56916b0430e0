import { factOf } from "../incidents.ts";
import { FailureCause } from "../status.ts";
import { failJob } from "../storage/jobs.ts";
import { takeMessages } from "../storage/queue.ts";
import { openInstanceStream } from "../work/applicationPool.ts";
import { noClient } from "../work/requests.ts";
import type { Platform } from "../world.ts";
import { Impaired } from "./ailments.ts";
import { failFor } from "./answers.ts";
import { dropJob, loseRequest } from "./held.ts";

/** Work is complete at an instance whose answers are not always good: whether the request has got its answer, or will get none, by that. */
export function spoilsResponse(platform: Platform, instance: number, request: number): boolean {
  const { instances, requests } = platform.world;
  const abandoned = requests.client[request] === noClient;
  const unheard = (instances.impaired[instance] & Impaired.unheard) !== 0;
  if (!unheard && !isError(platform, instance)) return false;
  if (abandoned) requests.ids.release(request);
  else if (unheard) loseRequest(platform, request, instances.incident[instance], instances.cause[instance]);
  else {
    const incident = erring(platform, instance);
    failFor(platform, request, FailureCause.appError, incident, factOf(platform, incident));
  }
  return true;
}

/** The same for the job of a worker: nobody deletes its message. */
export function spoilsJob(platform: Platform, instance: number, job: number): boolean {
  const unheard = (platform.world.instances.impaired[instance] & Impaired.unheard) !== 0;
  if (!unheard && !isError(platform, instance)) return false;
  if (unheard) dropJob(platform, job, platform.world.instances.incident[instance]);
  else {
    failJob(platform, job, erring(platform, instance));
    platform.world.requests.ids.release(job);
  }
  takeMessages(platform, instance);
  return true;
}

/** The stream of what grey failures draw at an instance. */
export function greyStream(platform: Platform, instance: number): number {
  const { instances } = platform.world;
  if (instances.greyStream[instance] < 0) instances.greyStream[instance] = openInstanceStream(platform, instance, "grey");
  return instances.greyStream[instance];
}

function isError(platform: Platform, instance: number): boolean {
  const share = platform.world.instances.errorShare[instance];
  return share >= 1 || platform.streams.uniform(greyStream(platform, instance)) < share;
}

/** The oldest open fault that makes responses fail. */
function erring(platform: Platform, instance: number): number {
  const { ailments, instances } = platform.world;
  let incident = -1;
  for (let ailment = instances.firstAilment[instance]; ailment >= 0; ailment = ailments.next[ailment]) {
    if (ailments.errorShare[ailment] > 0) incident = ailments.incident[ailment];
  }
  return incident;
}
