import { chunking } from "./chunking.ts";
import { faultFree } from "./faultFree.ts";
import { horizonPrefix } from "./horizonPrefix.ts";
import { idleOperations } from "./idleOperations.ts";
import { monotoneFailures } from "./monotoneFailures.ts";
import { moreServers } from "./moreServers.ts";
import { observerNeutrality } from "./observerNeutrality.ts";
import { parallelMerge } from "./parallelMerge.ts";
import { rateThinning } from "./rateThinning.ts";
import { relabelDomains } from "./relabelDomains.ts";
import type { Relation } from "./relation.ts";
import { replayIdentity } from "./replayIdentity.ts";
import { scenarioOrder } from "./scenarioOrder.ts";
import { snapshotIdentity } from "./snapshotIdentity.ts";
import { streamIndependence } from "./streamIndependence.ts";
import { timeScaling } from "./timeScaling.ts";

/** What holds between runs, in the order of its ids: one line each. */
export const relations: readonly Relation[] = [
  replayIdentity,
  snapshotIdentity,
  chunking,
  timeScaling,
  relabelDomains,
  streamIndependence,
  observerNeutrality,
  faultFree,
  monotoneFailures,
  moreServers,
  rateThinning,
  scenarioOrder,
  idleOperations,
  horizonPrefix,
  parallelMerge,
];
