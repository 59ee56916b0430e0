import { chunking } from "./chunking.ts";
import { horizonPrefix } from "./horizonPrefix.ts";
import { observerNeutrality } from "./observerNeutrality.ts";
import { parallelMerge } from "./parallelMerge.ts";
import type { Relation } from "./relation.ts";
import { replayIdentity } from "./replayIdentity.ts";
import { scenarioOrder } from "./scenarioOrder.ts";

/** What holds between runs, in the order of its ids: one line each. */
export const relations: readonly Relation[] = [replayIdentity, chunking, observerNeutrality, scenarioOrder, horizonPrefix, parallelMerge];
