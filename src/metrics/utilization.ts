import { FactKind } from "../model/facts.ts";
import { InstanceState } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import { busyTimeOf, slotsOf } from "../model/work/busyTime.ts";
import type { Platform } from "../model/world.ts";
import type { Metric } from "./metric.ts";

/**
 * Busy time and slot time of the instances of production within the measured time, while they were ready. Whatever keeps a slot busy counts:
 * requests that fail later, work for clients who gave up, jobs that nobody finishes.
 */
export class UtilizationMetric implements Metric {
  readonly listensTo: readonly FactKind[];
  /** By role, in microseconds of slots. */
  readonly busyTime: Float64Array;
  readonly slotTime: Float64Array;

  private platform!: Platform;
  /** Within the measured time. */
  private open = false;
  /** By instance: since when it counts, -1 while it does not, and how long it had been busy by then. */
  private since = new Float64Array(0);
  private busyBefore = new Float64Array(0);

  constructor({ design }: Pick<Platform, "design">) {
    this.busyTime = new Float64Array(design.service.roles.length);
    this.slotTime = new Float64Array(design.service.roles.length);
    // instances that nobody gives work are idle, whatever becomes of them
    const hasWork = design.clients.length > 0 || design.service.roles.some(({ queue }) => queue !== undefined);
    this.listensTo = hasWork ? [FactKind.instanceChanged, FactKind.slotsSwapped, FactKind.instancesAsked] : [];
  }

  begin(platform: Platform): void {
    this.platform = platform;
  }

  observe({ kind, subject }: Readonly<ToldFact>): void {
    if (!this.open) return;
    if (kind === FactKind.instanceChanged) this.lookAt(subject);
    else this.lookAtAll();
  }

  atFrom(): void {
    this.open = true;
    this.lookAtAll();
  }

  atTo(): void {
    if (!this.open) return;
    for (let instance = 0; instance < this.since.length; instance++) this.end(instance);
    this.open = false;
  }

  atHorizon(): void {
    this.atTo();
  }

  finish(): void {}

  /** Adds another run's times to this one's. */
  merge(other: UtilizationMetric): void {
    for (let role = 0; role < this.busyTime.length; role++) {
      this.busyTime[role] += other.busyTime[role];
      this.slotTime[role] += other.slotTime[role];
    }
  }

  /** Those that are gone were looked at when they went. */
  private lookAtAll(): void {
    for (const group of this.platform.world.groups) for (const instance of group.instances) this.lookAt(instance);
  }

  private lookAt(instance: number): void {
    const { calendar, world } = this.platform;
    const { groups, instances, vips } = world;
    if (instance >= this.since.length) this.grow(instances.capacity);
    const counts = instances.state[instance] === InstanceState.ready && groups[instances.group[instance]].deployment === vips[0];
    if (counts === this.since[instance] >= 0) return;
    if (!counts) {
      this.end(instance);
      return;
    }
    this.since[instance] = calendar.now;
    this.busyBefore[instance] = busyTimeOf(this.platform, instance);
  }

  private end(instance: number): void {
    const { calendar, world } = this.platform;
    if (this.since[instance] < 0) return;
    const { role } = world.groups[world.instances.group[instance]];
    this.busyTime[role] += busyTimeOf(this.platform, instance) - this.busyBefore[instance];
    this.slotTime[role] += (calendar.now - this.since[instance]) * slotsOf(this.platform, instance);
    this.since[instance] = -1;
  }

  private grow(capacity: number): void {
    const since = new Float64Array(capacity).fill(-1);
    since.set(this.since);
    this.since = since;
    const busyBefore = new Float64Array(capacity);
    busyBefore.set(this.busyBefore);
    this.busyBefore = busyBefore;
  }
}
