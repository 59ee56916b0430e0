import { FailureCause } from "../status.ts";
import { acceptsMessage, enqueueMessage } from "../storage/queue.ts";
import { rivalOf } from "../work/calls.ts";
import { contributingIncident, fail, noClient, succeed } from "../work/requests.ts";
import type { Platform } from "../world.ts";
import { spoilsResponse } from "./impaired.ts";
import { withdraw } from "./withdraw.ts";

/** The last steps of a request's handler: messages are put into their queues, and the client has its answer. */
export function finishRequest(platform: Platform, instance: number, request: number): void {
  const { world, catalogue } = platform;
  const { requests, instances } = world;
  if (instances.impaired[instance] !== 0 && spoilsResponse(platform, instance, request)) return;
  const { enqueues } = catalogue.programs[instances.program[instance]];
  const abandoned = requests.client[request] === noClient;
  for (let step = 0; step < enqueues.length; step++) {
    if (acceptsMessage(platform, enqueues[step])) enqueueMessage(platform, enqueues[step], requests.fact[request]);
    else if (!abandoned) {
      fail(platform, request, FailureCause.throttled, contributingIncident(platform), -1);
      return;
    }
  }
  if (abandoned) requests.release(request);
  else {
    const rival = requests.call[request] < 0 ? -1 : rivalOf(platform, request);
    succeed(platform, request);
    if (rival >= 0) withdraw(platform, rival);
  }
}
