import { Defect, openDefectOf } from "../incidents.ts";
import { isDuplicate } from "../storage/duplicates.ts";
import { completeJob, failJob } from "../storage/jobs.ts";
import { enqueueMessage, takeMessages } from "../storage/queue.ts";
import { countCalls } from "../storage/stores.ts";
import type { Platform } from "../world.ts";
import { spoilsJob } from "./impaired.ts";
import { writeLocally } from "./localStorage.ts";

/** A worker has finished a job: messages it passes on, then the message is deleted, and the thread looks for the next one at once. */
export function finishJob(platform: Platform, instance: number, job: number): void {
  const { world, catalogue } = platform;
  if (world.instances.impaired[instance] !== 0 && spoilsJob(platform, instance, job)) return;
  const program = catalogue.programs[world.instances.program[instance]];
  if (!program.staged && program.storeCalls > 0) countCalls(platform, program);
  if (program.writes.length > 0 && !writeLocally(platform, instance, program.writes, true)) {
    // the handler throws
    failJob(platform, job, openDefectOf(platform, Defect.storageFull, instance));
    world.requests.ids.release(job);
    takeMessages(platform, instance);
    return;
  }
  // a careful handler has made its calls already; the queues of others refuse nothing
  if (!program.careful) {
    const fact = world.messages.fact[world.requests.message[job]];
    for (let call = program.storeCalls; call < program.calls.length; call++) {
      const queue = program.calls[call].id;
      if (!isDuplicate(platform, queue, job)) enqueueMessage(platform, queue, fact);
    }
  }
  completeJob(platform, job);
  world.requests.ids.release(job);
  takeMessages(platform, instance);
}
