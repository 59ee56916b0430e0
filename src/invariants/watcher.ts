import type { Simulation } from "../kernel/simulation.ts";
import type { Micros } from "../kernel/time.ts";
import type { Measured } from "../metrics/summarise.ts";
import type { Platform } from "../model/world.ts";
import { BrokenInvariant, type Invariant, type Monitor } from "./invariant.ts";

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
  private readonly everyEvent: (() => void)[] = [];
  /** What is to be called after this event because something was told in it. */
  private readonly told: (() => void)[] = [];
  private readonly scans: Monitor[] = [];
  private readonly monitors: readonly Monitor[];
  private readonly lookEvery: number | undefined;
  private untilLook: number;

  /** Begins before the run does: after its metrics, so that a monitor may read what they have counted. */
  constructor({ invariants, lookEvery }: Checks, platform: Platform, measured: Measured, replication: number) {
    this.platform = platform;
    this.lookEvery = lookEvery;
    this.untilLook = lookEvery ?? fewestEvents;
    this.monitors = invariants.map((invariant) => {
      const broken = (message: string): never => {
        throw new BrokenInvariant(invariant, message, platform, replication);
      };
      return invariant.watch({ platform, measured, broken });
    });
    for (const monitor of this.monitors) this.add(monitor);
  }

  /** Processes every event up to an instant, as the simulation does by itself, and looks after each. */
  runUntil(simulation: Simulation<Platform>, at: Micros): void {
    const { calendar } = this.platform;
    while (calendar.peek() <= at) {
      simulation.step();
      this.afterEvent();
    }
    calendar.advanceTo(at);
  }

  /** What is due after an event. */
  afterEvent(): void {
    for (let i = 0; i < this.everyEvent.length; i++) this.everyEvent[i]();
    while (this.told.length > 0) this.told.pop()?.();
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

  private add(monitor: Monitor): void {
    const { afterEvent, afterTold, listensTo, look, observe } = monitor;
    if (afterEvent !== undefined) this.everyEvent.push(afterEvent.bind(monitor));
    if (look !== undefined) this.scans.push(monitor);
    if (listensTo === undefined || observe === undefined) return;
    const hear = observe.bind(monitor);
    const then = afterTold?.bind(monitor);
    if (then === undefined) {
      this.platform.trace.watch({ listensTo, observe: hear });
      return;
    }
    this.platform.trace.watch({
      listensTo,
      observe: (fact) => {
        hear(fact);
        if (!this.told.includes(then)) this.told.push(then);
      },
    });
  }

  private look(): void {
    for (const monitor of this.scans) monitor.look?.();
  }
}

/** Scans cost as much as there are records: so many events go by from one to the next that a run costs more. */
function usualDistance({ world }: Platform): number {
  const { backends, hosts, instances, messages, requests } = world;
  return Math.max(fewestEvents, eventsARecord * (backends.count + hosts.count + instances.count + messages.count + requests.count));
}
