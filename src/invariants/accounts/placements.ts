import { FactKind } from "../../model/facts.ts";
import { HostState, InstanceState } from "../../model/status.ts";
import type { ToldFact } from "../../model/trace.ts";
import type { Platform } from "../../model/world.ts";
import { NumberById } from "../numberById.ts";

/** Moves of instances that it needs to hear of: to where they have no home. */
export function leavesHome(_from: number, to: number): boolean {
  return to === InstanceState.pending || to === InstanceState.deleted;
}

/** Hears of instances that take a place on a host, and of those that give it up. */
interface Movers {
  /** Before it is at home there. */
  comes?(instance: number, host: number): void;
  /** It is at home there no more. */
  goes?(instance: number, host: number): void;
}

/**
 * Where instances are at home, from facts alone: an instance has its host from the fact that it was placed there, until it is placed again, is
 * pending or deleted, or its host is given up with everything on it.
 */
export class Placements {
  /** The facts that it needs. */
  static readonly listensTo: readonly FactKind[] = [FactKind.instancePlaced, FactKind.instanceChanged, FactKind.hostChanged];
  /** Host by instance, -1 none. */
  readonly home = new NumberById(-1);
  private readonly platform: Platform;
  private readonly movers: Movers;

  /** Begins with nobody at home anywhere. */
  constructor(platform: Platform, movers: Movers = {}) {
    this.platform = platform;
    this.movers = movers;
  }

  /** Takes in one of the facts that it needs. */
  observe({ kind, subject, value }: Readonly<ToldFact>): void {
    if (kind === FactKind.instancePlaced) {
      this.leave(subject);
      this.movers.comes?.(subject, value);
      this.home.set(subject, value);
    } else if (kind === FactKind.instanceChanged) {
      if (leavesHome(-1, value)) this.leave(subject);
    } else if (value === HostState.outForRepair) this.empty(subject);
  }

  private leave(instance: number): void {
    const host = this.home.get(instance);
    if (host < 0) return;
    this.home.set(instance, -1);
    this.movers.goes?.(instance, host);
  }

  /** The list of the host's instances is the world's own: whoever it forgets keeps a home here, and is missed. */
  private empty(host: number): void {
    const { hosts, instances } = this.platform.world;
    for (let instance = hosts.firstInstance[host]; instance >= 0; instance = instances.nextOnHost[instance]) {
      if (this.home.get(instance) === host) this.leave(instance);
    }
  }
}
