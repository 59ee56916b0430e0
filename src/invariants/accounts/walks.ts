import { never } from "../../kernel/time.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { ToldFact } from "../../model/trace.ts";
import type { Platform } from "../../model/world.ts";
import { NumberById } from "../numberById.ts";

/** One walk over upgrade domains: an upgrade, a rollback, a change of configuration or a patch pass. */
export interface Walk {
  readonly operation: number;
  /** Domains that have had their turn, in order. */
  readonly domains: number[];
  /** The fact that the turn of the last one began. */
  turn: number;
  /** When the start time-out of that domain is over. */
  timesOutAt: number;
  /** Instances that were stopped at the turn of a domain, or for the operation itself, and have not come back. */
  readonly away: Map<number, { readonly domain: number; readonly isCatchingUp: boolean }>;
  /** Instances that the start time-out has gone past. */
  readonly passed: Set<number>;
}

/** Hears of what happens in walks, before the account takes it in. */
interface WalkRules {
  /** A domain's turn begins. */
  turns?(walk: Walk, domain: number): void;
  /** An instance stops because its domain has its turn. */
  stops?(walk: Walk, instance: number): void;
}

/**
 * The walks in progress, from facts: a domain's turn is told, and whoever stops for it has that fact as its cause. One that was skipped and stops
 * when it returns has the operation's own fact.
 */
export class Walks {
  /** The facts that it needs. */
  static readonly listensTo: readonly FactKind[] = [
    FactKind.operationStarted,
    FactKind.operationFinished,
    FactKind.operationReplaced,
    FactKind.upgradeDomainStarted,
    FactKind.instanceChanged,
  ];
  private readonly platform: Platform;
  private readonly rules: WalkRules;
  private readonly walks: Walk[] = [];
  private readonly state = new NumberById(-1);
  /** By instance, the program that crashed last. */
  private readonly crashedOn = new NumberById(-1);

  /** Begins before the first operation. */
  constructor(platform: Platform, rules: WalkRules) {
    this.platform = platform;
    this.rules = rules;
  }

  /** Takes in one of the facts that it needs. */
  observe({ at, cause, id, kind, subject, value }: Readonly<ToldFact>): void {
    if (kind === FactKind.instanceChanged) this.change(subject, value, cause);
    else if (kind === FactKind.upgradeDomainStarted) {
      const walk = this.walkOf(subject);
      if (at >= walk.timesOutAt) this.goPast(walk);
      this.rules.turns?.(walk, value);
      walk.domains.push(value);
      walk.turn = id;
      walk.timesOutAt = at + this.platform.design.fabric.startTimeout;
    } else if (kind !== FactKind.operationStarted) {
      const place = this.walks.findIndex(({ operation }) => operation === subject);
      if (place >= 0) this.walks.splice(place, 1);
    }
  }

  /** The start time-out goes past whoever is still away, but not past those that crash on the version that they are to start again. */
  private goPast({ away, passed }: Walk): void {
    const { program } = this.platform.world.instances;
    for (const instance of away.keys()) {
      const crashes = this.state.get(instance) === InstanceState.recycling && this.crashedOn.get(instance) === program[instance];
      if (!crashes) passed.add(instance);
    }
  }

  private walkOf(operation: number): Walk {
    const found = this.walks.find((walk) => walk.operation === operation);
    if (found !== undefined) return found;
    const walk: Walk = { operation, domains: [], turn: -1, timesOutAt: never, away: new Map(), passed: new Set() };
    this.walks.push(walk);
    return walk;
  }

  private change(instance: number, to: number, cause: number): void {
    const before = this.state.get(instance);
    const wasReady = before === InstanceState.ready || before === InstanceState.webDown;
    this.state.set(instance, to);
    const { program, upgradeDomain } = this.platform.world.instances;
    if (to === InstanceState.recycling) this.crashedOn.set(instance, program[instance]);
    for (const walk of this.walks) {
      if (to === InstanceState.ready || to === InstanceState.deleted || to === InstanceState.stopped) walk.away.delete(instance);
      else if (wasReady && cause === walk.turn) {
        this.rules.stops?.(walk, instance);
        walk.away.set(instance, { domain: upgradeDomain[instance], isCatchingUp: false });
      } else if (wasReady && cause === this.platform.world.operations[walk.operation].fact)
        walk.away.set(instance, { domain: upgradeDomain[instance], isCatchingUp: true });
    }
  }
}
