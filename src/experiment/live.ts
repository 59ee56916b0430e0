import type { Measured } from "../metrics/summarise.ts";
import type { FactLog } from "../model/factLog.ts";
import type { Platform } from "../model/world.ts";
import type { Course } from "./course.ts";
import { replayedBy } from "./replay.ts";
import type { RunResult } from "./result.ts";
import { resultOf } from "./run.ts";
import { type RunIdentity, type Snapshot, takeSnapshot } from "./snapshot.ts";

/**
 * One run that can be stepped, looked at between two events, saved, and gone on with; `start`, `restore` and `branch` make one. However it is
 * driven, what happens and what is measured is the same.
 */
export class Run {
  private readonly course: Course;
  private readonly identity: RunIdentity;
  private outcome: RunResult | undefined;

  /** Use `start`, `restore` or `branch`. */
  constructor(course: Course, identity: RunIdentity) {
    this.course = course;
    this.identity = identity;
  }

  /** The instant it has reached, in microseconds. */
  get now(): number {
    return this.platform.calendar.now;
  }

  /** How many events have happened. */
  get events(): number {
    return this.platform.calendar.processed;
  }

  /** Rolling hash of those events: 16 hex digits. */
  get fingerprint(): string {
    return this.platform.calendar.fingerprintHex();
  }

  /** The instant in microseconds at which the scenario ends. */
  get horizon(): number {
    return this.platform.design.horizon;
  }

  /** Whether `finish` or `stop` was called: nothing more happens. */
  get isOver(): boolean {
    return this.course.isOver;
  }

  /** What is simulated, for looking at; whoever changes it has another run. */
  get platform(): Platform {
    return this.course.platform;
  }

  /** The metrics, for looking at; their figures are final when the run is over. */
  get measured(): Measured {
    return this.course.measured;
  }

  /** A copy of the facts kept so far. */
  facts(): FactLog {
    return this.platform.trace.log();
  }

  /**
   * Processes every event up to an instant in microseconds, those at exactly that instant included. After the horizon only what settles open
   * requests happens. Throws RangeError for an instant that has passed or is none.
   */
  advanceTo(at: number): void {
    if (!Number.isSafeInteger(at)) throw new RangeError(`an instant is a whole number of microseconds, not ${at}`);
    if (at < this.now) throw new RangeError(`the run is at ${this.now} us already and does not go back to ${at}: restore a snapshot`);
    this.course.advanceTo(at);
  }

  /** Processes the next event; false when nothing more happens. */
  step(): boolean {
    return this.course.step();
  }

  /** Everything there is to know about this instant, as plain data; the run is as before. Throws SnapshotRefused once it is over. */
  snapshot(): Snapshot {
    return takeSnapshot(this.course, this.identity);
  }

  /** Goes on to the end and returns what was measured. */
  finish(): RunResult {
    if (!this.isOver) this.course.advanceTo(Math.max(this.now, this.horizon));
    return this.stop();
  }

  /** Ends the run here, as if this were the horizon: nothing new arrives, what is open is settled; the figures are of the part that was run. */
  stop(): RunResult {
    if (this.outcome === undefined) {
      this.course.end();
      this.outcome = resultOf(this.identity.scenario, replayedBy(this.course));
    }
    return this.outcome;
  }
}
