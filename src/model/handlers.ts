import type { Handler } from "../kernel/simulation.ts";
import { probeAdmitted, probeEvicted } from "./balancer/probes.ts";
import { deadlineDue, hedgeDue, retryDue } from "./clients/calls.ts";
import { clientArrived, timeoutDue, userThought } from "./clients/clients.ts";
import { flowsCut } from "./clients/cutFlows.ts";
import { EventKind } from "./events.ts";
import { autoscaleLooked, autoscaleMeasured } from "./fabric/autoscale.ts";
import { primaryElected } from "./fabric/failover.ts";
import { operationChecked, operationDue, startTimedOut } from "./fabric/operations.ts";
import { drainTimedOut, foregroundEnded, onStopReturned, packageInstalled, runReturned } from "./fabric/stopping.ts";
import { swapSwitched, swapTransientEnded } from "./fabric/swap.ts";
import { topologyReached } from "./fabric/topology.ts";
import { healed } from "./faults/heal.ts";
import { repairEnded } from "./faults/repairs.ts";
import { clockStruck, faultDue, shockHit } from "./faults/strike.ts";
import { recordDue } from "./faults/trace.ts";
import { hostDeclaredDead, hostReported, hostRestartEnded } from "./hardware/host.ts";
import { hostUpdated } from "./hardware/hostUpdate.ts";
import { healthCheckFailed, unhealthyReplaced } from "./hardware/replacement.ts";
import { flapTurned } from "./roles/flapping.ts";
import { crashNoticed, onStartReturned, operatorActed, roleStarted, roleThrew, startupTaskFailed } from "./roles/process.ts";
import { guestBooted, guestDeclaredDead, guestMissed, ownerActed } from "./roles/vm.ts";
import { serviceCompleted, sharedServiceCompleted } from "./roles/webRole.ts";
import { producerArrived } from "./storage/producer.ts";
import { messageExpired, messageReappeared, workerPolled } from "./storage/queue.ts";
import type { Platform } from "./world.ts";

/** What happens on each event; forgetting one does not compile. */
const handlerOf: Readonly<Record<keyof typeof EventKind, Handler<Platform>>> = {
  clientArrived,
  userThought,
  timeoutDue,
  retryDue,
  hedgeDue,
  deadlineDue,
  serviceCompleted,
  sharedServiceCompleted,
  topologyReached,
  producerArrived,
  messageReappeared,
  messageExpired,
  workerPolled,
  probeEvicted,
  probeAdmitted,
  flowsCut,
  healthCheckFailed,
  unhealthyReplaced,
  guestBooted,
  guestMissed,
  startupTaskFailed,
  roleStarted,
  onStartReturned,
  runReturned,
  roleThrew,
  drainTimedOut,
  onStopReturned,
  foregroundEnded,
  packageInstalled,
  crashNoticed,
  guestDeclaredDead,
  operatorActed,
  ownerActed,
  hostReported,
  hostDeclaredDead,
  hostRestartEnded,
  primaryElected,
  faultDue,
  healed,
  recordDue,
  clockStruck,
  shockHit,
  flapTurned,
  repairEnded,
  operationDue,
  operationChecked,
  startTimedOut,
  swapSwitched,
  swapTransientEnded,
  hostUpdated,
  autoscaleMeasured,
  autoscaleLooked,
};

/** The handlers, indexed by event kind. */
export const handlers: readonly Handler<Platform>[] = (() => {
  const table: Handler<Platform>[] = [];
  for (const name of Object.keys(EventKind) as (keyof typeof EventKind)[]) table[EventKind[name]] = handlerOf[name];
  return table;
})();
