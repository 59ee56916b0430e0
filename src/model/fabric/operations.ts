import { compileLaw } from "../../random/laws.ts";
import { whenPrimary } from "../controller.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { factOf, openOperation } from "../incidents.ts";
import { placeOfText } from "../texts.ts";
import type { Platform } from "../world.ts";
import { finishOperation, lockHeld, lockWords, OperationStatus } from "./locks.ts";
import { operationKinds } from "./operationKinds.ts";
import { drawForPatch, isPatching } from "./patches.ts";
import { dropReturnedLeavers } from "./scale.ts";
import { resolveTargets } from "./selectors.ts";
import { passSlowStarters } from "./walk.ts";

/** Event: somebody asks for an operation. It is refused with the platform's reason, or begins and holds the lock of its deployment. */
export function operationDue(platform: Platform, id: number, again: number): void {
  const { world, calendar } = platform;
  if (world.closed) return;
  const operation = world.operations[id];
  const design = platform.design.operations[id];
  const kind = operationKinds[design.kind];
  // the platform itself waits until it is back
  const isRefused = world.controller.refusing > 0 && kind.waits !== true;
  if (!isRefused && !whenPrimary(platform, EventKind.operationDue, id, again)) return;
  if (kind.waits === true && isPutOff(platform, id, again === 1)) return;
  operation.startedAt = calendar.now;
  operation.requestsInFlight = world.requestsInFlight;
  operation.sessionsInFlight = world.sessionsInFlight;
  // chosen once: what is checked is what is stopped
  operation.waitingFor.length = 0;
  if ("target" in design) operation.waitingFor.push(...resolveTargets(platform, design.target, platform.design.faults.length + id));
  const reason = isRefused ? "the control plane is not available" : (kind.refuse(platform, design, operation) ?? lockReason(platform, id));
  if (reason !== undefined) {
    refuse(platform, id, reason);
    if (design.again !== undefined) calendar.scheduleAfter(design.again, EventKind.operationDue, id, again);
    return;
  }
  operation.status = OperationStatus.running;
  operation.incident = openOperation(platform, id);
  operation.fact = factOf(platform, operation.incident);
  kind.begin(platform, operation, design);
  if (kind.isDone(platform, operation, design)) finishOperation(platform, operation);
}

function refuse(platform: Platform, id: number, reason: string): void {
  const operation = platform.world.operations[id];
  operation.status = OperationStatus.refused;
  operation.finishedAt = platform.calendar.now;
  operation.reason = reason;
  platform.trace.emit(FactKind.operationRefused, id, placeOfText(platform, reason), -1);
}

/**
 * Whether a patch pass does not begin now: its part of the month has not come, something else is in progress, or one of its kind waits for
 * that already and will bring what this one would have brought.
 */
function isPutOff(platform: Platform, id: number, again: boolean): boolean {
  const { world, calendar, design } = platform;
  const spec = design.operations[id];
  if (!again && "after" in spec) {
    const after = drawForPatch(platform, world.operations[id], compileLaw(spec.after));
    if (after > 0) {
      calendar.scheduleAfter(after, EventKind.operationDue, id, 1);
      return true;
    }
  }
  if (!isPatching(platform) && world.deployments.every(({ lock }) => lock < 0)) return false;
  if (!world.waitingPatches.some((other) => design.operations[other].kind === spec.kind)) world.waitingPatches.push(id);
  // of the calendar's passes nobody is told one by one
  else if (!("pass" in spec) || spec.pass < 0) {
    world.operations[id].startedAt = calendar.now;
    refuse(platform, id, `another ${spec.kind} waits already, and brings the same`);
  }
  return true;
}

/** Event: something changed in a deployment that operations hold or look at, or one of them wants to look again. */
export function operationChecked(platform: Platform, asker: number, deployment: number): void {
  const place = platform.world.deployments[deployment];
  place.checkEvent = -1;
  if (!whenPrimary(platform, EventKind.operationChecked, asker, deployment)) return;
  const watching = place.watchers.length > 0 ? [...place.watchers] : place.watchers;
  if (place.lock >= 0) {
    const { incident, fact } = platform.world.operations[place.lock];
    dropReturnedLeavers(platform, deployment, incident, fact);
    check(platform, place.lock);
  }
  for (const id of watching) check(platform, id);
}

/** Event: an upgrade domain has had its time to start: the walk goes on past instances that are starting, but not past crashing ones. */
export function startTimedOut(platform: Platform, id: number, domain: number): void {
  const operation = platform.world.operations[id];
  // it may have ended, or gone on, while nobody decided
  if (operation.status !== OperationStatus.running || operation.domain !== domain) return;
  if (!whenPrimary(platform, EventKind.startTimedOut, id, domain)) return;
  passSlowStarters(platform, operation);
  check(platform, id);
}

function check(platform: Platform, id: number): void {
  const operation = platform.world.operations[id];
  if (operation.status !== OperationStatus.running) return;
  const design = platform.design.operations[id];
  if (operationKinds[design.kind].isDone(platform, operation, design)) finishOperation(platform, operation);
}

/** Why nothing may begin now: one operation at a time may change the service, whatever the slot. */
function lockReason(platform: Platform, id: number): string | undefined {
  const { world, design } = platform;
  const asked = design.operations[id];
  const kind = operationKinds[asked.kind];
  if (!kind.mutates) return undefined;
  const lock = lockHeld(platform);
  return lock < 0 || kind.replaces?.(platform, asked, world.operations[lock]) === true ? undefined : lockWords(platform);
}
