import { second } from "../../kernel/time.ts";
import { blame } from "../balancer/rotation.ts";
import { bugDelay } from "../buggify.ts";
import { isCalm } from "../calm.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { Defect, factOf, hasOwnRepair, openDefect } from "../incidents.ts";
import { FailureCause, InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { DiskEvent, diskEvent } from "./disks.ts";
import { drawFor, drawOperator, happens, stretched } from "./draws.ts";
import { cutHeld, silenceHeld } from "./held.ts";
import { becomeReady, endOwnFault, moveTo, runOnStart, takeVersion, wait } from "./lifecycle.ts";
import { leaveToOwner } from "./owner.ts";
import { runStartupTasks } from "./startup.ts";

/** A version that fails at once, again and again, is restarted no more often than this, whatever the back-off is set to. */
const shortestCycle = second;

/** The role's process dies; false when there is no running process. */
export function crashProcess(platform: Platform, instance: number, incident: number): boolean {
  if (!hasProcess(platform.world.instances.state[instance])) return false;
  endProcess(platform, instance, incident, factOf(platform, incident));
  return true;
}

/** The process, or its start, is over: what it holds is cut, and the guest agent will notice, unless a repair is on its way. */
function endProcess(platform: Platform, instance: number, incident: number, fact: number): void {
  const { design, catalogue } = platform;
  countCrash(platform, instance);
  beginFault(platform, instance, incident);
  moveTo(platform, instance, InstanceState.recycling, fact);
  cutHeld(platform, instance, FailureCause.crash, incident, fact);
  if (hasOwnRepair(platform, incident)) return;
  if (design.fabric.healing.process) {
    const noticed = drawFor(platform, instance, catalogue.laws.crashDetection) + bugDelay(platform, "late-report", instance);
    wait(platform, instance, noticed, EventKind.crashNoticed);
  } else leaveToOwner(platform, instance);
}

/** The role's process hangs: it is silent, and nobody on the platform notices; false when it does not serve. */
export function hangProcess(platform: Platform, instance: number, incident: number): boolean {
  const { world, catalogue } = platform;
  const { instances } = world;
  if (instances.state[instance] !== InstanceState.ready) return false;
  beginFault(platform, instance, incident);
  const fact = factOf(platform, incident);
  moveTo(platform, instance, InstanceState.hung, fact);
  silenceHeld(platform, instance, incident, fact);
  const { operator } = catalogue.laws;
  if (!hasOwnRepair(platform, incident) && operator !== undefined)
    wait(platform, instance, drawOperator(platform, instance, operator), EventKind.operatorActed);
  return true;
}

/** The web site's own process dies while the role host lives: nobody watches it; false when the role does not serve. */
export function crashWebProcess(platform: Platform, instance: number, incident: number): boolean {
  const { instances } = platform.world;
  if (instances.state[instance] !== InstanceState.ready) return false;
  beginFault(platform, instance, incident);
  const fact = factOf(platform, incident);
  moveTo(platform, instance, InstanceState.webDown, fact);
  cutHeld(platform, instance, FailureCause.crash, incident, fact);
  return true;
}

/** IIS has started the web site's process again, with a cold application pool. */
export function restartWebProcess(platform: Platform, instance: number, incident: number): void {
  const { instances } = platform.world;
  if (instances.fault[instance] !== incident || instances.state[instance] !== InstanceState.webDown) return;
  instances.warmAt[instance] = -1;
  becomeReady(platform, instance, factOf(platform, incident));
}

/** The repair of a crash or hang is done: the process is ready again. */
export function restartProcess(platform: Platform, instance: number, incident: number): void {
  const { instances } = platform.world;
  const state = instances.state[instance];
  if (instances.fault[instance] !== incident || (state !== InstanceState.recycling && state !== InstanceState.hung)) return;
  takeVersion(platform, instance);
  instances.restarts[instance]++;
  diskEvent(platform, instance, DiskEvent.roleRecycle);
  instances.startedAt[instance] = platform.calendar.now;
  instances.warmAt[instance] = -1;
  becomeReady(platform, instance, factOf(platform, incident));
}

/** Event: the guest agent notices that the process is dead, and restarts it: at once the first time, later after a back-off. */
export function crashNoticed(platform: Platform, instance: number): void {
  const { world, calendar, trace } = platform;
  const { instances } = world;
  instances.timer[instance] = -1;
  const sinceCrash = calendar.now - instances.since[instance];
  instances.cause[instance] = trace.emit(FactKind.crashNoticed, instance, sinceCrash, instances.cause[instance]);
  recycle(platform, instance, backoff(platform, instance));
}

/** Event: a simple startup task has ended with an exit code other than 0: the role never starts, it recycles for ever. */
export function startupTaskFailed(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  failStart(platform, instance, Defect.startupTask, FactKind.startupTaskFailed, instances.failedTask[instance]);
}

/** Event: an unhandled exception ends the process; Stopping and OnStop are not called. */
export function roleThrew(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  instances.runEvent[instance] = -1;
  if (isCalm(platform.world)) return;
  failStart(platform, instance, Defect.exception, FactKind.roleThrew, platform.calendar.now - instances.since[instance]);
}

/** Event: a person restarts a hung role. */
export function operatorActed(platform: Platform, instance: number): void {
  const { world, calendar, trace } = platform;
  const { instances } = world;
  const fact = trace.emit(FactKind.hangNoticed, instance, calendar.now - instances.since[instance], instances.cause[instance]);
  moveTo(platform, instance, InstanceState.recycling, fact);
  recycle(platform, instance, 0);
}

/** Event: startup tasks are done and the role host runs. */
export function roleStarted(platform: Platform, instance: number): void {
  platform.world.instances.timer[instance] = -1;
  runOnStart(platform, instance, platform.world.instances.cause[instance]);
}

/** Event: OnStart returned, or threw; when it failed, the process is killed without OnStop. */
export function onStartReturned(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  instances.timer[instance] = -1;
  const { onStartFails } = platform.catalogue.programs[instances.program[instance]];
  if (happens(platform, instance, onStartFails)) failStart(platform, instance, Defect.onStart, FactKind.onStartFailed, 0);
  else becomeReady(platform, instance, instances.cause[instance]);
}

/** Run has returned and OnStop is done: the role starts again, as after a crash, if anybody starts it. */
export function recycleAfterRun(platform: Platform, instance: number, cause: number): void {
  moveTo(platform, instance, InstanceState.recycling, cause);
  if (platform.design.fabric.healing.process) recycle(platform, instance, backoff(platform, instance));
  else leaveToOwner(platform, instance);
}

/** Whoever runs the service starts a dead process again. */
export function restartByOwner(platform: Platform, instance: number, cause: number): void {
  platform.world.instances.cause[instance] = cause;
  recycle(platform, instance, 0);
}

/** One more crash in a row, unless the role was ready for long enough to be forgiven. */
export function countCrash(platform: Platform, instance: number): void {
  const { world, calendar, design } = platform;
  const { instances } = world;
  const readyFor = instances.state[instance] === InstanceState.ready ? calendar.now - instances.since[instance] : 0;
  const calm = readyFor > 0 && readyFor >= design.fabric.restartBackoff.reset;
  instances.crashes[instance] = calm ? 1 : Math.min(instances.crashes[instance] + 1, 1000);
}

/** Opens the instance's own fault; one that was open is superseded. */
export function beginFault(platform: Platform, instance: number, incident: number): void {
  const { instances } = platform.world;
  endOwnFault(platform, instance);
  instances.fault[instance] = incident;
  blame(platform, instance, incident, factOf(platform, incident));
}

/** A defect of the version ends the process or its start. */
function failStart(platform: Platform, instance: number, defect: Defect, kind: FactKind, value: number): void {
  platform.world.instances.timer[instance] = -1;
  const incident = openDefect(platform, defect, instance);
  endProcess(platform, instance, incident, platform.trace.emit(kind, instance, value, factOf(platform, incident)));
}

/** The whole start path runs again, startup tasks included; the VM is not rebooted. Foreground tasks hold it up until they end. */
function recycle(platform: Platform, instance: number, backoffDelay: number): void {
  const { world, catalogue, calendar } = platform;
  const { instances } = world;
  instances.restarts[instance]++;
  diskEvent(platform, instance, DiskEvent.roleRecycle);
  const { roleRestart } = catalogue.programs[takeVersion(platform, instance)];
  const delay = Math.max(backoffDelay, instances.foregroundUntil[instance] - calendar.now);
  let duration = runStartupTasks(platform, instance, delay);
  if (instances.failedTask[instance] >= 0) {
    wait(platform, instance, duration, EventKind.startupTaskFailed);
    return;
  }
  duration += stretched(platform, instance, drawFor(platform, instance, roleRestart));
  if (duration === 0) runOnStart(platform, instance, instances.cause[instance]);
  else wait(platform, instance, duration, EventKind.roleStarted);
}

/** How long the next restart waits after so many crashes in a row. */
function backoff({ design, world }: Platform, instance: number): number {
  const { first, max } = design.fabric.restartBackoff;
  const crashes = world.instances.crashes[instance];
  if (crashes <= 1) return 0;
  let delay = first;
  for (let crash = 2; crash < crashes && delay < max; crash++) delay *= 2;
  const isOwn = world.incidents[world.instances.fault[instance]]?.fault === -1;
  return Math.max(isOwn ? shortestCycle : 0, Math.min(delay, max));
}

function hasProcess(state: number): boolean {
  switch (state) {
    case InstanceState.ready:
    case InstanceState.hung:
    case InstanceState.webDown:
    case InstanceState.busy:
    case InstanceState.draining:
      return true;
    default:
      return false;
  }
}
