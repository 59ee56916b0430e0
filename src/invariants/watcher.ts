import type { Measured } from "../metrics/summarise.ts";
import { FactKind, factKindNames } from "../model/facts.ts";
import type { Observer, ToldFact } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import { BrokenInvariant, type Invariant, type Monitor, type WatchedRun } from "./invariant.ts";
import { type HearsMove, Moves } from "./moves.ts";
import { type AfterEvent, afterEventAll, type Hears, tellAll } from "./seats.ts";

/** Which invariants are watched in a run, and how often their scans look through the world. */
export interface Checks {
  readonly invariants: readonly Invariant[];
  /** A scan after every so many events, from 1 on; absent: the larger the world, the more seldom, so that scans cost little beside the run. */
  readonly lookEvery?: number;
}

/** Events between scans that look at little, and events for each record that they look at. */
const [fewestEvents, eventsARecord] = [1000, 20];

/** Lets the monitors of some invariants watch one run. */
export class Watcher {
  private readonly platform: Platform;
  private readonly everyEvent: AfterEvent[] = [];
  /** What is to be called after this event because something was told in it. */
  private readonly told: Told[] = [];
  private readonly scans: Monitor[] = [];
  private readonly monitors: readonly Monitor[];
  private readonly lookEvery: number | undefined;
  private untilLook: number;
  /** By kind of fact, who is told of it: accounts, then monitors. */
  private readonly observers: readonly Hears[][] = factKindNames.map(() => []);
  private readonly accounts = new Map<unknown, Observer>();
  private readonly moves: Moves;

  /** Begins before the run does: after its metrics, so that a monitor may read what they have counted. */
  constructor({ invariants, lookEvery }: Checks, platform: Platform, measured: Measured, replication: number) {
    this.platform = platform;
    this.lookEvery = lookEvery;
    this.untilLook = lookEvery ?? fewestEvents;
    this.moves = this.share(Moves);
    const account: WatchedRun["account"] = (kind) => this.share(kind);
    this.monitors = invariants.map((invariant) => {
      const broken = (message: string): never => {
        throw new BrokenInvariant(invariant, message, platform, replication);
      };
      return invariant.watch({ platform, measured, account, broken });
    });
    for (const account of this.accounts.values()) if (account !== this.moves) this.listen(account.listensTo, account);
    for (const monitor of this.monitors) this.add(monitor);
    platform.trace.watch({
      listensTo: Object.values(FactKind).filter((kind) => this.observers[kind].length > 0),
      observe: (fact) => {
        if (fact.kind === FactKind.instanceChanged) this.moves.observe(fact);
        else tellAll(this.observers[fact.kind], fact);
      },
    });
  }

  /** What is due after an event. */
  afterEvent(): void {
    afterEventAll(this.everyEvent);
    while (this.told.length > 0) this.told.pop()?.afterTold();
    if (--this.untilLook === 0) {
      this.untilLook = this.lookEvery ?? usualDistance(this.platform);
      this.look();
    }
  }

  /** The run has reached its horizon. */
  atHorizon(): void {
    this.look();
    for (const monitor of this.monitors) monitor.atHorizon?.();
  }

  /** The run is over, and its figures are final. */
  atEnd(): void {
    this.look();
    for (const monitor of this.monitors) monitor.atEnd?.();
  }

  private share<T extends Observer>(kind: new (platform: Platform) => T): T {
    const known = this.accounts.get(kind);
    if (known instanceof kind) return known;
    const account = new kind(this.platform);
    this.accounts.set(kind, account);
    return account;
  }

  private add(monitor: Monitor): void {
    if (isAfterEvent(monitor)) this.everyEvent.push(monitor);
    if (monitor.look !== undefined) this.scans.push(monitor);
    if (!isObserver(monitor)) return;
    const hearsMove: HearsMove | undefined =
      monitor.hearsMove === undefined ? undefined : (from, to) => monitor.hearsMove?.(from, to) ?? true;
    this.listen(monitor.listensTo, monitor.afterTold === undefined ? monitor : new Told(monitor, this.told), hearsMove);
  }

  private listen(kinds: readonly FactKind[], observer: Hears, hearsMove?: HearsMove): void {
    for (const kind of kinds) this.observers[kind].push(observer);
    if (kinds.includes(FactKind.instanceChanged)) this.moves.add(observer, hearsMove);
  }

  private look(): void {
    for (const monitor of this.scans) monitor.look?.();
  }
}

/** A monitor that is called after each event in which it was told something. */
class Told {
  private readonly monitor: Monitor & Observer;
  private readonly due: Told[];
  private isDue = false;

  constructor(monitor: Monitor & Observer, due: Told[]) {
    this.monitor = monitor;
    this.due = due;
  }

  observe(fact: Readonly<ToldFact>): void {
    this.monitor.observe(fact);
    if (this.isDue) return;
    this.isDue = true;
    this.due.push(this);
  }

  afterTold(): void {
    this.isDue = false;
    this.monitor.afterTold?.();
  }
}

function isAfterEvent(monitor: Monitor): monitor is Monitor & AfterEvent {
  return monitor.afterEvent !== undefined;
}

function isObserver(monitor: Monitor): monitor is Monitor & Observer {
  return monitor.listensTo !== undefined && monitor.observe !== undefined;
}

/** Scans cost as much as there are records: so many events go by from one to the next that a run costs more. */
function usualDistance({ world }: Platform): number {
  const { backends, hosts, instances, messages, requests } = world;
  return Math.max(fewestEvents, eventsARecord * (backends.count + hosts.count + instances.count + messages.count + requests.count));
}
