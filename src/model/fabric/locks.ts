import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { closeOperation } from "../incidents.ts";
import type { Operation, Platform } from "../world.ts";

/** Where an operation of the design stands. */
export const OperationStatus = { due: 0, running: 1, succeeded: 2, refused: 3 } as const;

/** The operation has done what it was asked for; its locks are free. */
export function finishOperation(platform: Platform, operation: Operation): void {
  const { world, calendar } = platform;
  operation.status = OperationStatus.succeeded;
  operation.finishedAt = calendar.now;
  calendar.cancel(operation.timer);
  for (const deployment of world.deployments) if (deployment.lock === operation.id) deployment.lock = -1;
  closeOperation(platform, operation.incident);
  platform.trace.emit(FactKind.operationFinished, operation.id, 0, operation.fact);
}

/** Lets the operation hold a deployment, and look at it soon. */
export function lockDeployment(platform: Platform, operation: Operation, id: number): void {
  const deployment = platform.world.deployments[id];
  deployment.lock = operation.id;
  if (operation.deployment < 0) operation.deployment = id;
  if (deployment.checkEvent < 0)
    deployment.checkEvent = platform.calendar.schedule(platform.calendar.now, EventKind.operationChecked, operation.id, id);
}
