import { acceptsMessage, completeJob, enqueueMessage, takeMessages } from "../storage/queue.ts";
import type { Platform } from "../world.ts";
import { spoilsJob } from "./impaired.ts";

/** A worker has finished a job: messages it passes on, then the message is deleted, and the thread looks for the next one at once. */
export function finishJob(platform: Platform, instance: number, job: number): void {
  const { world, catalogue } = platform;
  if (world.instances.impaired[instance] !== 0 && spoilsJob(platform, instance, job)) return;
  const { enqueues } = catalogue.programs[world.instances.program[instance]];
  const fact = world.messages.fact[world.requests.message[job]];
  for (let step = 0; step < enqueues.length; step++) {
    // Simplification: a throttled enqueue of a worker is dropped, not tried again; web roles fail the request instead.
    if (acceptsMessage(platform, enqueues[step])) enqueueMessage(platform, enqueues[step], fact);
  }
  completeJob(platform, job);
  world.requests.release(job);
  takeMessages(platform, instance);
}
