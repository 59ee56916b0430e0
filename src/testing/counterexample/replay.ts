import { invariants as catalogue } from "../../invariants/index.ts";
import { BrokenInvariant, type Invariant } from "../../invariants/invariant.ts";
import type { ValidScenario } from "../../scenario/validate.ts";
import { check } from "../check.ts";
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
 * Replays a counterexample and watches the invariant that it names, every one of the catalogue when it names none; `own` are those of the user,
 * and what the scenario says must always hold is watched too. Throws UnknownInvariant when it is neither here nor there.
 */
export function replayCounterexample(valid: ValidScenario, finding: Finding | undefined, own: readonly Invariant[] = []): ReplayOutcome {
  const invariants = finding === undefined ? [...catalogue, ...own] : namedIn(finding, valid, own);
  const replayTwice = finding === undefined || finding.invariant === "M1";
  const lookEvery = finding?.lookEvery === undefined ? {} : { lookEvery: finding.lookEvery };
  const snapshot = finding?.invariant === "M2" ? { snapshotAt: finding.events } : {};
  try {
    check(valid, { ...lookEvery, ...snapshot, invariants, replayTwice });
    return { error: undefined, isSame: false };
  } catch (error) {
    if (!(error instanceof BrokenInvariant)) throw error;
    return { error, isSame: finding !== undefined && isSameFinding(findingOf(error, finding.lookEvery), finding) };
  }
}

function namedIn(finding: Finding, { always }: ValidScenario, own: readonly Invariant[]): readonly Invariant[] {
  const { invariant, name } = finding;
  // replayed twice, saved and restored, and said by the scenario itself: both are watched anyway
  if (invariant === "M1" || invariant === "M2" || always.some(({ text }) => text === name)) return [];
  const found = [...catalogue, ...own].find((known) => known.id === invariant && known.name === name);
  if (found === undefined) throw new UnknownInvariant(finding);
  return [found];
}
