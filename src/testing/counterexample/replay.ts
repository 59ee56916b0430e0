import { invariants as catalogue } from "../../invariants/index.ts";
import { BrokenInvariant, type Invariant } from "../../invariants/invariant.ts";
import type { ValidScenario } from "../../scenario/validate.ts";
import { check } from "../check.ts";
import { askLocated } from "../relations/askLocated.ts";
import { relations } from "../relations/index.ts";
import { toolsFor } from "../relations/outcome.ts";
import type { Subject } from "../relations/relation.ts";
import { thrownId } from "../thrown.ts";
import { type Finding, findingOf, isSameFinding } from "./counterexample.ts";

/** A counterexample names an invariant of the user's own that was not brought along. */
export class UnknownInvariant extends Error {
  /** Says which. */
  constructor({ name }: Finding) {
    super(`the invariant "${name}" is neither of the catalogue nor in the scenario`);
    this.name = "UnknownInvariant";
  }
}

/** How a counterexample ended this time. */
export interface ReplayOutcome {
  /** What broke; undefined when nothing does any more. */
  readonly error: BrokenInvariant | undefined;
  /** Whether that is what is written in the counterexample: the same invariant, instant, event and fingerprint. */
  readonly isSame: boolean;
}

/**
 * Replays a counterexample and watches the invariant that it names, every one there is when it names none or when something threw; `own` are those
 * of the user, and what the scenario says must always hold is watched too. A relation is asked of `subject`, the scenario as it was declared. Throws
 * UnknownInvariant when what is named is nowhere.
 */
export function replayCounterexample(
  valid: ValidScenario,
  finding: Finding | undefined,
  own: readonly Invariant[] = [],
  subject: Subject = valid,
): ReplayOutcome {
  const relation = relations.find(({ id, name }) => [id, thrownId].includes(finding?.invariant ?? "") && name === finding?.name);
  const watchesAll = finding === undefined || finding.invariant === thrownId;
  const invariants = watchesAll ? [...catalogue, ...own] : relation === undefined ? namedIn(finding, valid, own) : [];
  const replayTwice = finding === undefined || finding.invariant === "M1";
  const lookEvery = finding?.lookEvery === undefined ? {} : { lookEvery: finding.lookEvery };
  const snapshot = finding?.invariant === "M2" || finding?.name === "snapshot-identity" ? { snapshotAt: finding.events } : {};
  try {
    check(valid, { ...lookEvery, ...snapshot, invariants, replayTwice });
    if (relation !== undefined) askLocated(relation, subject, toolsFor(valid.policies), valid);
    return { error: undefined, isSame: false };
  } catch (error) {
    if (!(error instanceof BrokenInvariant)) throw error;
    return { error, isSame: finding !== undefined && isSameFinding(findingOf(error, finding.lookEvery), finding) };
  }
}

function namedIn(finding: Finding, { always }: ValidScenario, own: readonly Invariant[]): readonly Invariant[] {
  const { invariant, name } = finding;
  // what the scenario itself says is watched anyway
  if (always.some(({ text }) => text === name)) return [];
  const found = [...catalogue, ...own].find((known) => known.id === invariant && known.name === name);
  if (found === undefined) throw new UnknownInvariant(finding);
  return [found];
}
