import { FactKind } from "../model/facts.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import type { Metric } from "./metric.ts";

interface StoreCounts {
  reads: number;
  writes: number;
  failed: number;
  throttled: number;
  /** Time in [from, to) for which it was available, in microseconds. */
  upTime: number;
}

/** Stores: calls over the whole run, availability by the clock. */
export class StoreMetric implements Metric {
  readonly listensTo = [FactKind.storeChanged];
  readonly stores: StoreCounts[];
  measuredTime: number;
  private readonly from: number;
  private readonly to: number;
  /** Since when each is available; -1 while it is out. */
  private readonly upSince: number[];

  constructor({ design }: Pick<Platform, "design">) {
    this.from = design.measure.from;
    this.to = design.measure.to;
    this.measuredTime = this.to - this.from;
    this.stores = design.stores.map(() => ({ reads: 0, writes: 0, failed: 0, throttled: 0, upTime: 0 }));
    this.upSince = design.stores.map(() => 0);
  }

  begin(): void {}

  observe({ subject, value, at }: Readonly<ToldFact>): void {
    if (value === 0) this.addUpTime(subject, at);
    this.upSince[subject] = value === 0 ? -1 : at;
  }

  atHorizon({ world, calendar }: Platform): void {
    this.stores.forEach((store, id) => {
      const { reads, writes, failed, throttled } = world.stores[id];
      Object.assign(store, { reads, writes, failed, throttled });
      if (this.upSince[id] >= 0) this.addUpTime(id, calendar.now);
      this.upSince[id] = this.to;
    });
  }

  finish(): void {}

  /** Adds another run's counts to this one's. */
  merge(other: StoreMetric): void {
    this.measuredTime += other.measuredTime;
    this.stores.forEach((store, id) => {
      for (const key of Object.keys(store) as (keyof StoreCounts)[]) store[key] += other.stores[id][key];
    });
  }

  private addUpTime(id: number, until: number): void {
    const since = Math.max(this.from, this.upSince[id]);
    this.stores[id].upTime += Math.max(0, Math.min(this.to, until) - since);
  }
}
