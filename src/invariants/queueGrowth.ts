import { InstanceState } from "../model/status.ts";
import type { Platform } from "../model/world.ts";

/** Whether queues have stopped growing within a time: their lengths in its last third against those in its first. */
export class QueueGrowth {
  private readonly platform: Platform;
  private readonly settle: number;
  private from = -1;
  /** By queue: the most it held in the first third, the least in the last one, what it has held since when. */
  private readonly most: number[] = [];
  private readonly least: number[] = [];
  private readonly length: number[] = [];

  /** Of all queues of a platform, over so many microseconds from `begin` on. */
  constructor(platform: Platform, settle: number) {
    this.platform = platform;
    this.settle = settle;
  }

  /** The time begins now. */
  begin(): void {
    const { calendar, world } = this.platform;
    this.from = calendar.now;
    world.queues.forEach(({ visible }, queue) => {
      this.most[queue] = visible.length;
      this.length[queue] = visible.length;
      this.least[queue] = Number.POSITIVE_INFINITY;
    });
  }

  /** A queue is longer or shorter than before. */
  changed(queue: number): void {
    const passed = this.platform.calendar.now - this.from;
    const { length } = this.platform.world.queues[queue].visible;
    // what it held before it held into this third
    if (passed <= this.settle && 3 * passed >= 2 * this.settle) this.least[queue] = Math.min(this.least[queue], this.length[queue], length);
    if (3 * passed <= this.settle) this.most[queue] = Math.max(this.most[queue], length);
    this.length[queue] = length;
  }

  /** Once the time is over: the first queue that has gone on growing although a worker of it has nothing to do; undefined otherwise, and again. */
  judge(): { readonly queue: number; readonly first: number; readonly last: number } | undefined {
    const { calendar, design, world } = this.platform;
    if (this.from < 0 || calendar.now < this.from + this.settle) return undefined;
    this.from = -1;
    for (let queue = 0; queue < world.queues.length; queue++) {
      const [first, last] = [this.most[queue], Math.min(this.least[queue], this.length[queue])];
      if (last > first && design.queues[queue].sessions === 0 && world.queues[queue].outages.length === 0 && this.hasIdleWorker(queue))
        return { queue, first, last };
    }
    return undefined;
  }

  private hasIdleWorker(queue: number): boolean {
    const { catalogue, world } = this.platform;
    const { groups, instances, queues } = world;
    return queues[queue].consumers.some((group) =>
      groups[group].instances.some(
        (id) => instances.state[id] === InstanceState.ready && instances.busy[id] < catalogue.programs[instances.program[id]].concurrency,
      ),
    );
  }
}
