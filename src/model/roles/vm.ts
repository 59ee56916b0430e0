import { never } from "../../kernel/time.ts";
import { blame } from "../balancer/rotation.ts";
import { bugDelay } from "../buggify.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { Defect, factOf, openDefect } from "../incidents.ts";
import { HostState, InstanceState } from "../status.ts";
import { jobDelayed, jobResumed } from "../storage/jobs.ts";
import { takeMessages } from "../storage/queue.ts";
import { jobClient } from "../work/requests.ts";
import { freezeServices, startWaiting, thawServices } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { DiskEvent, diskEvent } from "./disks.ts";
import { drawBoot, happens } from "./draws.ts";
import { silenceHeld } from "./held.ts";
import { beHeard, isolate } from "./isolation.ts";
import { becomeReady, endOpenFault, endOwnFault, moveTo, shelveFault, startRole, stayIn, takeUpFault, wait } from "./lifecycle.ts";
import { leaveToOwner } from "./owner.ts";
import { beginFault, restartByOwner } from "./process.ts";
import { endDrainIfEmpty } from "./withdraw.ts";

/** A VM that was just placed: image and guest OS, until the guest agent is up. */
export function provisionVm(platform: Platform, instance: number, cause: number): void {
  const { startDelay } = platform.world.instances;
  const duration = drawBoot(platform, instance, platform.catalogue.laws.provision) + startDelay[instance];
  startDelay[instance] = 0;
  awaitGuest(platform, instance, InstanceState.creating, duration, cause);
}

/** The guest OS starts again on the same host after what happened to its disks; `extra` is added for a reimage. */
export function bootVm(platform: Platform, instance: number, event: DiskEvent, cause: number, extra = 0): void {
  const { instances } = platform.world;
  diskEvent(platform, instance, event);
  instances.restarts[instance]++;
  const duration = drawBoot(platform, instance, platform.catalogue.laws.guestReboot, extra);
  awaitGuest(platform, instance, InstanceState.rebooting, duration, cause);
  const { hosts, racks } = platform.world;
  const host = instances.host[instance];
  // what it needs from the network to go on is not there
  if (host >= 0 && hosts.cutOff[host] === 1) isolate(platform, instance, racks.cutBy[hosts.rack[host]], cause);
}

/** The VM is stopped with its host, as planned, until the host is back. */
export function parkVm(platform: Platform, instance: number, cause: number): void {
  const { world, calendar } = platform;
  const { instances } = world;
  if (instances.state[instance] !== InstanceState.rebooting) moveTo(platform, instance, InstanceState.rebooting, cause);
  calendar.cancel(instances.timer[instance]);
  instances.timer[instance] = -1;
}

/** A parked VM boots. */
export function bootParkedVm(platform: Platform, instance: number, cause: number): void {
  const { instances } = platform.world;
  diskEvent(platform, instance, DiskEvent.hostUpdate);
  instances.restarts[instance]++;
  instances.cause[instance] = cause;
  const duration = drawBoot(platform, instance, platform.catalogue.laws.guestReboot);
  if (duration === 0) startRole(platform, instance, cause);
  else wait(platform, instance, duration, EventKind.guestBooted);
}

/** Until the guest agent is up; one that takes too long to connect has its VM restarted. */
function awaitGuest(platform: Platform, instance: number, state: InstanceState, duration: number, cause: number): void {
  const { guestConnect, healing } = platform.design.fabric;
  const isLate = duration > guestConnect && healing.guest;
  const event = isLate ? EventKind.guestMissed : EventKind.guestBooted;
  if (!stayIn(platform, instance, state, isLate ? guestConnect : duration, event, cause)) startRole(platform, instance, cause);
}

/** Event: the guest agent has not connected in time: the host agent restarts the VM. */
export function guestMissed(platform: Platform, instance: number): void {
  const { calendar, trace, world } = platform;
  const { instances } = world;
  instances.timer[instance] = -1;
  const fact = trace.emit(FactKind.guestDeclaredDead, instance, calendar.now - instances.since[instance], instances.cause[instance]);
  bootVm(platform, instance, DiskEvent.powerCycle, fact);
}

/** The VM is gone with its host or its guest OS: silent, and everything it held is silent with it. */
export function loseVm(platform: Platform, instance: number, incident: number, fact: number): void {
  const { instances } = platform.world;
  const state = instances.state[instance];
  if (state === InstanceState.deleted || state === InstanceState.pending) return;
  if (state === InstanceState.dead) {
    // the host agent that was about to restart the guest is gone too
    platform.calendar.cancel(instances.timer[instance]);
    instances.timer[instance] = -1;
    return;
  }
  const own = instances.fault[instance];
  if (own >= 0 ? own !== incident : instances.shelvedFault[instance] >= 0) endOwnFault(platform, instance);
  beHeard(platform, instance);
  blame(platform, instance, incident, fact);
  moveTo(platform, instance, InstanceState.dead, fact);
  silenceHeld(platform, instance, incident, fact);
}

/** The guest OS dies; false when there is none. The host agent misses its heartbeats and acts when they have been out for too long. */
export function failGuest(platform: Platform, instance: number, incident: number): boolean {
  const { world, design, calendar } = platform;
  const { instances } = world;
  const state = instances.state[instance];
  if (state === InstanceState.dead || state === InstanceState.deleted || state === InstanceState.pending) return false;
  if (world.hosts.state[instances.host[instance]] !== HostState.up) return false;
  beginFault(platform, instance, incident);
  loseVm(platform, instance, incident, factOf(platform, incident));
  if (!design.fabric.healing.guest) {
    leaveToOwner(platform, instance);
    return true;
  }
  const { period, timeout } = design.fabric.guestHeartbeat;
  const lastBeat = lastTick(guestPhase(platform, instance, period), period, calendar.now);
  const silence = Math.max(0, lastBeat + timeout - calendar.now);
  wait(platform, instance, silence + bugDelay(platform, "late-report", instance), EventKind.guestDeclaredDead);
  return true;
}

/** The repair of a dead guest is done: it boots. */
export function healGuest(platform: Platform, instance: number, incident: number): void {
  const { instances } = platform.world;
  if (instances.fault[instance] !== incident || instances.state[instance] !== InstanceState.dead) return;
  const { hosts } = platform.world;
  const host = instances.host[instance];
  if (hosts.state[host] !== HostState.up && hosts.cutOff[host] === 0) return;
  bootVm(platform, instance, DiskEvent.guestReboot, factOf(platform, incident));
}

/** Event: the host agent has missed the guest's heartbeats for too long and restarts it on the same host. */
export function guestDeclaredDead(platform: Platform, instance: number): void {
  const { world, calendar, trace } = platform;
  const { instances } = world;
  const fact = trace.emit(FactKind.guestDeclaredDead, instance, calendar.now - instances.since[instance], instances.cause[instance]);
  bootVm(platform, instance, DiskEvent.guestReboot, fact);
}

/** Event: whoever runs the service has noticed that a process or a guest is dead, and starts it again. */
export function ownerActed(platform: Platform, instance: number): void {
  const { world, calendar, trace } = platform;
  const { instances } = world;
  instances.timer[instance] = -1;
  const fact = trace.emit(FactKind.ownerActed, instance, calendar.now - instances.since[instance], instances.cause[instance]);
  if (instances.state[instance] === InstanceState.dead) bootVm(platform, instance, DiskEvent.guestReboot, fact);
  else restartByOwner(platform, instance, fact);
}

/** Event: the guest agent is up, unless the start of a new VM has failed: then it is tried again. */
export function guestBooted(platform: Platform, instance: number): void {
  const { instances } = platform.world;
  instances.timer[instance] = -1;
  const isNew = instances.state[instance] === InstanceState.creating;
  if (!isNew || !happens(platform, instance, platform.design.fabric.startFailure)) {
    startRole(platform, instance, instances.cause[instance]);
    return;
  }
  beginFault(platform, instance, openDefect(platform, Defect.vmStart, instance));
  wait(platform, instance, drawBoot(platform, instance, platform.catalogue.laws.provision), EventKind.guestBooted);
}

/** The host freezes the VM with its memory; false when there is nothing to freeze. */
export function pauseVm(platform: Platform, instance: number, incident: number): boolean {
  const { world, calendar } = platform;
  const { instances } = world;
  const state = instances.state[instance];
  if (state === InstanceState.dead || state === InstanceState.deleted) return false;
  if (state === InstanceState.pending || state === InstanceState.paused || state === InstanceState.unreachable) return false;
  if (world.hosts.state[instances.host[instance]] !== HostState.up) return false;
  shelveFault(platform, instance);
  instances.fault[instance] = incident;
  blame(platform, instance, incident, factOf(platform, incident));
  const left = calendar.timeOf(instances.timer[instance]) - calendar.now;
  freezeServices(platform, instance);
  forEachJob(platform, instance, jobDelayed);
  moveTo(platform, instance, InstanceState.paused, factOf(platform, incident));
  instances.pausedFrom[instance] = state;
  instances.timeLeft[instance] = left;
  return true;
}

/** The VM runs again where it was: requests in service go on, its timer too. */
export function resumeVm(platform: Platform, instance: number, incident: number): void {
  const { instances } = platform.world;
  if (instances.state[instance] !== InstanceState.paused || instances.fault[instance] !== incident) return;
  const state = instances.pausedFrom[instance] as InstanceState;
  const fact = factOf(platform, incident);
  const frozenAt = instances.since[instance];
  thawServices(platform, instance);
  forEachJob(platform, instance, jobResumed);
  if (state === InstanceState.ready) becomeReady(platform, instance, fact);
  else {
    endOpenFault(platform, instance);
    takeUpFault(platform, instance);
    // foreground tasks were frozen too
    if (instances.foregroundUntil[instance] > frozenAt) instances.foregroundUntil[instance] += platform.calendar.now - frozenAt;
    moveTo(platform, instance, state, fact);
    const left = instances.timeLeft[instance];
    if (left < never - platform.calendar.now) wait(platform, instance, left, instances.timerKind[instance] as EventKind);
  }
  startWaiting(platform, instance);
  if (platform.catalogue.mixed) takeMessages(platform, instance);
  endDrainIfEmpty(platform, instance);
  const { hosts, racks } = platform.world;
  const host = instances.host[instance];
  if (hosts.cutOff[host] === 1) isolate(platform, instance, racks.cutBy[hosts.rack[host]], fact);
}

/** Does something for every job in the hands of an instance, begun or not. */
function forEachJob(platform: Platform, instance: number, act: (platform: Platform, job: number) => void): void {
  const { instances, requests } = platform.world;
  for (const head of [instances.serviceHead[instance], instances.queueHead[instance]]) {
    for (let held = head; held >= 0; held = requests.next[held]) if (requests.client[held] === jobClient) act(platform, held);
  }
}

/** The last instant at or before `at` that is phase + k * period; before the first one, the one before the start of time. */
export function lastTick(phase: number, period: number, at: number): number {
  return phase + Math.floor((at - phase) / period) * period;
}

/** The phase of a guest's heartbeats, from its name and the time it started: nobody keeps it. */
function guestPhase(platform: Platform, instance: number, period: number): number {
  const { instances, groups } = platform.world;
  const group = groups[instances.group[instance]];
  const uniform = platform.streams.once("heartbeat", group.deployment, group.role, instances.index[instance], instances.restarts[instance]);
  return Math.floor(uniform * period);
}
