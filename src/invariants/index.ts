import type { Invariant } from "./invariant.ts";
import { availabilityAccounting } from "./safety/availabilityAccounting.ts";
import { durableStore } from "./safety/durableStore.ts";
import { ephemeralLoss } from "./safety/ephemeralLoss.ts";
import { latencySanity } from "./safety/latencySanity.ts";
import { leaseExclusion } from "./safety/leaseExclusion.ts";
import { littlesLaw } from "./safety/littlesLaw.ts";
import { metricsTraceAgreement } from "./safety/metricsTraceAgreement.ts";
import { monotoneClock } from "./safety/monotoneClock.ts";
import { noLeak } from "./safety/noLeak.ts";
import { noNan } from "./safety/noNan.ts";
import { queueAtLeastOnce } from "./safety/queueAtLeastOnce.ts";
import { queueVisibility } from "./safety/queueVisibility.ts";
import { requestConservation } from "./safety/requestConservation.ts";
import { retryBudget } from "./safety/retryBudget.ts";
import { upgradeDomainBalance } from "./safety/upgradeDomainBalance.ts";
import { workConservation } from "./safety/workConservation.ts";

/** The catalogue of what holds in every run, in the order of its ids: one line each. */
export const invariants: readonly Invariant[] = [
  // safety: at every event
  requestConservation,
  monotoneClock,
  upgradeDomainBalance,
  ephemeralLoss,
  durableStore,
  queueAtLeastOnce,
  queueVisibility,
  leaseExclusion,
  availabilityAccounting,
  latencySanity,
  metricsTraceAgreement,
  littlesLaw,
  workConservation,
  noLeak,
  retryBudget,
  noNan,
  // temporal: within a time
];
