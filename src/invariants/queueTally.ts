import type { Measured } from "../metrics/summarise.ts";
import { FactKind } from "../model/facts.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import { NumberById } from "./numberById.ts";
import type { Compare } from "./requestTally.ts";

/** A monitor's own count of messages, up to the horizon. */
export class QueueTally {
  readonly listensTo: readonly FactKind[];
  private readonly platform: Platform;
  private readonly queueOf = new NumberById(0);
  private readonly enqueuedAt = new NumberById(0);
  private readonly queues;

  /** Of a run that has not begun. */
  constructor(platform: Platform) {
    this.platform = platform;
    this.queues = platform.design.queues.map(() => ({
      enqueued: 0,
      completed: 0,
      duplicates: 0,
      poisoned: 0,
      deadLettered: 0,
      expired: 0,
      lost: 0,
      age: 0,
      ages: 0,
      depth: 0,
      depthMax: 0,
    }));
    this.listensTo =
      this.queues.length === 0
        ? []
        : [
            FactKind.messageEnqueued,
            FactKind.messageCompleted,
            FactKind.messageDuplicated,
            FactKind.messagePoisoned,
            FactKind.messageDeadLettered,
            FactKind.messageExpired,
            FactKind.messageLost,
            FactKind.queueDepthChanged,
          ];
  }

  /** Hears a fact of the kinds it listens to. */
  hear({ at, kind, subject, value }: Readonly<ToldFact>): void {
    const { from, to } = this.platform.design.measure;
    if (kind === FactKind.queueDepthChanged) {
      const queue = this.queues[subject];
      // the depth with which the measured time begins counts too
      if (at >= from && at < to) queue.depthMax = Math.max(queue.depthMax, queue.depth, value);
      if (at < to) queue.depth = value;
      return;
    }
    if (kind === FactKind.messageEnqueued) {
      this.queueOf.set(subject, value);
      this.enqueuedAt.set(subject, at);
    }
    const queue = this.queues[this.queueOf.get(subject)];
    switch (kind) {
      case FactKind.messageEnqueued:
        queue.enqueued++;
        return;
      case FactKind.messageCompleted:
        queue.completed++;
        if (at < from || at >= to) return;
        queue.ages++;
        queue.age += at - this.enqueuedAt.get(subject);
        return;
      case FactKind.messageDuplicated:
        queue.duplicates++;
        return;
      case FactKind.messagePoisoned:
        queue.poisoned++;
        return;
      case FactKind.messageLost:
        queue.lost++;
        return;
      case FactKind.messageExpired:
        if (value === 0) queue.expired++;
        else queue.deadLettered++;
        return;
      default:
        queue.deadLettered++;
    }
  }

  /** Compares with what was measured, at the horizon. */
  compare({ queues }: Measured, differs: Compare): void {
    const keys = ["enqueued", "completed", "duplicates", "poisoned", "deadLettered", "expired", "lost"] as const;
    this.queues.forEach((ours, id) => {
      const theirs = queues.queues[id];
      for (const key of keys) differs(`messages of queue ${id} that were ${key}`, theirs[key], ours[key]);
      differs(`ages of queue ${id}`, theirs.age.count, ours.ages);
      differs(`sum of ages of queue ${id}`, theirs.age.sum, ours.age);
      differs(`deepest queue ${id} was`, theirs.depthMax, Math.max(ours.depthMax, ours.depth));
    });
  }
}
