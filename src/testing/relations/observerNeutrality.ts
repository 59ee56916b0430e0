import { invariants } from "../../invariants/index.ts";
import type { Invariant } from "../../invariants/invariant.ts";
import { FactKind } from "../../model/facts.ts";
import { expectSame, expectSameFigures } from "./outcome.ts";
import { BrokenRelation, type Relation } from "./relation.ts";

/** Listens to everything, and says nothing. */
const listener: Invariant = {
  id: "U1",
  name: "listener",
  statement: "Whatever is told is heard.",
  watch: () => ({ listensTo: Object.values(FactKind), observe: () => {}, afterEvent: () => {} }),
};

/** M7. */
export const observerNeutrality: Relation = {
  id: "M7",
  name: "observer-neutrality",
  statement:
    "What is kept of the facts, who listens to them and which invariants are watched changes neither the fingerprint nor a figure of a run.",
  exactness: "exact",
  applies: () => true,
  check({ design, seed }, { replay }) {
    const all = replay("the run that keeps every fact", design, seed);
    for (const keep of ["control", "none"] as const) {
      const other = replay(`the run that keeps ${keep === "none" ? "no fact" : "the facts of the control plane"}`, design, seed, { keep });
      if (other.fingerprint !== all.fingerprint) {
        const difference = `fingerprint ${all.fingerprint}, and ${other.fingerprint}`;
        throw new BrokenRelation(observerNeutrality, { runs: [all.name, other.name] }, difference);
      }
      expectSameFigures(observerNeutrality, all, other);
    }
    const checks = { invariants: [...invariants, listener], lookEvery: 97 };
    expectSame(observerNeutrality, all, replay("the run that is watched", design, seed, { checks }));
  },
};
