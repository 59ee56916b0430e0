import { InvariantError } from "../kernel/invariant.ts";
import type { Measured } from "../metrics/summarise.ts";
import type { Observer } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";

/**
 * A statement about every run of every scenario, watched while it runs.
 *
 * One file each; its statement is its documentation, and what `nines run --check`, the testing kit and the generated page show.
 */
export interface Invariant {
  /** Its place in the catalogue, such as "S1": S holds at every event, T in time, M between runs. */
  readonly id: string;
  /** Its name in words joined by hyphens, such as "request-conservation". */
  readonly name: string;
  /** What must hold, exactly, with its exceptions. */
  readonly statement: string;
  /** Begins to watch a run that has not begun. */
  watch(run: WatchedRun): Monitor;
}

/** What a monitor may look at, and how it says that its invariant is broken. */
export interface WatchedRun {
  readonly platform: Platform;
  readonly measured: Measured;
  /** The account of a class that all monitors of the run share: made for the first that asks, and told of every fact before any monitor is. */
  account<T extends Observer>(kind: new (platform: Platform) => T): T;
  /** Ends the run with a BrokenInvariant that says what was found in place of what. */
  broken(message: string): never;
}

/** Watches one run for one invariant. Facts and events cost the same however large the world is; scans of the world belong into `look`. */
export interface Monitor extends Partial<Observer> {
  /**
   * Of the facts that an instance changes, which it is told of: whether of those where one goes from a state (-1: it is new) to another. Asked
   * once for each two states, before the run; absent: of all. Most that happens to instances concerns few monitors.
   */
  hearsMove?(from: number, to: number): boolean;
  /** After every event. */
  afterEvent?(): void;
  /** After an event in which it was told of a fact: much cheaper than after every event, for facts that are few. */
  afterTold?(): void;
  /** Looks through the world: after every so many events, at the horizon and at the end. */
  look?(): void;
  /** At the horizon, before anything that is still open is settled. */
  atHorizon?(): void;
  /** After the run, when all figures are final. */
  atEnd?(): void;
}

/** Whether an id is one that the catalogue keeps to itself: S, T or M and a number. */
export function isOfCatalogue(id: string): boolean {
  return /^[STM]\d+$/.test(id);
}

/** An invariant of the catalogue, or of the user's own, does not hold in a run. */
export class BrokenInvariant extends InvariantError {
  /** Id of the invariant. */
  readonly invariant: string;
  /** Its name in words. */
  readonly title: string;
  /** What was found in place of what it states. */
  readonly found: string;
  /** Its statement. */
  readonly statement: string;
  /** How many events had happened, the one at which it broke included. */
  readonly events: number;
  /** The run in which it broke, of several of one scenario; from 1. */
  readonly run: number;

  /** Makes the error of an invariant that broke at the event that a calendar has taken last. */
  constructor({ id, name, statement }: Invariant, message: string, { calendar }: Platform, replication = 0) {
    super(`${id} ${name}: ${message}`);
    this.invariant = id;
    this.title = name;
    this.found = message;
    this.statement = statement;
    this.events = calendar.processed;
    this.run = replication + 1;
    this.at = calendar.now;
    this.event = `event kind ${calendar.kind}, target ${calendar.target}, arg ${calendar.arg}`;
    this.fingerprint = calendar.fingerprintHex();
  }
}
