import { type Micros, never } from "../kernel/time.ts";
import type { Measured } from "../metrics/summarise.ts";
import type { Platform } from "../model/world.ts";
import { Course, type CourseOptions } from "./course.ts";

/** One replication, replayed to its end, or to where it was stopped. */
export interface Replayed {
  readonly platform: Platform;
  readonly measured: Measured;
  /** Of the whole run; of one that was to stop at an instant, as of that instant. */
  readonly fingerprint: string;
  readonly events: number;
  /** How much of the time up to the horizon was simulated. */
  readonly simulated: Micros;
}

/** The first slice is this part of the horizon, too little to take long. */
const firstSlice = 1 << 20;

/**
 * Replays one replication of a design to the horizon, or to the instant `until` if that comes first. After about every `eventsASlice` events it
 * yields the simulated instant reached; whoever drives it answers whether to go on. Slices are of simulated time, and grow and shrink with
 * how much happens in it.
 */
export function* replayInSlices(options: CourseOptions, eventsASlice: number, until: Micros = never): Generator<number, Replayed, boolean> {
  const course = new Course(options);
  const { platform, measured } = course;
  const { calendar } = platform;
  const { horizon } = options.design;
  const end = Math.min(horizon, until);
  let length = eventsASlice === Number.POSITIVE_INFINITY ? horizon : Math.max(1, Math.floor(horizon / firstSlice));
  let wanted = true;
  while (calendar.now < end && wanted) {
    const before = calendar.processed;
    course.advanceTo(Math.min(calendar.now + length, end));
    wanted = yield calendar.now;
    const events = calendar.processed - before;
    if (events < eventsASlice / 2) length *= 2;
    else if (events > eventsASlice) length = Math.max(1, Math.floor((length * eventsASlice) / events));
  }
  const at = { fingerprint: calendar.fingerprintHex(), events: calendar.processed, simulated: calendar.now };
  course.end();
  return until < horizon && wanted ? { platform, measured, ...at } : replayedBy(course);
}

/** What came of a course that is over. */
export function replayedBy({ measured, platform }: Course): Replayed {
  const { calendar, design } = platform;
  const simulated = Math.min(calendar.now, design.horizon);
  return { platform, measured, fingerprint: calendar.fingerprintHex(), events: calendar.processed, simulated };
}
