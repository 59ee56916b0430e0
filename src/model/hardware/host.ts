import { constantMicros, sampleMicros } from "../../random/laws.ts";
import { leaveRotations } from "../balancer/probes.ts";
import { forgetDecision, whenPrimary } from "../controller.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { closeFault, factOf } from "../incidents.ts";
import { windClocks } from "../roles/clocks.ts";
import { DiskEvent, diskEvent } from "../roles/disks.ts";
import { bootVm, lastTick, loseVm } from "../roles/vm.ts";
import { HostState, InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { instancesOn, leaveHost, placeInstance, retryPending } from "./placement.ts";

/**
 * A physical server: up, down (nobody has been told), restarting (declared dead, the controller tries once), out for repair (its instances
 * were placed elsewhere). It runs when it has no open fault of its own and its rack has power.
 */

/** A fault strikes the host. */
export function failHost(platform: Platform, host: number, incident: number): boolean {
  const { hosts } = platform.world;
  hosts.faults[host]++;
  if (needsRepair(platform, incident)) hosts.hardwareFaults[host]++;
  if (platform.catalogue.faults[platform.world.incidents[incident].fault].design.class !== "reported") loseHost(platform, host, incident);
  else platform.calendar.schedule(platform.calendar.now, EventKind.hostReported, host, incident);
  return true;
}

/** Whether a host in that state can fail: it is up, or restarts as planned. */
function isRunning(state: number): boolean {
  return state === HostState.up || state === HostState.updating;
}

/** The host has stopped, whether or not anybody could reach it: its VMs stop with it. */
export function loseHost(platform: Platform, host: number, incident: number): void {
  const { hosts } = platform.world;
  if (isRunning(hosts.state[host])) silenceHost(platform, host, incident);
  else if (hosts.cutOff[host] === 1) {
    hosts.cutOff[host] = 0;
    forgetStrays(platform, host);
    // the controller misses its heartbeats already
    if (hosts.state[host] === HostState.unreachable) setHostState(platform, host, HostState.down, factOf(platform, incident));
    for (const instance of instancesOn(platform, host)) loseVm(platform, instance, incident, factOf(platform, incident));
  }
}

/** What was placed elsewhere does not run here any more either. */
export function forgetStrays({ world }: Platform, host: number): void {
  const left = world.strays.filter((stray) => stray.host !== host);
  world.strays.splice(0, world.strays.length, ...left);
}

/** The repair of one of the host's faults is done. */
export function repairHost(platform: Platform, host: number, incident: number): void {
  const { hosts } = platform.world;
  // the controller's restart may have ended the fault before
  if (platform.world.incidents[incident].open === 0) return;
  closeFault(platform, incident);
  hosts.faults[host]--;
  if (needsRepair(platform, incident)) hosts.hardwareFaults[host]--;
  restartClean(platform, host);
  revive(platform, host, factOf(platform, incident));
  windClocks(platform, hosts.firstClock[host], platform.world.incidents[incident].fault);
}

/** The host stops with every VM on it; the controller will miss its heartbeats. */
function silenceHost(platform: Platform, host: number, incident: number): void {
  const { hosts } = platform.world;
  setHostState(platform, host, HostState.down, factOf(platform, incident));
  const fact = hosts.cause[host];
  if (hosts.firstInstance[host] >= 0) for (const instance of instancesOn(platform, host)) loseVm(platform, instance, incident, fact);
  platform.calendar.cancel(hosts.timer[host]);
  hosts.timer[host] = -1;
  missHeartbeats(platform, host);
}

/** The controller will miss the host's heartbeats, and declare it dead when they have been out for too long. */
export function missHeartbeats(platform: Platform, host: number): void {
  const { world, calendar, design } = platform;
  const { hosts } = world;
  if (!design.fabric.healing.host) return;
  const { period, timeout } = design.fabric.hostHeartbeat;
  const declaredAt = lastTick(hosts.phase[host], period, calendar.now) + timeout;
  hosts.timer[host] = calendar.schedule(Math.max(calendar.now, declaredAt), EventKind.hostDeclaredDead, host);
}

/** The host may run again: it boots its instances where they were, or comes back empty when they were moved. */
export function revive(platform: Platform, host: number, cause: number): void {
  const { world, calendar } = platform;
  const { hosts } = world;
  if (!canRun(platform, host)) return;
  // one that restarts, as planned or not, is up when that is over
  const state = hosts.state[host];
  if (state === HostState.up || state === HostState.restarting || state === HostState.updating) return;
  calendar.cancel(hosts.timer[host]);
  hosts.timer[host] = -1;
  forgetDecision(platform, EventKind.hostDeclaredDead, host);
  forgetDecision(platform, EventKind.hostRestartEnded, host);
  setHostState(platform, host, HostState.up, cause);
  bootInstances(platform, host);
  retryPending(platform, hosts.cause[host]);
}

/** Event: the controller has missed the host's heartbeats for too long. */
export function hostDeclaredDead(platform: Platform, host: number): void {
  const { world, calendar, design, catalogue, trace, streams } = platform;
  const { hosts } = world;
  hosts.timer[host] = -1;
  const silent = hosts.state[host] === HostState.down || hosts.state[host] === HostState.unreachable;
  if (!silent || !whenPrimary(platform, EventKind.hostDeclaredDead, host)) return;
  hosts.cause[host] = trace.emit(FactKind.hostDeclaredDead, host, design.fabric.hostHeartbeat.timeout, hosts.cause[host]);
  if (design.fabric.restartHostFirst) setHostState(platform, host, HostState.restarting, hosts.cause[host]);
  else {
    moveInstances(platform, host);
    // its instances need not wait for the restart, but a host that needs nothing else still gets it, and comes back empty
    if (hosts.faults[host] === 0 || hosts.hardwareFaults[host] > 0) return;
  }
  const law = catalogue.laws.hostRestart;
  const duration = constantMicros(law) ?? sampleMicros(law, streams, restartStream(platform, host));
  hosts.timer[host] = calendar.schedule(calendar.now + duration, EventKind.hostRestartEnded, host);
}

/** Event: the controller's attempt to restart the host is over, or a later step of its repair: it runs again, or the next step has its turn. */
export function hostRestartEnded(platform: Platform, host: number, step: number): void {
  const { world, trace } = platform;
  const { hosts } = world;
  hosts.timer[host] = -1;
  // it came back by itself at the instant at which the controller did
  if (hosts.state[host] !== HostState.restarting && hosts.state[host] !== HostState.outForRepair) return;
  const isFed = world.racks.faults[hosts.rack[host]] === 0 && world.racks.cut[hosts.rack[host]] === 0;
  const restarts = isFed && hosts.hardwareFaults[host] === 0;
  if (!restarts && !whenPrimary(platform, EventKind.hostRestartEnded, host, step)) return;
  const works = restarts || (isFed && mends(platform, host, step));
  hosts.cause[host] = trace.emit(FactKind.hostRestartEnded, host, works ? 1 : 0, hosts.cause[host]);
  if (!works) {
    if (!beginStep(platform, host, step) && hosts.state[host] !== HostState.outForRepair) moveInstances(platform, host);
    return;
  }
  endFaults(platform, host);
  setHostState(platform, host, HostState.up, hosts.cause[host]);
  bootInstances(platform, host);
  retryPending(platform, hosts.cause[host]);
}

/** Event: the host agent has reported a hardware fault: the instances are placed elsewhere before the host dies. */
export function hostReported(platform: Platform, host: number, incident: number): void {
  const { world, calendar, design, trace } = platform;
  const { hosts } = world;
  if (!design.fabric.healing.host || world.incidents[incident].open === 0) return;
  // no agent runs while it restarts on a new host OS
  if (hosts.state[host] === HostState.updating)
    calendar.schedule(calendar.timeOf(hosts.timer[host]), EventKind.hostReported, host, incident);
  if (hosts.state[host] !== HostState.up) return;
  if (!whenPrimary(platform, EventKind.hostReported, host, incident)) return;
  hosts.cause[host] = trace.emit(FactKind.hostReported, host, incident, factOf(platform, incident));
  for (const instance of instancesOn(platform, host)) {
    leaveRotations(platform, instance, hosts.cause[host]);
    loseVm(platform, instance, incident, hosts.cause[host]);
  }
  moveInstances(platform, host);
}

/** Whether a step after the restart has mended hardware; each is a fresh chance. */
function mends(platform: Platform, host: number, step: number): boolean {
  if (step === 0) return false;
  const share = platform.design.fabric.hostRepair[step - 1].mends;
  return share >= 1 || (share > 0 && platform.streams.uniform(restartStream(platform, host)) < share);
}

/** The next, more aggressive step begins; false when there is none, or the host was given up already. */
function beginStep(platform: Platform, host: number, step: number): boolean {
  const { world, calendar, catalogue, streams, trace } = platform;
  const { hosts } = world;
  const law = catalogue.laws.hostRepair[step];
  if (law === undefined || hosts.state[host] !== HostState.restarting) return false;
  hosts.cause[host] = trace.emit(FactKind.hostRepairStep, host, step + 1, hosts.cause[host]);
  const duration = constantMicros(law) ?? sampleMicros(law, streams, restartStream(platform, host));
  hosts.timer[host] = calendar.schedule(calendar.now + duration, EventKind.hostRestartEnded, host, step + 1);
  return true;
}

/** The host is given up: its instances are placed elsewhere, in id order. */
function moveInstances(platform: Platform, host: number): void {
  const { hosts, instances } = platform.world;
  setHostState(platform, host, HostState.outForRepair, hosts.cause[host]);
  const moved = instancesOn(platform, host);
  if (hosts.cutOff[host] === 1) for (const instance of moved) leaveBehind(platform, host, instance);
  for (const instance of moved) leaveHost(platform, instance);
  for (const instance of moved) {
    instances.restarts[instance]++;
    diskEvent(platform, instance, DiskEvent.move);
    placeInstance(platform, instance, hosts.cause[host]);
  }
  // it may have been repaired while the controller still tried to restart it
  revive(platform, host, hosts.cause[host]);
}

/** An instance that runs on where nobody reaches it is to be started elsewhere: to everybody else it is dead from now on. */
function leaveBehind(platform: Platform, host: number, instance: number): void {
  const { instances, strays } = platform.world;
  if (instances.state[instance] === InstanceState.unreachable) strays.push({ host, instance });
  loseVm(platform, instance, instances.incident[instance], platform.world.hosts.cause[host]);
}

function bootInstances(platform: Platform, host: number): void {
  const { hosts, instances } = platform.world;
  if (hosts.firstInstance[host] < 0) return;
  for (const instance of instancesOn(platform, host)) {
    if (instances.state[instance] === InstanceState.dead) bootVm(platform, instance, DiskEvent.powerCycle, hosts.cause[host]);
  }
}

/** The host starts anew, after a repair or because its power is back: that ends faults that only needed a restart. */
export function restartClean(platform: Platform, host: number): void {
  const { hosts } = platform.world;
  if (hosts.faults[host] > 0 && hosts.hardwareFaults[host] === 0) endFaults(platform, host);
}

/** Every open fault of the host is over: a restart was enough, or a later step has mended it. */
function endFaults(platform: Platform, host: number): void {
  const { world, catalogue } = platform;
  for (const id of [...world.openIncidents]) {
    const incident = world.incidents[id];
    if (incident.fault < 0 || incident.target !== host || catalogue.faults[incident.fault].kind.kind !== "host-failure") continue;
    while (incident.open > 0) closeFault(platform, id);
    voidRepairs(platform, id);
    windClocks(platform, world.hosts.firstClock[host], incident.fault);
  }
  world.hosts.faults[host] = 0;
  world.hosts.hardwareFaults[host] = 0;
}

/** A component that is mended already needs no repair: its crew finds nothing to do. */
function voidRepairs({ world }: Platform, incident: number): void {
  const { repairs } = world;
  if (repairs.count === 0) return;
  for (let repair = 0; repair < repairs.capacity; repair++) {
    if (repairs.ids.isLive(repair) && repairs.incident[repair] === incident) repairs.incident[repair] = -1;
  }
}

/** Hardware, or anything whose repair is not over: a restart does not help. */
function needsRepair(platform: Platform, incident: number): boolean {
  const { fault } = platform.world.incidents[incident];
  const { design, repair } = platform.catalogue.faults[fault];
  return design.class !== "reboot" || repair !== undefined;
}

function canRun(platform: Platform, host: number): boolean {
  const { hosts, racks } = platform.world;
  return hosts.faults[host] === 0 && racks.faults[hosts.rack[host]] === 0 && racks.cut[hosts.rack[host]] === 0;
}

/** Moves a host to another state and tells it. */
export function setHostState(platform: Platform, host: number, state: HostState, cause: number): void {
  const { hosts } = platform.world;
  hosts.state[host] = state;
  hosts.cause[host] = platform.trace.emit(FactKind.hostChanged, host, state, cause);
}

function restartStream(platform: Platform, host: number): number {
  const { hosts } = platform.world;
  if (hosts.stream[host] < 0) hosts.stream[host] = platform.streams.open("host", host, "restart");
  return hosts.stream[host];
}
