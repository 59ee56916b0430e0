import { mergeMeasured } from "../../experiment/merge.ts";
import { runScenario } from "../../experiment/run.ts";
import { figuresOf } from "../../metrics/summarise.ts";
import type { Design } from "../../model/design.ts";
import { firstDifference } from "./difference.ts";
import type { Outcome } from "./outcome.ts";
import { BrokenRelation, type Relation, type Tools } from "./relation.ts";

/** Orders in which four replications may come back. */
const orders = [
  [3, 2, 1, 0],
  [1, 3, 0, 2],
  [2, 0, 3, 1],
];

/** M15. */
export const parallelMerge: Relation = {
  id: "M15",
  name: "parallel-merge",
  statement:
    "Four replications that come back in any order, and are merged in the order of their numbers, give the figures of four that were replayed one after another. (The orders are simulated in one thread.)",
  exactness: "exact",
  applies: () => true,
  check({ design, seed }, tools) {
    const runs = orders[0]?.length ?? 0;
    const { summary } = runScenario({ name: "", summary: "", seed, runs, design, expectations: [] });
    for (const order of orders) {
      const merged = mergedFigures(design, seed, order, tools);
      for (const [key, figures] of Object.entries(merged)) {
        const found = firstDifference(summary[key as keyof typeof merged], figures, key);
        if (found === undefined) continue;
        const runsOf = ["the replications one after another", `the replications in the order ${order.join(", ")}`] as const;
        throw new BrokenRelation(parallelMerge, { runs: runsOf }, `${found.path} is ${found.first}, and ${found.second}`);
      }
    }
  },
};

function mergedFigures(design: Design, seed: number, order: readonly number[], { replay }: Tools) {
  const back: Outcome[] = [];
  for (const replication of order) {
    back[replication] = replay(`replication ${replication}`, design, seed, { replication, keep: "none" });
  }
  const [first, ...others] = back;
  if (first === undefined) throw new RangeError("no replication came back");
  for (const { replayed } of others) mergeMeasured(first.replayed.measured, replayed.measured);
  return figuresOf(first.replayed.measured, first.replayed.platform);
}
