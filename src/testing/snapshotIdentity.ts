import type { Run } from "../experiment/live.ts";
import { restore, start } from "../experiment/start.ts";
import { BrokenInvariant, type Invariant } from "../invariants/invariant.ts";
import type { Platform } from "../model/world.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import { thrownAt } from "./thrown.ts";

const identity: Invariant = {
  id: "M2",
  name: "snapshot-identity",
  statement: "A run that is saved at some event, restored and run on ends with the fingerprint of the run that nobody stopped.",
  watch: () => ({}),
};

/** Saves a run after so many events, restores it, and compares its end; `look` sees the platform as it is saved. Throws BrokenInvariant. */
export function checkSnapshot(valid: ValidScenario, seed: number, events: number, fingerprint: string, look: (at: Platform) => void): void {
  const run = start(valid, { seed });
  while (run.events < events && run.step());
  look(run.platform);
  const end = restoredEnd(valid, run);
  if (end !== fingerprint) throw new BrokenInvariant(identity, `restored here it ends with ${end}, not with ${fingerprint}`, run.platform);
}

/** The run that nobody stopped has come to its end: what throws now was not saved or restored as it should be. */
function restoredEnd(valid: ValidScenario, run: Run): string {
  try {
    return restore(valid, run.snapshot()).finish().summary.fingerprint;
  } catch (error) {
    throw thrownAt(run.platform, error, identity.name);
  }
}
