import type { Simulation } from "../kernel/simulation.ts";
import type { Micros } from "../kernel/time.ts";
import type { Measured } from "../metrics/summarise.ts";
import type { Platform } from "../model/world.ts";
import { BrokenInvariant, type Invariant, type Monitor } from "./invariant.ts";

/** Which invariants are watched in a run, and how often their scans look through the world. */
export interface Checks {
  readonly invariants: readonly Invariant[];
  /** A scan after every so many events, from 1 on; scans cost as much as the world is large. */
  readonly lookEvery: number;
}

/** How often scans look unless somebody says otherwise: so seldom that they cost little beside the run. */
export const usualLookEvery = 1000;

/** Lets the monitors of some invariants watch one run. */
export class Watcher {
  private readonly platform: Platform;
  private readonly everyEvent: Monitor[] = [];
  private readonly scans: Monitor[] = [];
  private readonly monitors: readonly Monitor[];
  private readonly lookEvery: number;
  private untilLook: number;

  /** Begins before the run does: after its metrics, so that a monitor may read what they have counted. */
  constructor({ invariants, lookEvery }: Checks, platform: Platform, measured: Measured, replication: number) {
    this.platform = platform;
    this.lookEvery = lookEvery;
    this.untilLook = lookEvery;
    this.monitors = invariants.map((invariant) => {
      const broken = (message: string): never => {
        throw new BrokenInvariant(invariant, message, platform, replication);
      };
      return invariant.watch({ platform, measured, broken });
    });
    for (const monitor of this.monitors) {
      if (monitor.afterEvent !== undefined) this.everyEvent.push(monitor);
      if (monitor.look !== undefined) this.scans.push(monitor);
      const { listensTo, observe } = monitor;
      if (listensTo !== undefined && observe !== undefined)
        platform.trace.watch({ listensTo, observe: (fact) => observe.call(monitor, fact) });
    }
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
    for (const monitor of this.everyEvent) monitor.afterEvent?.();
    if (--this.untilLook === 0) {
      this.untilLook = this.lookEvery;
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

  private look(): void {
    for (const monitor of this.scans) monitor.look?.();
  }
}
