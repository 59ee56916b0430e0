import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { closeOperation } from "../incidents.ts";
import { isSettled } from "../status.ts";
import type { Operation, Platform } from "../world.ts";

/** Where an operation of the design stands; `replaced`: a rollback or a newer update has taken its place. */
export const OperationStatus = { due: 0, running: 1, succeeded: 2, refused: 3, replaced: 4 } as const;

/** The operation has done what it was asked for; its locks are free. */
export function finishOperation(platform: Platform, operation: Operation): void {
  end(platform, operation, OperationStatus.succeeded);
  platform.trace.emit(FactKind.operationFinished, operation.id, 0, operation.fact);
}

/** Another operation takes the place of this one, which is not done. */
export function replaceOperation(platform: Platform, operation: Operation, by: Operation): void {
  const design = platform.design.operations[by.id];
  operation.reason = design.kind === "upgrade" ? `the update to ${design.version} takes its place` : `a ${design.kind} takes its place`;
  end(platform, operation, OperationStatus.replaced);
  platform.trace.emit(FactKind.operationReplaced, operation.id, by.id, by.fact);
}

/** Lets the operation hold a deployment, and look at it soon. */
export function lockDeployment(platform: Platform, operation: Operation, id: number): void {
  platform.world.deployments[id].lock = operation.id;
  lookSoon(platform, operation, id);
}

/** Lets the operation look at a deployment whenever something changes in it, without holding it. */
export function watchDeployment(platform: Platform, operation: Operation, id: number): void {
  const { watchers } = platform.world.deployments[id];
  if (!watchers.includes(operation.id)) watchers.push(operation.id);
  lookSoon(platform, operation, id);
}

/** Whether those that came or started anew are ready, or stay off with their deployment, and those that went are gone. */
export function areSettled({ world }: Platform, { waitingFor }: Operation): boolean {
  return waitingFor.every((instance) => isSettled(world.instances.state[instance]));
}

function lookSoon({ world, calendar }: Platform, operation: Operation, id: number): void {
  const deployment = world.deployments[id];
  if (operation.deployment < 0) operation.deployment = id;
  if (deployment.checkEvent < 0) deployment.checkEvent = calendar.schedule(calendar.now, EventKind.operationChecked, operation.id, id);
}

function end(platform: Platform, operation: Operation, status: number): void {
  const { world, calendar } = platform;
  operation.status = status;
  operation.finishedAt = calendar.now;
  calendar.cancel(operation.timer);
  operation.timer = -1;
  for (const deployment of world.deployments) {
    const place = deployment.watchers.indexOf(operation.id);
    if (place >= 0) deployment.watchers.splice(place, 1);
    if (deployment.lock !== operation.id) continue;
    deployment.lock = -1;
    for (const watcher of deployment.watchers) lookSoon(platform, world.operations[watcher], deployment.id);
  }
  for (const patch of world.waitingPatches.splice(0)) calendar.schedule(calendar.now, EventKind.operationDue, patch, 1);
  closeOperation(platform, operation.incident);
}

/** The operation that holds a deployment of either slot, -1 none: one at a time may change the service. */
export function lockHeld({ world }: Platform): number {
  return world.deployments.find(({ lock }) => lock >= 0)?.lock ?? -1;
}

/** Which operation is in progress, in words; undefined when there is none. */
export function lockWords({ world, design }: Platform): string | undefined {
  const locked = world.deployments.find(({ lock }) => lock >= 0);
  if (locked === undefined) return undefined;
  const slot = locked.slot === 0 ? "production" : "staging";
  return `${design.operations[locked.lock].kind} of the ${slot} deployment is in progress`;
}
