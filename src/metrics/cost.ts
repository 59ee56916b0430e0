import { hour, type Micros, minute } from "../kernel/time.ts";
import type { PricingDesign } from "../model/design.ts";
import { FactKind } from "../model/facts.ts";
import { InstanceState } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import type { Metric } from "./metric.ts";

/** What is charged for one role in one slot. */
export interface Charge {
  hours: number;
  /** NaN when a size that was used has no price. */
  money: number;
}

/** The hours charged for an instance that was there from one instant to another. */
export function billedHours(from: Micros, to: Micros, billing: PricingDesign["billing"]): number {
  if (to <= from) return 0;
  if (billing === "clock-hour") return Math.floor((to - 1) / hour) - Math.floor(from / hour) + 1;
  if (billing === "minute") return Math.floor((to - from) / minute) / 60;
  return (to - from) / hour;
}

/** Instance-hours and money: every instance of either slot from its placement until it is deleted, ready or not, within the measured time. */
export class CostMetric implements Metric {
  readonly listensTo = [FactKind.instancePlaced, FactKind.slotsSwapped];
  /** By role: in production, in staging. */
  readonly charges: readonly (readonly [Charge, Charge])[];
  runs = 1;

  private readonly pricing: PricingDesign;
  private readonly from: Micros;
  private readonly to: Micros;
  private platform!: Platform;
  /** By instance: since when it is charged at its size (-1: it is not), the program that gives the size, its slot and since when. */
  private since = new Float64Array(0);
  private program = new Int32Array(0);
  private slot = new Uint8Array(0);
  private slotSince = new Float64Array(0);
  /** Of the time since then, how much it was in staging before the latest swap. */
  private staged = new Float64Array(0);

  constructor({ design }: Pick<Platform, "design">) {
    this.pricing = design.pricing;
    this.from = design.measure.from;
    this.to = design.measure.to;
    this.charges = design.service.roles.map(() => [
      { hours: 0, money: 0 },
      { hours: 0, money: 0 },
    ]);
  }

  begin(platform: Platform): void {
    this.platform = platform;
    this.grow(platform.world.instances.capacity);
  }

  observe(fact: Readonly<ToldFact>): void {
    const { world } = this.platform;
    if (fact.kind === FactKind.instancePlaced) {
      this.place(fact.subject, fact.at);
      return;
    }
    this.endDeleted();
    for (let instance = 0; instance < this.since.length; instance++) {
      if (this.since[instance] < 0) continue;
      this.settleSlot(instance, fact.at);
      const { slot } = world.deployments[world.groups[world.instances.group[instance]].deployment];
      if (slot >= 0) this.slot[instance] = slot;
    }
  }

  atHorizon({ calendar }: Platform): void {
    this.endDeleted();
    for (let instance = 0; instance < this.since.length; instance++) this.end(instance, calendar.now);
  }

  finish(): void {}

  /** Adds another run's charges to this one's. */
  merge(other: CostMetric): void {
    this.runs += other.runs;
    this.charges.forEach((charges, role) => {
      charges.forEach((charge, slot) => {
        charge.hours += other.charges[role][slot].hours;
        charge.money += other.charges[role][slot].money;
      });
    });
  }

  /** A moved instance goes on as it was, unless it has another size now. */
  private place(instance: number, at: Micros): void {
    const { world } = this.platform;
    if (instance >= this.since.length) this.grow(world.instances.capacity);
    const program = world.instances.sizedBy[instance];
    if (this.since[instance] >= 0) {
      if (this.sizeOf(program) === this.sizeOf(this.program[instance])) return;
      this.end(instance, at);
    }
    this.since[instance] = at;
    this.slotSince[instance] = at;
    this.staged[instance] = 0;
    this.program[instance] = program;
    this.slot[instance] = Math.max(0, world.deployments[world.groups[world.instances.group[instance]].deployment].slot);
  }

  /** A deleted instance keeps the instant of its end, so nobody need listen to every change of an instance. */
  private endDeleted(): void {
    const { instances } = this.platform.world;
    for (let instance = 0; instance < this.since.length; instance++) {
      if (this.since[instance] >= 0 && instances.state[instance] === InstanceState.deleted) this.end(instance, instances.since[instance]);
    }
  }

  private settleSlot(instance: number, at: Micros): void {
    if (this.slot[instance] === 1) this.staged[instance] += this.clip(at) - this.clip(this.slotSince[instance]);
    this.slotSince[instance] = at;
  }

  private end(instance: number, at: Micros): void {
    if (this.since[instance] < 0) return;
    this.settleSlot(instance, at);
    const { world } = this.platform;
    const from = this.clip(this.since[instance]);
    const to = this.clip(at);
    this.since[instance] = -1;
    const hours = billedHours(from, to, this.pricing.billing);
    if (hours === 0) return;
    const price = this.pricing.hourly[this.sizeOf(this.program[instance])] ?? Number.NaN;
    const staging = this.staged[instance] / (to - from);
    const charges = this.charges[world.groups[world.instances.group[instance]].role];
    for (let slot = 0; slot < 2; slot++) {
      const share = slot === 1 ? staging : 1 - staging;
      if (share === 0) continue;
      charges[slot].hours += hours * share;
      charges[slot].money += hours * share * price;
    }
  }

  private sizeOf(program: number): string {
    return this.platform.catalogue.programs[program].design.size.name;
  }

  private clip(at: Micros): Micros {
    return Math.min(Math.max(at, this.from), this.to);
  }

  private grow(capacity: number): void {
    const longer = <T extends Float64Array | Int32Array | Uint8Array>(column: T, grown: T): T => {
      grown.set(column);
      return grown;
    };
    this.since = longer(this.since, new Float64Array(capacity).fill(-1));
    this.program = longer(this.program, new Int32Array(capacity));
    this.slot = longer(this.slot, new Uint8Array(capacity));
    this.slotSince = longer(this.slotSince, new Float64Array(capacity));
    this.staged = longer(this.staged, new Float64Array(capacity));
  }
}
