import { setImmediate } from "node:timers/promises";
import type { RunResult } from "../experiment/result.ts";
import { type Runnable, type RunOptions, runInSlices } from "../experiment/run.ts";
import { clock, peakMiB } from "./clock.ts";

/** How long signals and the terminal may wait for their turn, in seconds. */
const patience = 0.05;

/**
 * Replays a scenario and now and then lets the process hear signals and draw. `progress` is told how far the runs are, 0..1; once it answers
 * false the runs end there, with what there is.
 */
export async function runInTurns(scenario: Runnable, progress: (done: number) => boolean, options: RunOptions = {}): Promise<RunResult> {
  const slices = runInSlices(scenario, { clock, peakMiB, ...options });
  let turnAt = clock() + patience;
  let slice = slices.next();
  while (!slice.done) {
    if (clock() >= turnAt) {
      await setImmediate();
      turnAt = clock() + patience;
    }
    slice = slices.next(progress(slice.value));
  }
  return slice.value;
}
