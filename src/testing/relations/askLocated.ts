import { start } from "../../experiment/start.ts";
import type { BrokenInvariant } from "../../invariants/invariant.ts";
import type { ValidScenario } from "../../scenario/validate.ts";
import { thrownAt } from "../thrown.ts";
import { asInvariant } from "./asInvariant.ts";
import { ask, type CheckedRelation } from "./checkRelations.ts";
import { BrokenRelation, type Relation, type Subject, type Tools } from "./relation.ts";

/**
 * Asks one relation of a scenario whose own run comes to its end; `valid` is that scenario. Throws BrokenInvariant, at the end of that run, for a
 * difference and for whatever one of the other runs throws.
 */
export function askLocated(relation: Relation, subject: Subject, tools: Tools, valid: ValidScenario): CheckedRelation {
  try {
    return ask(relation, subject, tools);
  } catch (error) {
    throw error instanceof BrokenRelation ? asInvariant(valid, error) : thrownBetween(valid, relation, error);
  }
}

function thrownBetween(valid: ValidScenario, { name }: Relation, error: unknown): BrokenInvariant {
  const run = start({ ...valid, expectations: [] }, { seed: valid.seed });
  run.finish();
  return Object.assign(thrownAt(run.platform, error, name), { seed: String(valid.seed) });
}
