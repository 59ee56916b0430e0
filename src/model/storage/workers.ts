import { EventKind } from "../events.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";

/** The idle worker with the smallest id; those that poll are only told when to look. */
export function idleWorker(platform: Platform, queue: number): number {
  const { world, catalogue } = platform;
  const { instances } = world;
  if (world.queues[queue].outages.length > 0) return -1;
  let first = -1;
  for (const group of world.queues[queue].consumers) {
    for (const instance of world.groups[group].instances) {
      // those it has in hand come first
      if (instances.state[instance] !== InstanceState.ready || instances.waiting[instance] > 0) continue;
      const program = catalogue.programs[instances.program[instance]];
      if (instances.busy[instance] >= program.concurrency) continue;
      if (program.design.poll !== undefined) expectPoll(platform, instance, program.design.poll);
      else {
        if (first < 0 || instance < first) first = instance;
        // the ids of a role ascend
        break;
      }
    }
  }
  return first;
}

/** Schedules the next look of an idle worker: `min` after it became idle, then at doubling distances up to `max`. */
function expectPoll(platform: Platform, instance: number, poll: { readonly min: number; readonly max: number }): void {
  const { world, calendar } = platform;
  const { instances } = world;
  if (instances.pollEvent[instance] >= 0) return;
  let at = instances.usedAt[instance];
  let step = poll.min;
  // a look at this very instant has found nothing: it came before the message
  while (at <= calendar.now && step < poll.max) {
    at += step;
    step = Math.min(2 * step, poll.max);
  }
  if (at <= calendar.now) at += (1 + Math.floor((calendar.now - at) / poll.max)) * poll.max;
  instances.pollEvent[instance] = calendar.schedule(at, EventKind.workerPolled, instance);
}
