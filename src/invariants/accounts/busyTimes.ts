import { InstanceState } from "../../model/status.ts";
import { busyTimeOf, slotsOf } from "../../model/work/busyTime.ts";
import type { Platform } from "../../model/world.ts";

/** For how long slots have been busy, compared from one look to the next. */
export class BusyTimes {
  /** What was wrong with the instance that `wrong` has told, in microseconds. */
  growth = 0;
  elapsed = 0;
  private readonly platform: Platform;
  private readonly busyTimes: number[] = [];
  private readonly slots: number[] = [];
  /** -1 while it is not ready, when what it holds may be cut without a count. */
  private readonly readySince: number[] = [];
  private lookedAt = 0;

  /** Of a run that has not begun. */
  constructor(platform: Platform) {
    this.platform = platform;
  }

  /** An instance that has been ready since the last look and whose slots have been busy for longer than they can have been since the last look, or for less than before; -1 none. */
  wrong(): number {
    const { calendar, world } = this.platform;
    const { count, since, state } = world.instances;
    this.elapsed = calendar.now - this.lookedAt;
    this.lookedAt = calendar.now;
    for (let instance = 0; instance < count; instance++) {
      if (state[instance] !== InstanceState.ready) {
        this.readySince[instance] = -1;
        continue;
      }
      const [before, most] = [this.busyTimes[instance] ?? 0, this.slots[instance] ?? 0];
      const isSame = this.readySince[instance] === since[instance];
      const [busyTime, slots] = [busyTimeOf(this.platform, instance), slotsOf(this.platform, instance)];
      this.busyTimes[instance] = busyTime;
      this.slots[instance] = slots;
      this.readySince[instance] = since[instance];
      this.growth = busyTime - before;
      if (isSame && (this.growth < 0 || this.growth > this.elapsed * Math.max(most, slots))) return instance;
    }
    return -1;
  }
}
