import { type Checks, Watcher } from "../invariants/watcher.ts";
import { Simulation } from "../kernel/simulation.ts";
import { capture, restore, type State } from "../kernel/state.ts";
import { hour, type Micros } from "../kernel/time.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Measured } from "../metrics/summarise.ts";
import { unsettleRequests } from "../model/clients/unsettled.ts";
import type { Design } from "../model/design.ts";
import { handlers } from "../model/handlers.ts";
import { buildPlatform, joinPlatform, startPlatform } from "../model/platform.ts";
import type { Policy } from "../model/policies/own.ts";
import type { KeptFacts } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";
import { measuredOf } from "./measured.ts";

/** Time after the horizon in which open requests may still be settled (semantics 10). */
const grace = hour;

/** Stages of a run: before, within and after the measured time, after the horizon while requests are settled, over. */
const settling = 3;
const over = 4;

/** Everything there is to know of a replication between two events, as plain data. */
export interface CourseState {
  readonly stage: number;
  readonly settleUntil: Micros;
  readonly everything: State;
}

/** Which replication of a design a course is. */
export interface CourseOptions {
  readonly design: Design;
  readonly seed: number;
  readonly replication: number;
  /** Which facts its log will hold. */
  readonly keep: KeptFacts;
  /** Invariants to watch, which end it with a BrokenInvariant when one of them does not hold; only from the start on. */
  readonly checks?: Checks | undefined;
  /** The user's own, which the design names; what they keep to themselves is not saved. */
  readonly policies?: readonly Policy[] | undefined;
  /** How many faults and operations of the design a saved state knows, if there are more: the rest join at its instant. */
  readonly known?: { readonly faults: number; readonly operations: number } | undefined;
}

/**
 * One replication on its way. Every way to run one is this: in one go, in slices or step by step, and from a saved state on. None of them
 * changes anything in what happens or in what is measured.
 */
export class Course {
  readonly platform: Platform;
  readonly measured: Measured;
  private readonly metrics: readonly Metric[];
  private readonly simulation: Simulation<Platform>;
  private readonly watcher: Watcher | undefined;
  /** The instants at which the first stages end. */
  private readonly ends: readonly Micros[];
  private stage = 0;
  private settleUntil: Micros = 0;

  /** Begins a replication, or goes on where a state of the same design was saved. */
  constructor({ design, seed, replication, keep, checks, policies, known }: CourseOptions, state?: CourseState) {
    const platform = buildPlatform(design, seed, replication, keep, policies);
    this.platform = platform;
    this.measured = measuredOf(platform);
    this.metrics = Object.values(this.measured);
    for (const metric of this.metrics) {
      metric.begin(platform);
      platform.trace.watch(metric);
    }
    this.watcher = checks === undefined ? undefined : new Watcher(checks, platform, this.measured, replication);
    this.simulation = new Simulation(platform.calendar, handlers, platform);
    this.ends = [design.measure.from, design.measure.to, design.horizon];
    if (state !== undefined) {
      this.load(state);
      if (known !== undefined) joinPlatform(platform, known.faults, known.operations);
    } else {
      startPlatform(platform);
      while (this.ends[this.stage] <= 0) this.endStage();
    }
  }

  /** Whether its figures are final and nothing more can happen. */
  get isOver(): boolean {
    return this.stage === over;
  }

  /**
   * Processes every event up to an instant, those at exactly that instant included, and leaves the clock there. After the horizon only what
   * settles open requests happens, and the clock stays at the last event.
   */
  advanceTo(at: Micros): void {
    while (this.stage < settling && this.endsBefore(at)) {
      this.runUntil(this.ends[this.stage]);
      this.endStage();
    }
    if (this.stage < settling) this.runUntil(at);
    else this.settleTo(at);
  }

  /** Processes the next event; false when nothing more happens. */
  step(): boolean {
    const { calendar } = this.platform;
    while (this.stage < settling && calendar.peek() > this.ends[this.stage]) {
      calendar.advanceTo(this.ends[this.stage]);
      this.endStage();
    }
    if (this.stage >= settling && !this.isSettlingUntil(this.settleUntil)) return false;
    this.stepOnce();
    return true;
  }

  /** Ends the replication: where it stands if the horizon is not reached yet. Requests that are open may still be settled. */
  end(): void {
    if (this.isOver) return;
    if (this.stage < settling) this.close();
    this.settleTo(this.settleUntil);
    if (this.platform.world.requestsInFlight > 0) unsettleRequests(this.platform);
    for (const metric of this.metrics) metric.finish(this.platform);
    this.watcher?.atEnd();
    this.stage = over;
  }

  /** A copy of everything; nothing of the run changes by it. */
  save(): CourseState {
    return { stage: this.stage, settleUntil: this.settleUntil, everything: capture(this.everything(), this.outside()) };
  }

  private load({ everything, settleUntil, stage }: CourseState): void {
    restore(this.everything(), everything);
    this.stage = stage;
    this.settleUntil = settleUntil;
  }

  private everything() {
    const { calendar, streams, trace, world } = this.platform;
    return { calendar, streams, trace, world, measured: this.measured };
  }

  /** What metrics may hold on to and what does not change. */
  private outside(): ReadonlySet<object> {
    const { balancing, catalogue, design, policies, view } = this.platform;
    const sections = Object.values(design).filter((section) => typeof section === "object");
    return new Set<object>([this.platform, balancing, catalogue, design, policies, view, ...sections]);
  }

  /** Measured time begins and ends with its instants; the horizon stays open until time passes it, as a run may be ended or saved there. */
  private endsBefore(at: Micros): boolean {
    const end = this.ends[this.stage];
    return end < at || (end === at && this.stage < settling - 1);
  }

  private runUntil(at: Micros): void {
    if (this.watcher === undefined) this.simulation.runUntil(at);
    else this.simulation.runWatched(at, this.watcher);
  }

  private stepOnce(): void {
    this.simulation.step();
    this.watcher?.afterEvent();
  }

  private endStage(): void {
    if (this.stage === settling - 1) this.close();
    else {
      const hook = this.stage === 0 ? "atFrom" : "atTo";
      for (const metric of this.metrics) metric[hook]?.(this.platform);
      this.stage++;
    }
  }

  /** Nothing new arrives or breaks from now on. */
  private close(): void {
    const { calendar, world } = this.platform;
    for (const metric of this.metrics) metric.atHorizon?.(this.platform);
    this.watcher?.atHorizon();
    world.closed = true;
    this.settleUntil = calendar.now + grace;
    this.stage = settling;
  }

  /** What is open may finish. */
  private settleTo(at: Micros): void {
    const until = Math.min(at, this.settleUntil);
    while (this.isSettlingUntil(until)) this.stepOnce();
  }

  private isSettlingUntil(until: Micros): boolean {
    const { calendar, world } = this.platform;
    return world.requestsInFlight > 0 && calendar.peek() <= until;
  }
}
