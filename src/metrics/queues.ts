import { FactKind } from "../model/facts.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import { Histogram } from "../stats/histogram.ts";
import type { Metric } from "./metric.ts";
import { incidentName } from "./requests.ts";

interface QueueCounts {
  enqueued: number;
  completed: number;
  duplicates: number;
  poisoned: number;
  deadLettered: number;
  expired: number;
  /** Deleted when they were taken, and never finished. */
  lost: number;
  /** Of a producer outside, and not accepted. */
  refused: number;
  /** Put in again, and dropped. */
  deduplicated: number;
  backlog: number;
  depth: number;
  depthMax: number;
  readonly age: Histogram;
  /** Deepest and shallowest by window. */
  readonly deepest: Float64Array;
  readonly shallowest: Float64Array;
  lastWindow: number;
}

/** Messages of each queue: counts and ages over the whole run, depth by window. */
export class QueueMetric implements Metric {
  readonly listensTo = [
    FactKind.messageEnqueued,
    FactKind.messageCompleted,
    FactKind.messageDuplicated,
    FactKind.messagePoisoned,
    FactKind.messageDeadLettered,
    FactKind.messageExpired,
    FactKind.messageLost,
    FactKind.queueDepthChanged,
  ];
  readonly queues: QueueCounts[];
  /** Messages lost, by queue and by what they are put down to. */
  readonly losses: { readonly queue: number; readonly source: string; lost: number }[] = [];

  private readonly from: number;
  private readonly to: number;
  private readonly window: number;
  private platform!: Platform;
  /** After the horizon nothing counts any more: messages left are backlog. */
  private closed = false;

  constructor({ design }: Pick<Platform, "design">) {
    const { from, to, window } = design.measure;
    this.from = from;
    this.to = to;
    this.window = window;
    const windows = Math.ceil((to - from) / window);
    this.queues = design.queues.map(() => ({
      enqueued: 0,
      completed: 0,
      duplicates: 0,
      poisoned: 0,
      deadLettered: 0,
      expired: 0,
      lost: 0,
      refused: 0,
      deduplicated: 0,
      backlog: 0,
      depth: 0,
      depthMax: 0,
      age: new Histogram(),
      deepest: new Float64Array(windows),
      shallowest: new Float64Array(windows),
      lastWindow: -1,
    }));
  }

  begin(platform: Platform): void {
    this.platform = platform;
  }

  observe(fact: Readonly<ToldFact>): void {
    if (this.closed) return;
    const { messages } = this.platform.world;
    if (fact.kind === FactKind.queueDepthChanged) {
      this.changeDepth(this.queues[fact.subject], fact.value, fact.at);
      return;
    }
    const queue = this.queues[messages.queue[fact.subject]];
    const isMeasured = fact.at >= this.from && fact.at < this.to;
    switch (fact.kind) {
      case FactKind.messageEnqueued:
        queue.enqueued++;
        break;
      case FactKind.messageCompleted:
        queue.completed++;
        if (isMeasured) queue.age.add(fact.value);
        break;
      case FactKind.messageDuplicated:
        queue.duplicates++;
        break;
      case FactKind.messageDeadLettered:
        queue.deadLettered++;
        break;
      case FactKind.messageExpired:
        if (fact.value === 1) queue.deadLettered++;
        else queue.expired++;
        break;
      case FactKind.messageLost:
        queue.lost++;
        this.blame(messages.queue[fact.subject], fact.value);
        break;
      default:
        queue.poisoned++;
    }
  }

  atHorizon({ world }: Platform): void {
    this.closed = true;
    this.queues.forEach((queue, id) => {
      queue.refused = world.queues[id].refused;
      queue.deduplicated = world.queues[id].deduplicated;
    });
    for (const queue of this.queues) {
      this.carry(queue, queue.deepest.length - 1);
      for (const depth of queue.deepest) queue.depthMax = Math.max(queue.depthMax, depth);
      queue.backlog = queue.enqueued - queue.completed - queue.poisoned - queue.deadLettered - queue.expired - queue.lost;
    }
  }

  finish(): void {}

  /** Adds another run's counts to this one's. */
  merge(other: QueueMetric): void {
    for (const { queue, source, lost } of other.losses) this.addLoss(queue, source, lost);
    this.queues.forEach((queue, id) => {
      const theirs = other.queues[id];
      queue.enqueued += theirs.enqueued;
      queue.completed += theirs.completed;
      queue.duplicates += theirs.duplicates;
      queue.poisoned += theirs.poisoned;
      queue.deadLettered += theirs.deadLettered;
      queue.expired += theirs.expired;
      queue.lost += theirs.lost;
      queue.refused += theirs.refused;
      queue.deduplicated += theirs.deduplicated;
      queue.backlog += theirs.backlog;
      queue.depthMax = Math.max(queue.depthMax, theirs.depthMax);
      queue.age.merge(theirs.age);
      for (let window = 0; window < queue.deepest.length; window++) {
        queue.deepest[window] = Math.max(queue.deepest[window], theirs.deepest[window]);
        queue.shallowest[window] = Math.min(queue.shallowest[window], theirs.shallowest[window]);
      }
    });
  }

  private blame(queue: number, incident: number): void {
    this.addLoss(queue, incident < 0 ? "a handler that failed" : incidentName(this.platform, incident), 1);
  }

  private addLoss(queue: number, source: string, lost: number): void {
    const known = this.losses.find((loss) => loss.queue === queue && loss.source === source);
    if (known === undefined) this.losses.push({ queue, source, lost });
    else known.lost += lost;
  }

  private changeDepth(queue: QueueCounts, depth: number, at: number): void {
    // what happens after the measured time must not look as if its last windows had begun with it
    if (at >= this.to) return;
    if (at >= this.from) {
      const window = Math.floor((at - this.from) / this.window);
      this.carry(queue, window);
      if (depth > queue.deepest[window]) queue.deepest[window] = depth;
      if (depth < queue.shallowest[window]) queue.shallowest[window] = depth;
    }
    queue.depth = depth;
  }

  /** Windows in which nothing happened keep the depth they began with. */
  private carry(queue: QueueCounts, window: number): void {
    for (let place = queue.lastWindow + 1; place <= window; place++) {
      queue.deepest[place] = queue.depth;
      queue.shallowest[place] = queue.depth;
    }
    queue.lastWindow = Math.max(queue.lastWindow, window);
  }
}
