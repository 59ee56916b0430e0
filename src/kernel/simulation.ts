import type { Calendar } from "./calendar.ts";
import { InvariantError } from "./invariant.ts";
import type { Micros } from "./time.ts";

/** Reacts to one event. `target` is an entity id; what `arg` means, the kind says. */
export type Handler<C> = (context: C, target: number, arg: number) => void;

/** The run loop: takes the next event from the calendar and calls the handler of its kind. */
export class Simulation<C> {
  private readonly calendar: Calendar;
  private readonly handlers: readonly Handler<C>[];
  private readonly context: C;

  /** Joins a calendar to the handlers of its event kinds; `handlers[kind]` is called with `context`. */
  constructor(calendar: Calendar, handlers: readonly Handler<C>[], context: C) {
    this.calendar = calendar;
    this.handlers = handlers;
    this.context = context;
  }

  /** Processes the next event; false when there is none. */
  step(): boolean {
    const { calendar } = this;
    if (!calendar.pop()) return false;
    try {
      this.handlers[calendar.kind](this.context, calendar.target, calendar.arg);
    } catch (error) {
      throw this.located(error);
    }
    return true;
  }

  /** Processes every event up to the instant `at`, those at exactly `at` included, and leaves the clock there. */
  runUntil(at: Micros): void {
    const { calendar, handlers, context } = this;
    try {
      while (calendar.popUntil(at)) handlers[calendar.kind](context, calendar.target, calendar.arg);
    } catch (error) {
      throw this.located(error);
    }
    calendar.advanceTo(at);
  }

  /** As `runUntil`, and lets somebody look after each event. */
  runWatched(at: Micros, watcher: { afterEvent(): void }): void {
    const { calendar, handlers, context } = this;
    try {
      while (calendar.popUntil(at)) {
        handlers[calendar.kind](context, calendar.target, calendar.arg);
        watcher.afterEvent();
      }
    } catch (error) {
      throw this.located(error);
    }
    calendar.advanceTo(at);
  }

  /** Notes on an InvariantError when and where it happened; a nested one keeps its own note. */
  private located(error: unknown): unknown {
    if (!(error instanceof InvariantError) || error.at !== undefined) return error;
    const { now, kind, target, arg } = this.calendar;
    error.at = now;
    error.event = `event kind ${kind}, target ${target}, arg ${arg}`;
    error.fingerprint = this.calendar.fingerprintHex();
    return error;
  }
}
