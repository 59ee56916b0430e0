import { FactKind } from "../model/facts.ts";
import { InstanceState } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import type { Metric } from "./metric.ts";

/** How long each instance was not ready within the measured time, while it was asked for. */
export class InstanceMetric implements Metric {
  readonly listensTo = [FactKind.instanceChanged];
  /** In microseconds, by instance id. */
  downTime = new Float64Array(0);
  restarts = new Float64Array(0);
  /** Of all instances, those that only one run had included. */
  restartCount = 0;
  /** The same, by role. */
  restartsByRole: number[] = [];
  /** Since when it is not ready; -1 while it is ready or deleted. */
  private downSince = new Float64Array(0);
  private readonly from: number;
  private readonly to: number;
  private platform!: Platform;

  constructor({ design }: Pick<Platform, "design">) {
    this.from = design.measure.from;
    this.to = design.measure.to;
  }

  begin(platform: Platform): void {
    this.platform = platform;
    this.grow(platform.world.instances.capacity);
  }

  observe(fact: Readonly<ToldFact>): void {
    const instance = fact.subject;
    if (instance >= this.downTime.length) this.grow(this.platform.world.instances.capacity);
    const isDown = fact.value !== InstanceState.ready && fact.value !== InstanceState.deleted;
    const since = this.downSince[instance];
    if (isDown && since < 0) this.downSince[instance] = fact.at;
    else if (!isDown && since >= 0) this.end(instance, fact.at);
  }

  atHorizon({ calendar }: Platform): void {
    for (let instance = 0; instance < this.downSince.length; instance++) {
      if (this.downSince[instance] >= 0) this.end(instance, calendar.now);
    }
  }

  finish({ design, world }: Platform): void {
    const { instances, groups } = world;
    this.restarts = Float64Array.from(instances.restarts.subarray(0, instances.count));
    this.restartsByRole = design.service.roles.map(() => 0);
    for (let id = 0; id < instances.count; id++) this.restartsByRole[groups[instances.group[id]].role] += instances.restarts[id];
    for (const restarts of this.restarts) this.restartCount += restarts;
    this.downTime = this.downTime.slice(0, world.instances.count);
  }

  /** Adds another run's times to this one's; runs have the same instances, but for those that operations made. */
  merge(other: InstanceMetric): void {
    this.restartCount += other.restartCount;
    for (let role = 0; role < this.restartsByRole.length; role++) this.restartsByRole[role] += other.restartsByRole[role];
    for (let instance = 0; instance < Math.min(this.downTime.length, other.downTime.length); instance++) {
      this.downTime[instance] += other.downTime[instance];
      this.restarts[instance] += other.restarts[instance];
    }
  }

  private end(instance: number, at: number): void {
    this.downTime[instance] += Math.max(0, Math.min(at, this.to) - Math.max(this.downSince[instance], this.from));
    this.downSince[instance] = -1;
  }

  private grow(capacity: number): void {
    const longer = new Float64Array(capacity);
    longer.set(this.downTime);
    this.downTime = longer;
    const since = new Float64Array(capacity).fill(-1);
    since.set(this.downSince);
    this.downSince = since;
  }
}
