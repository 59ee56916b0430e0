import type { Measured } from "../metrics/summarise.ts";
import { FactKind } from "../model/facts.ts";
import { InstanceState } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import { NumberById } from "./numberById.ts";
import type { Compare } from "./requestTally.ts";

/** Whether an instance in a state (-1: it is new) is to be there, and is not ready. */
export function isDown(state: number): boolean {
  return state >= 0 && state !== InstanceState.ready && state !== InstanceState.deleted;
}

/** A monitor's own account of instances, stores, stops and operations. */
export class LifeTally {
  readonly listensTo: readonly FactKind[] = [
    FactKind.instanceChanged,
    FactKind.storeChanged,
    FactKind.onStopReturned,
    FactKind.onStopCut,
    FactKind.roleChanging,
    FactKind.operationStarted,
    FactKind.operationRefused,
    FactKind.operationFinished,
    FactKind.operationReplaced,
  ];
  private readonly platform: Platform;
  /** By instance: since when it is not ready, -1 while it is; and its down time. */
  private readonly downSince = new NumberById(-1);
  private readonly downTime = new NumberById(0);
  private readonly storeUp: { since: number; time: number }[];
  private readonly stops = { returned: 0, cut: 0, changes: 0 };
  /** By operation, how it ended last. */
  private readonly finished = new Set<number>();
  private readonly replaced = new Set<number>();

  /** Of a run that has not begun. */
  constructor(platform: Platform) {
    this.platform = platform;
    this.storeUp = platform.design.stores.map(() => ({ since: 0, time: 0 }));
  }

  /** Hears a fact of the kinds it listens to. */
  hear({ at, kind, subject, value }: Readonly<ToldFact>): void {
    switch (kind) {
      case FactKind.instanceChanged: {
        const down = isDown(value);
        if (down === this.downSince.get(subject) >= 0) return;
        if (!down) this.downTime.add(subject, this.within(this.downSince.get(subject), at));
        this.downSince.set(subject, down ? at : -1);
        return;
      }
      case FactKind.storeChanged: {
        const store = this.storeUp[subject];
        if (value === 0 && store.since >= 0) store.time += this.within(store.since, at);
        store.since = value === 0 ? -1 : at;
        return;
      }
      // an autoscaler acts again and again
      case FactKind.operationStarted:
      case FactKind.operationRefused:
        this.finished.delete(subject);
        this.replaced.delete(subject);
        return;
      case FactKind.operationFinished:
        this.finished.add(subject);
        return;
      case FactKind.operationReplaced:
        this.replaced.add(subject);
        return;
      case FactKind.roleChanging:
        this.stops.changes++;
        return;
      case FactKind.onStopCut:
        this.stops.cut++;
        return;
      default:
        this.stops.returned++;
    }
  }

  /** Compares with what was measured up to the horizon, which it is now. */
  compareAtHorizon({ instances, life, stores }: Measured, differs: Compare): void {
    const { calendar, world } = this.platform;
    for (let id = 0; id < world.instances.count; id++) {
      const open = this.downSince.get(id);
      const time = this.downTime.get(id) + (open >= 0 ? this.within(open, calendar.now) : 0);
      differs(`down time of instance ${id}`, instances.downTime[id], time);
    }
    this.storeUp.forEach(({ since, time }, id) => {
      differs(`up time of store ${id}`, stores.stores[id].upTime, time + (since >= 0 ? this.within(since, calendar.now) : 0));
    });
    const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
    differs("OnStop calls", sum(life.onStops), this.stops.returned + this.stops.cut);
    differs("OnStop calls that were cut", sum(life.onStopCuts), this.stops.cut);
    differs("Changing events", sum(life.changes), this.stops.changes);
  }

  /** Compares what is counted at the very end. */
  compareAtEnd({ operations }: Measured, differs: Compare): void {
    differs("operations that were done", operations.outcomes.succeeded, this.finished.size);
    differs("operations that were replaced", operations.outcomes.replaced, this.replaced.size);
  }

  private within(since: number, until: number): number {
    const { from, to } = this.platform.design.measure;
    return Math.max(0, Math.min(until, to) - Math.max(since, from));
  }
}
