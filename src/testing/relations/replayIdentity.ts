import { expectSame } from "./outcome.ts";
import type { Relation } from "./relation.ts";

/** M1. */
export const replayIdentity: Relation = {
  id: "M1",
  name: "replay-identity",
  statement:
    "Replayed twice, a scenario and a seed give the same facts, the same fingerprint and the same figures, bit by bit. (That other engines do so too is what the conformance program shows.)",
  exactness: "exact",
  applies: () => true,
  check({ design, seed }, { replay }) {
    expectSame(replayIdentity, replay("the first replay", design, seed), replay("the second replay", design, seed));
  },
};
