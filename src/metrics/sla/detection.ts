import { type Micros, minute } from "../../kernel/time.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { ToldFact } from "../../model/trace.ts";
import type { Platform } from "../../model/world.ts";
import type { Metric } from "../metric.ts";

/** Within so long a role's dead process must be noticed, by the agreement. */
const allowed: Micros = 2 * minute;

/** How many dead processes of roles were noticed within two minutes. What came to life again by itself before that is not counted. */
export class DetectionMetric implements Metric {
  readonly listensTo: readonly FactKind[];
  crashes = 0;
  noticedInTime = 0;
  /** By instance: when its process died, while nobody has noticed; -1: it did not. */
  private deadSince = new Float64Array(0);
  /** A hung process that somebody has just stopped is not one that died. */
  private stopped = -1;
  private readonly from: Micros;
  private readonly to: Micros;
  private platform!: Platform;

  constructor({ design }: Pick<Platform, "design">) {
    this.from = design.measure.from;
    this.to = design.measure.to;
    // where nobody is to notice, neither the platform nor an owner, there is nothing to measure
    const { fabric, hosting } = design;
    this.listensTo =
      fabric.healing.process || hosting.kind !== "cloud-service"
        ? [FactKind.instanceChanged, FactKind.crashNoticed, FactKind.hangNoticed]
        : [];
  }

  begin(platform: Platform): void {
    this.platform = platform;
    this.grow();
  }

  observe({ at, kind, subject, value }: Readonly<ToldFact>): void {
    if (kind === FactKind.hangNoticed) {
      this.stopped = subject;
      return;
    }
    if (kind === FactKind.crashNoticed) {
      if (this.deadSince[subject] >= 0) this.count(value);
      this.deadSince[subject] = -1;
      return;
    }
    if (subject >= this.deadSince.length) this.grow();
    this.end(subject, at);
    const isStopped = this.stopped === subject;
    this.stopped = -1;
    if (value === InstanceState.recycling && !isStopped && at >= this.from && at < this.to) this.deadSince[subject] = at;
  }

  atHorizon({ calendar }: Platform): void {
    for (let instance = 0; instance < this.deadSince.length; instance++) this.end(instance, calendar.now);
  }

  finish(): void {}

  /** Adds another run's counts to this one's. */
  merge(other: DetectionMetric): void {
    this.crashes += other.crashes;
    this.noticedInTime += other.noticedInTime;
  }

  private end(instance: number, at: Micros): void {
    const since = this.deadSince[instance];
    if (since < 0) return;
    this.deadSince[instance] = -1;
    if (at - since > allowed) this.crashes++;
  }

  private grow(): void {
    const longer = new Float64Array(this.platform.world.instances.capacity).fill(-1);
    longer.set(this.deadSince);
    this.deadSince = longer;
  }

  private count(after: Micros): void {
    this.crashes++;
    if (after <= allowed) this.noticedInTime++;
  }
}
