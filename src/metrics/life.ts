import { FactKind } from "../model/facts.ts";
import { disksMadeAnew } from "../model/roles/disks.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import type { Metric } from "./metric.ts";

/** How roles stopped, and what they were told of changes, from the start to the horizon, and what became of writes to their local storage. */
export class LifeMetric implements Metric {
  readonly listensTo = [FactKind.onStopReturned, FactKind.onStopCut, FactKind.roleChanging];
  /** By role: OnStop that returned, OnStop that was cut. */
  readonly onStops: Float64Array;
  readonly onStopCuts: Float64Array;
  /** By role: Changing events that its instances were sent. */
  readonly changes: Float64Array;
  written = 0;
  /** Acknowledged writes that were lost, by disk event. */
  readonly lost = new Float64Array(disksMadeAnew.length);

  private platform!: Platform;
  private open = true;

  constructor({ design }: Pick<Platform, "design">) {
    this.onStops = new Float64Array(design.service.roles.length);
    this.onStopCuts = new Float64Array(design.service.roles.length);
    this.changes = new Float64Array(design.service.roles.length);
  }

  begin(platform: Platform): void {
    this.platform = platform;
  }

  observe(fact: Readonly<ToldFact>): void {
    if (!this.open) return;
    const { groups, instances } = this.platform.world;
    const { role } = groups[instances.group[fact.subject]];
    if (fact.kind === FactKind.roleChanging) {
      this.changes[role]++;
      return;
    }
    this.onStops[role]++;
    if (fact.kind === FactKind.onStopCut) this.onStopCuts[role]++;
  }

  atHorizon({ world }: Platform): void {
    this.open = false;
    this.written = world.localWrites.written;
    for (let event = 0; event < this.lost.length; event++) this.lost[event] = world.localWrites.lost[event];
  }

  finish(): void {
    this.open = false;
  }

  /** Adds another run's counts to this one's. */
  merge(other: LifeMetric): void {
    this.written += other.written;
    for (const name of ["lost", "onStops", "onStopCuts", "changes"] as const) {
      for (let place = 0; place < this[name].length; place++) this[name][place] += other[name][place];
    }
  }

  /** The losses by the name of the event, where there were any. */
  lostBy(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (let event = 0; event < this.lost.length; event++) if (this.lost[event] > 0) counts[disksMadeAnew[event].name] = this.lost[event];
    return counts;
  }
}
