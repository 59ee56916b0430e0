import { FactKind } from "../model/facts.ts";
import { looksReady } from "../model/status.ts";
import type { ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import { NumberById } from "./numberById.ts";

/** More indexes than a role has instances. */
const indexes = 1 << 24;

/**
 * A monitor's own account of who is ready and who is in rotation, kept from the facts: of each role of each deployment how many are ready and
 * asked for, of each rotation how many are in it and how many of those accept connections.
 */
export class RoleAccount {
  /** What the facts must be listened to for it. */
  static readonly listensTo = [FactKind.instanceChanged, FactKind.rotationChanged, FactKind.instancesAsked, FactKind.slotsSwapped];
  /** By role of a deployment. */
  readonly ready = new NumberById(0);
  readonly asked = new NumberById(0);
  /** By rotation. */
  readonly members = new NumberById(0);
  readonly accepting = new NumberById(0);
  /** The deployment in production, -1 none. */
  production = -1;
  private readonly platform: Platform;
  private readonly isReady = new NumberById(0);
  private readonly isIn = new NumberById(0);
  private readonly readyAtIndex = new Map<number, number>();

  /** An account of a run that has not begun. */
  constructor(platform: Platform) {
    this.platform = platform;
  }

  /** Hears a fact of the kinds it listens to; whether anything may be different from before. */
  hear({ kind, subject, value }: Readonly<ToldFact>): boolean {
    if (kind === FactKind.instanceChanged) return this.changed(subject, looksReady(value) ? 1 : 0);
    if (kind === FactKind.rotationChanged) this.turned(subject);
    else {
      if (kind === FactKind.instancesAsked) this.asked.set(subject, value);
      this.production = this.platform.world.vips[0];
    }
    return true;
  }

  /** How many with an index are ready in a role of a deployment. */
  readyAt(group: number, index: number): number {
    return this.readyAtIndex.get(group * indexes + index) ?? 0;
  }

  private changed(instance: number, isReady: number): boolean {
    if (isReady === this.isReady.get(instance)) return false;
    const { backends, instances } = this.platform.world;
    const change = isReady === 1 ? 1 : -1;
    const group = instances.group[instance];
    this.isReady.set(instance, isReady);
    this.ready.add(group, change);
    const place = group * indexes + instances.index[instance];
    this.readyAtIndex.set(place, (this.readyAtIndex.get(place) ?? 0) + change);
    for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend])
      if (this.isIn.get(backend) === 1) this.accepting.add(backends.rotation[backend], change);
    return true;
  }

  private turned(instance: number): void {
    const { backends, instances } = this.platform.world;
    for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
      const isIn = backends.inRotation[backend];
      if (isIn === this.isIn.get(backend)) continue;
      this.isIn.set(backend, isIn);
      const rotation = backends.rotation[backend];
      this.members.add(rotation, isIn === 1 ? 1 : -1);
      if (this.isReady.get(instance) === 1) this.accepting.add(rotation, isIn === 1 ? 1 : -1);
    }
  }
}
