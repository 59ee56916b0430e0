import { EventKind } from "../events.ts";
import { untilNextArrival } from "../work/arrivals.ts";
import type { Platform } from "../world.ts";
import { refusalOf } from "./limits.ts";
import { enqueueMessage } from "./queue.ts";

/** Event: a producer outside the service puts a message into a queue; one that the queue does not take is gone. */
export function producerArrived(platform: Platform, queue: number): void {
  if (platform.world.closed) return;
  startProducer(platform, queue);
  if (refusalOf(platform, queue) < 0) enqueueMessage(platform, queue, -1);
  else platform.world.queues[queue].refused++;
}

/** Schedules the next message of a queue's producer, if it has one. */
export function startProducer(platform: Platform, queue: number): void {
  const producer = platform.catalogue.producers[queue];
  if (producer === undefined) return;
  const delay = untilNextArrival(platform, producer, platform.world.queues[queue]);
  if (platform.calendar.now + delay < platform.design.horizon) platform.calendar.scheduleAfter(delay, EventKind.producerArrived, queue);
}
