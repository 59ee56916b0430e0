import { start } from "../../experiment/start.ts";
import { BrokenInvariant } from "../../invariants/invariant.ts";
import type { ValidScenario } from "../../scenario/validate.ts";
import type { BrokenRelation } from "./relation.ts";

/** A relation that does not hold, told as an invariant that broke at the end of the plain run: its instant, events and fingerprint say which run. */
export function asInvariant(valid: ValidScenario, { found, invariant: id, statement, title: name }: BrokenRelation): BrokenInvariant {
  const run = start({ ...valid, expectations: [] }, { seed: valid.seed });
  run.finish();
  const broken = new BrokenInvariant({ id, name, statement, watch: () => ({}) }, found, run.platform);
  broken.seed = String(valid.seed);
  return broken;
}
