import { restore, start } from "../experiment/start.ts";
import { BrokenInvariant, type Invariant } from "../invariants/invariant.ts";
import type { Platform } from "../model/world.ts";
import type { ValidScenario } from "../scenario/validate.ts";

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
  const end = restore(valid, run.snapshot()).finish().summary.fingerprint;
  if (end !== fingerprint) throw new BrokenInvariant(identity, `restored here it ends with ${end}, not with ${fingerprint}`, run.platform);
}
