import { blame } from "../balancer/rotation.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { factOf } from "../incidents.ts";
import { FailureCause, InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { cutHeld, silenceHeld } from "./held.ts";
import { becomeReady, drawFor, endOwnFault, moveTo, runOnStart, stretched, takeVersion, wait } from "./lifecycle.ts";

/** The role's process dies; false when there is no running process. */
export function crashProcess(platform: Platform, instance: number, incident: number): boolean {
  const { world, design, catalogue } = platform;
  const { instances } = world;
  if (!hasProcess(instances.state[instance])) return false;
  const wasReady = instances.state[instance] === InstanceState.ready;
  const calm = wasReady && platform.calendar.now - instances.since[instance] >= design.fabric.restartBackoff.reset;
  beginFault(platform, instance, incident);
  const fact = factOf(platform, incident);
  instances.crashes[instance] = calm ? 1 : Math.min(instances.crashes[instance] + 1, 1000);
  moveTo(platform, instance, InstanceState.recycling, fact);
  cutHeld(platform, instance, FailureCause.crash, incident, fact);
  const repairs = catalogue.faults[world.incidents[incident].fault].repair !== undefined;
  if (!repairs && design.fabric.healing.process)
    wait(platform, instance, drawFor(platform, instance, catalogue.laws.crashDetection), EventKind.crashNoticed);
  return true;
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
  const repairs = catalogue.faults[world.incidents[incident].fault].repair !== undefined;
  const { operator } = catalogue.laws;
  if (!repairs && operator !== undefined) wait(platform, instance, drawFor(platform, instance, operator), EventKind.operatorActed);
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
  instances.startedAt[instance] = platform.calendar.now;
  instances.warmAt[instance] = -1;
  becomeReady(platform, instance, factOf(platform, incident));
}

/** Event: the guest agent notices that the process is dead, and restarts it: at once the first time, later after a back-off. */
export function crashNoticed(platform: Platform, instance: number): void {
  const { world, calendar, catalogue, design, trace } = platform;
  const { instances } = world;
  instances.timer[instance] = -1;
  const sinceCrash = calendar.now - instances.since[instance];
  instances.cause[instance] = trace.emit(FactKind.crashNoticed, instance, sinceCrash, instances.cause[instance]);
  recycle(platform, instance, backoff(design.fabric.restartBackoff, instances.crashes[instance]), catalogue);
}

/** Event: a person restarts a hung role. */
export function operatorActed(platform: Platform, instance: number): void {
  const { world, calendar, catalogue, trace } = platform;
  const { instances } = world;
  const fact = trace.emit(FactKind.hangNoticed, instance, calendar.now - instances.since[instance], instances.cause[instance]);
  moveTo(platform, instance, InstanceState.recycling, fact);
  recycle(platform, instance, 0, catalogue);
}

/** Event: startup tasks are done and the role host runs. */
export function roleStarted(platform: Platform, instance: number): void {
  platform.world.instances.timer[instance] = -1;
  runOnStart(platform, instance, platform.world.instances.cause[instance]);
}

/** Event: OnStart returned. */
export function onStartReturned(platform: Platform, instance: number): void {
  platform.world.instances.timer[instance] = -1;
  becomeReady(platform, instance, platform.world.instances.cause[instance]);
}

/** Opens the instance's own fault; one that was open is superseded. */
export function beginFault(platform: Platform, instance: number, incident: number): void {
  const { instances } = platform.world;
  endOwnFault(platform, instance);
  instances.fault[instance] = incident;
  blame(platform, instance, incident, factOf(platform, incident));
}

/** The whole start path runs again, startup tasks included; the VM is not rebooted. */
function recycle(platform: Platform, instance: number, delay: number, catalogue: Platform["catalogue"]): void {
  const { instances } = platform.world;
  instances.restarts[instance]++;
  const { startupTasks, roleRestart } = catalogue.programs[takeVersion(platform, instance)];
  let duration = 0;
  for (const task of startupTasks) duration += drawFor(platform, instance, task);
  duration = delay + stretched(platform, instance, duration + drawFor(platform, instance, roleRestart));
  if (duration === 0) runOnStart(platform, instance, instances.cause[instance]);
  else wait(platform, instance, duration, EventKind.roleStarted);
}

function backoff(rule: { readonly first: number; readonly max: number }, crashes: number): number {
  if (crashes <= 1) return 0;
  let delay = rule.first;
  for (let crash = 2; crash < crashes && delay < rule.max; crash++) delay *= 2;
  return Math.min(delay, rule.max);
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
