import { minute } from "../../kernel/time.ts";
import { answersChanged, leaveRotations } from "../balancer/probes.ts";
import { blame } from "../balancer/rotation.ts";
import { isCalm } from "../calm.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { relocate } from "../hardware/placement.ts";
import { Defect, factOf, openDefect } from "../incidents.ts";
import { DiskEvent, diskEvent } from "../roles/disks.ts";
import { drawFor } from "../roles/draws.ts";
import { cutHeld } from "../roles/held.ts";
import { moveTo, startRole, switchOff, wait } from "../roles/lifecycle.ts";
import { countCrash, recycleAfterRun } from "../roles/process.ts";
import { bootVm, parkVm } from "../roles/vm.ts";
import { FailureCause, InstanceState, looksReady } from "../status.ts";
import { startWaiting } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { removeInstance } from "./deployment.ts";

/** What a planned stop is for. */
export const StopReason = {
  update: 1,
  remove: 2,
  reboot: 3,
  reimage: 4,
  recycle: 5,
  hostUpdate: 6,
  agentUpdate: 7,
  guestUpdate: 8,
  rebuild: 9,
  suspend: 10,
  restart: 11,
} as const;
export type StopReason = (typeof StopReason)[keyof typeof StopReason];

/** OnStop is cut after this (platform-facts 2.3: ee772844). */
const onStopLimit = 5 * minute;

/** In place of the pass that an instance was patched by last: it is on its way out for that pass, and not patched yet. */
export function awaitingPatch(operation: number): number {
  return -2 - operation;
}

/**
 * Stops a ready instance in good order: out of rotation at once, serving what it holds until it is empty or the drain time-out is over, OnStop,
 * and then what it stops for. Whatever is lost on the way is the operation's.
 */
export function beginStop(platform: Platform, instance: number, reason: StopReason, incident: number, fact: number): void {
  const { instances } = platform.world;
  instances.stopReason[instance] = reason;
  blame(platform, instance, incident, fact);
  const { design } = platform.catalogue.programs[instances.program[instance]];
  if (design.answersWhileStopping) {
    instances.servesOn[instance] = 1;
    leaveRotations(platform, instance, fact);
    runOnStop(platform, instance);
    return;
  }
  leaveRotations(platform, instance, fact);
  moveTo(platform, instance, InstanceState.draining, fact);
  const holds = instances.busy[instance] > 0 || instances.waiting[instance] > 0;
  if (holds) wait(platform, instance, platform.design.fabric.drainTimeout, EventKind.drainTimedOut);
  else runOnStop(platform, instance);
}

/** Ends what an instance is at, without ceremony, and goes on to what it stops for: its process is dead, starting or hung. */
export function interrupt(platform: Platform, instance: number, reason: StopReason, incident: number, fact: number): void {
  const { instances } = platform.world;
  instances.stopReason[instance] = reason;
  blame(platform, instance, incident, fact);
  leaveRotations(platform, instance, fact);
  // to its probes it may be as well as ever, and what comes next may take no time
  if (looksReady(instances.state[instance])) moveTo(platform, instance, InstanceState.stopping, fact);
  stopped(platform, instance);
}

/** Event: Run has returned: the role recycles in good order, with Stopping and OnStop. */
export function runReturned(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  instances.runEvent[instance] = -1;
  if (isCalm(platform.world)) return;
  const incident = openDefect(platform, Defect.runReturned, instance);
  const lasted = platform.calendar.now - instances.since[instance];
  const fact = platform.trace.emit(FactKind.runReturned, instance, lasted, factOf(platform, incident));
  countCrash(platform, instance);
  instances.fault[instance] = incident;
  beginStop(platform, instance, StopReason.recycle, incident, fact);
}

/** Event: the drain time-out is over, or the instance is empty. What it still holds is cut. */
export function drainTimedOut(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  instances.timer[instance] = -1;
  cutHeld(platform, instance, FailureCause.drained, instances.incident[instance], instances.cause[instance]);
  runOnStop(platform, instance);
}

/** Event: OnStop returned, or was cut. */
export function onStopReturned(platform: Platform, instance: number): void {
  platform.world.instances.timer[instance] = -1;
  endOnStop(platform, instance);
}

/** Event: the last foreground task has ended. */
export function foregroundEnded(platform: Platform, instance: number): void {
  platform.world.instances.timer[instance] = -1;
  stopped(platform, instance);
}

/** Event: the new package is in place. */
export function packageInstalled(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  instances.timer[instance] = -1;
  startRole(platform, instance, instances.cause[instance]);
}

function runOnStop(platform: Platform, instance: number): void {
  const { world, catalogue } = platform;
  const { instances } = world;
  moveTo(platform, instance, InstanceState.stopping, instances.cause[instance]);
  if (instances.servesOn[instance] === 1) startWaiting(platform, instance);
  const wanted = drawFor(platform, instance, catalogue.programs[instances.program[instance]].onStop);
  instances.onStopTime[instance] = wanted;
  if (wanted > 0) wait(platform, instance, Math.min(onStopLimit, wanted), EventKind.onStopReturned);
  else endOnStop(platform, instance);
}

/** OnStop has returned, or is cut at its limit and its process killed. */
function endOnStop(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  const time = instances.onStopTime[instance];
  // an application that served until now is killed with whatever it holds
  if (instances.servesOn[instance] === 1) {
    instances.servesOn[instance] = 0;
    cutHeld(platform, instance, FailureCause.drained, instances.incident[instance], instances.cause[instance]);
    answersChanged(platform, instance, instances.cause[instance]);
  }
  platform.trace.emit(time > onStopLimit ? FactKind.onStopCut : FactKind.onStopReturned, instance, time, instances.cause[instance]);
  awaitForeground(platform, instance);
}

/** OnStop is done; the VM and the role stay up until the last foreground task has ended. */
function awaitForeground(platform: Platform, instance: number): void {
  const holdsUp = platform.world.instances.foregroundUntil[instance] - platform.calendar.now;
  if (holdsUp > 0) wait(platform, instance, holdsUp, EventKind.foregroundEnded);
  else stopped(platform, instance);
}

/** A guest OS that lies on a disk of its own is patched where it is: no new image is copied. */
function reimageTime(platform: Platform, instance: number): number {
  return platform.design.hosting.keepsDisk ? 0 : drawFor(platform, instance, platform.catalogue.laws.reimage);
}

function stopped(platform: Platform, instance: number): void {
  const { world, catalogue } = platform;
  const { instances } = world;
  const fact = instances.cause[instance];
  switch (instances.stopReason[instance]) {
    case StopReason.remove:
      removeInstance(platform, instance, instances.incident[instance], fact);
      break;
    case StopReason.reboot:
      bootVm(platform, instance, DiskEvent.reboot, fact);
      break;
    case StopReason.reimage:
      bootVm(platform, instance, DiskEvent.reimage, fact, drawFor(platform, instance, catalogue.laws.reimage));
      break;
    case StopReason.recycle:
      recycleAfterRun(platform, instance, fact);
      break;
    case StopReason.guestUpdate:
      patched(platform, instance);
      bootVm(platform, instance, DiskEvent.guestUpdate, fact, reimageTime(platform, instance));
      break;
    case StopReason.hostUpdate:
      parkVm(platform, instance, fact);
      break;
    case StopReason.rebuild:
      diskEvent(platform, instance, DiskEvent.rebuild);
      instances.restarts[instance]++;
      relocate(platform, instance, fact);
      break;
    case StopReason.suspend:
      switchOff(platform, instance, fact);
      break;
    case StopReason.restart:
      diskEvent(platform, instance, DiskEvent.roleRecycle);
      startRole(platform, instance, fact);
      break;
    case StopReason.agentUpdate:
      patched(platform, instance);
      diskEvent(platform, instance, DiskEvent.roleRecycle);
      moveTo(platform, instance, InstanceState.updating, fact);
      install(platform, instance, drawFor(platform, instance, catalogue.laws.agentUpdate));
      break;
    default:
      moveTo(platform, instance, InstanceState.updating, fact);
      update(platform, instance, fact);
  }
}

/** What the instance was stopped for happens now. */
function patched({ world }: Platform, instance: number): void {
  const { patchedBy } = world.instances;
  // the number stands for the pass both ways
  if (patchedBy[instance] < -1) patchedBy[instance] = awaitingPatch(patchedBy[instance]);
}

/** The package is exchanged where the instance is; another size needs another place, and a new VM. */
function update(platform: Platform, instance: number, fact: number): void {
  const { world, catalogue } = platform;
  const { instances } = world;
  const { size } = catalogue.programs[instances.wanted[instance]].design;
  if (size.name !== catalogue.programs[instances.sizedBy[instance]].design.size.name) {
    diskEvent(platform, instance, DiskEvent.resize);
    relocate(platform, instance, fact);
    return;
  }
  diskEvent(platform, instance, DiskEvent.upgrade);
  install(platform, instance, drawFor(platform, instance, catalogue.laws.install));
}

function install(platform: Platform, instance: number, duration: number): void {
  if (duration > 0) wait(platform, instance, duration, EventKind.packageInstalled);
  else packageInstalled(platform, instance);
}
