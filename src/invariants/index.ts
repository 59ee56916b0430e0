import type { Invariant } from "./invariant.ts";
import { availabilityAccounting } from "./safety/availabilityAccounting.ts";
import { concurrencyCap } from "./safety/concurrencyCap.ts";
import { durableStore } from "./safety/durableStore.ts";
import { ephemeralLoss } from "./safety/ephemeralLoss.ts";
import { faultDomainSpread } from "./safety/faultDomainSpread.ts";
import { hostCapacity } from "./safety/hostCapacity.ts";
import { instanceStateMachine } from "./safety/instanceStateMachine.ts";
import { latencySanity } from "./safety/latencySanity.ts";
import { leaseExclusion } from "./safety/leaseExclusion.ts";
import { littlesLaw } from "./safety/littlesLaw.ts";
import { metricsTraceAgreement } from "./safety/metricsTraceAgreement.ts";
import { monotoneClock } from "./safety/monotoneClock.ts";
import { noDeadService } from "./safety/noDeadService.ts";
import { noLeak } from "./safety/noLeak.ts";
import { noLostVm } from "./safety/noLostVm.ts";
import { noNan } from "./safety/noNan.ts";
import { oneUpgradeDomain } from "./safety/oneUpgradeDomain.ts";
import { queueAtLeastOnce } from "./safety/queueAtLeastOnce.ts";
import { queueVisibility } from "./safety/queueVisibility.ts";
import { requestConservation } from "./safety/requestConservation.ts";
import { retryBudget } from "./safety/retryBudget.ts";
import { rotationRequiresReady } from "./safety/rotationRequiresReady.ts";
import { singleHome } from "./safety/singleHome.ts";
import { singleTerminal } from "./safety/singleTerminal.ts";
import { swapAtomicity } from "./safety/swapAtomicity.ts";
import { upgradeDomainBalance } from "./safety/upgradeDomainBalance.ts";
import { upgradeOrder } from "./safety/upgradeOrder.ts";
import { vipConsistency } from "./safety/vipConsistency.ts";
import { workConservation } from "./safety/workConservation.ts";
import { backlogDrains } from "./temporal/backlogDrains.ts";
import { drain } from "./temporal/drain.ts";
import { healLiveness } from "./temporal/healLiveness.ts";
import { hostFaultDetected } from "./temporal/hostFaultDetected.ts";
import { probeEviction } from "./temporal/probeEviction.ts";
import { probeReadmission } from "./temporal/probeReadmission.ts";
import { recyclingBackoff } from "./temporal/recyclingBackoff.ts";
import { settles } from "./temporal/settles.ts";
import { upgradeTerminates } from "./temporal/upgradeTerminates.ts";

/** The catalogue of what holds in every run, in the order of its ids: one line each. */
export const invariants: readonly Invariant[] = [
  // safety: at every event
  requestConservation,
  singleTerminal,
  monotoneClock,
  instanceStateMachine,
  noLostVm,
  singleHome,
  hostCapacity,
  concurrencyCap,
  rotationRequiresReady,
  noDeadService,
  vipConsistency,
  swapAtomicity,
  oneUpgradeDomain,
  upgradeOrder,
  faultDomainSpread,
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
  probeEviction,
  probeReadmission,
  drain,
  healLiveness,
  backlogDrains,
  upgradeTerminates,
  hostFaultDetected,
  recyclingBackoff,
  settles,
];
