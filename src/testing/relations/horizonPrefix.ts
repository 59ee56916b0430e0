import type { Design } from "../../model/design.ts";
import { expectSameFacts } from "./outcome.ts";
import type { Relation } from "./relation.ts";

/** M14. */
export const horizonPrefix: Relation = {
  id: "M14",
  name: "horizon-prefix",
  statement:
    "Up to an earlier horizon, a run that ends there tells the facts of the run that goes on: all facts before that instant, which are compared for half and for nine tenths of the horizon. (Nothing that is due at the horizon itself begins, so that instant is left out.)",
  exactness: "exact",
  applies: ({ design }) => (design.horizon < 4 ? "the horizon is a few microseconds" : true),
  check({ design, seed }, { replay }) {
    const whole = replay("the run to the horizon", design, seed);
    for (const [share, of] of [
      [1, 2],
      [9, 10],
    ] as const) {
      const horizon = Math.floor((design.horizon * share) / of);
      const part = replay(`the run to ${horizon / 1e6} s`, endingAt(design, horizon), seed);
      const before = (ats: Float64Array) => ats.findIndex((at) => at >= horizon);
      const counts = [whole, part].map(({ facts }) => (before(facts.at) < 0 ? facts.length : before(facts.at)));
      expectSameFacts(horizonPrefix, whole, part, Math.max(...counts));
    }
  },
};

function endingAt(design: Design, horizon: number): Design {
  const { from, to } = design.measure;
  const measure = { ...design.measure, from: from < horizon ? from : 0, to: Math.min(to, horizon) };
  return { ...design, horizon, measure };
}
