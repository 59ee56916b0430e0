import { version } from "../version.ts";
import type { Course, CourseState } from "./course.ts";
import type { Runnable } from "./run.ts";

/**
 * A run between two of its events, as plain data: it can be cloned, posted to a worker, and restored any number of times. It is as large as the
 * world and the facts that are kept. A store of snapshots must keep the identity of objects, as `structuredClone` does.
 */
export interface Snapshot {
  readonly format: typeof snapshotFormat;
  /** The version of Nines that took it; another one may simulate differently, and does not restore it. */
  readonly version: string;
  /** The hash of the scenario: of everything that decides what happens, the seed left out. */
  readonly hash: string;
  readonly seed: number;
  /** Which of the independent runs of the seed, from 0. */
  readonly replication: number;
  /** Whether the facts of requests and messages are kept too. */
  readonly everyFact: boolean;
  /** The instant in microseconds. */
  readonly at: number;
  /** How many events had happened. */
  readonly events: number;
  /** 16 hex digits over those events. */
  readonly fingerprint: string;
  /** What was being replayed; policies of the user's own are code, and are given again. */
  readonly scenario: Omit<Runnable, "policies">;
  readonly state: CourseState;
}

/** The form of snapshots that this version makes and reads. */
export const snapshotFormat = 1;

/** A snapshot cannot be restored as it was asked for, or a branch cannot go on with what was asked of it. */
export class SnapshotRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SnapshotRefused";
  }
}

/** What a run is besides its state: which scenario, and which of its runs. */
export interface RunIdentity {
  readonly scenario: Runnable;
  readonly hash: string;
  readonly replication: number;
  readonly everyFact: boolean;
}

/** Takes a snapshot of a course; nothing of it changes by that. */
export function takeSnapshot(course: Course, { everyFact, hash, replication, scenario }: RunIdentity): Snapshot {
  if (course.isOver) throw new SnapshotRefused("the run is over: a snapshot is taken before finish() or stop()");
  const { calendar } = course.platform;
  const { policies: _, ...plain } = scenario;
  return {
    format: snapshotFormat,
    version,
    hash,
    seed: scenario.seed,
    replication,
    everyFact,
    at: calendar.now,
    events: calendar.processed,
    fingerprint: calendar.fingerprintHex(),
    scenario: plain,
    state: course.save(),
  };
}

/** Throws SnapshotRefused for a snapshot that this version cannot read. */
export function checkSnapshot(snapshot: Snapshot): void {
  if (snapshot.format !== snapshotFormat)
    throw new SnapshotRefused(
      `a snapshot of format ${String(snapshot.format)} cannot be read: this version reads format ${snapshotFormat}`,
    );
  if (snapshot.version !== version)
    throw new SnapshotRefused(
      `the snapshot was taken by Nines ${snapshot.version}, and this is Nines ${version}, which may simulate differently`,
    );
}
