import { FactKind } from "../facts.ts";
import { factOf, openOperation } from "../incidents.ts";
import type { Platform } from "../world.ts";
import { dropDeadLeavers } from "./deployment.ts";
import { finishOperation, OperationStatus } from "./locks.ts";
import { operationKinds } from "./operationKinds.ts";

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
  const reason = lockReason(platform, design.kind, kind.deployments(platform, design)) ?? kind.refuse(platform, design);
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

/** Why an operation may not begin while another holds its deployment. */
function lockReason(platform: Platform, kind: string, deployments: readonly number[]): string | undefined {
  for (const id of deployments) {
    const lock = id < 0 ? -1 : platform.world.deployments[id].lock;
    if (lock < 0) continue;
    const other = platform.design.operations[lock];
    const slot = platform.world.deployments[id].slot === 0 ? "production" : "staging";
    const notReady = kind === "swap" ? operationKinds.swap.refuse(platform, { kind: "swap", at: 0 }) : undefined;
    return notReady ?? `${other.kind} of the ${slot} deployment is in progress`;
  }
  return undefined;
}
