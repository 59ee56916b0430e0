import { FactKind } from "../facts.ts";
import { factOf, openOperation } from "../incidents.ts";
import type { Platform } from "../world.ts";
import { dropDeadLeavers } from "./deployment.ts";
import { finishOperation, OperationStatus } from "./locks.ts";
import { operationKinds } from "./operationKinds.ts";
import { resolveTargets } from "./selectors.ts";

/** Event: somebody asks for an operation. It is refused with the platform's reason, or begins and holds the lock of its deployment. */
export function operationDue(platform: Platform, id: number): void {
  const { world, calendar } = platform;
  if (world.closed) return;
  const operation = world.operations[id];
  const design = platform.design.operations[id];
  const kind = operationKinds[design.kind];
  operation.startedAt = calendar.now;
  operation.requestsInFlight = world.requestsInFlight;
  operation.sessionsInFlight = world.sessionsInFlight;
  // chosen once: what is checked is what is stopped
  if ("target" in design) operation.waitingFor.push(...resolveTargets(platform, design.target, platform.design.faults.length + id));
  const reason = kind.refuse(platform, design, operation) ?? lockReason(platform);
  if (reason !== undefined) {
    operation.status = OperationStatus.refused;
    operation.finishedAt = calendar.now;
    operation.reason = reason;
    platform.trace.emit(FactKind.operationRefused, id, world.reasons.push(reason) - 1, -1);
    return;
  }
  operation.status = OperationStatus.running;
  operation.incident = openOperation(platform, id);
  operation.fact = factOf(platform, operation.incident);
  kind.begin(platform, operation, design);
  if (kind.isDone(platform, operation, design)) finishOperation(platform, operation);
}

/** Event: something changed in the deployment that an operation is changing. */
export function operationChecked(platform: Platform, id: number, deployment: number): void {
  platform.world.deployments[deployment].checkEvent = -1;
  const operation = platform.world.operations[id];
  if (operation.status !== OperationStatus.running) return;
  const design = platform.design.operations[id];
  dropDeadLeavers(platform, deployment, operation.incident, operation.fact);
  if (operationKinds[design.kind].isDone(platform, operation, design)) finishOperation(platform, operation);
}

/** Why nothing may begin now: one operation at a time may change the service, whatever the slot. */
function lockReason({ world, design }: Platform): string | undefined {
  const locked = world.deployments.find(({ lock }) => lock >= 0);
  if (locked === undefined) return undefined;
  const slot = locked.slot === 0 ? "production" : "staging";
  return `${design.operations[locked.lock].kind} of the ${slot} deployment is in progress`;
}
