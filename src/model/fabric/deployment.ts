import { Answer, applySingleInstanceRule } from "../balancer/probes.ts";
import { setRotation } from "../balancer/rotation.ts";
import { FactKind } from "../facts.ts";
import { findHost, leaveHost, placeInstance, retryPending, settleOn } from "../hardware/placement.ts";
import { addClocks, startClocks, stopClocks } from "../roles/clocks.ts";
import { DiskEvent, diskEvent } from "../roles/disks.ts";
import { drawFor } from "../roles/draws.ts";
import { cutHeld } from "../roles/held.ts";
import { endOwnFault, moveTo } from "../roles/lifecycle.ts";
import { releaseFolders } from "../roles/localStorage.ts";
import { startRun } from "../roles/run.ts";
import { rememberFirstBoot } from "../roles/startup.ts";
import { FailureCause, InstanceState } from "../status.ts";
import type { Deployment, Group, Platform } from "../world.ts";
import { demandOf, pinCluster } from "./allocation.ts";

/** Makes a deployment of the service in a slot. At the start of a run its instances are ready; later they take their time. */
export function createDeployment(
  platform: Platform,
  slot: number,
  version: string,
  programs: readonly number[],
  ready: boolean,
  incident: number,
  cause: number,
  reservedIp = false,
): Deployment {
  const { world, catalogue, design } = platform;
  const deployment: Deployment = {
    id: world.deployments.length,
    version,
    reservedIp,
    slot,
    firstGroup: world.groups.length,
    groupCount: programs.length,
    firstRotation: world.rotations.length,
    lock: -1,
    watchers: [],
    suspended: false,
    checkEvent: -1,
    topologies: [],
    oldestTopology: 0,
  };
  world.deployments.push(deployment);
  pinCluster(platform, demandOf(programs.map((program) => catalogue.programs[program].design)));
  world.vips[slot] = deployment.id;
  // a swap that makes trouble shuts out everybody
  if (world.shutBy < 0) world.doors[slot] = deployment.id;
  const racks = design.datacenter.faultDomains;
  for (let role = 0; role < programs.length; role++) {
    const program = programs[role];
    const group: Group = {
      id: world.groups.length,
      deployment: deployment.id,
      role,
      program,
      asked: 0,
      instances: [],
      lives: [],
      last: [],
      ready: 0,
      perRack: new Int32Array(racks),
      perCell: new Int32Array(racks * design.service.upgradeDomains),
    };
    world.groups.push(group);
    if (catalogue.programs[program].queue >= 0) world.queues[catalogue.programs[program].queue].consumers.push(group.id);
  }
  catalogue.endpoints.forEach((endpoint, id) => {
    const group = deployment.firstGroup + endpoint.role;
    world.rotations.push({
      id: world.rotations.length,
      endpoint: id,
      group,
      members: new Int32Array(4),
      count: 0,
      memory: -1,
      incident,
      cause,
    });
  });
  for (let role = 0; role < programs.length; role++) {
    const { instances } = catalogue.programs[programs[role]].design;
    addInstances(platform, world.groups[deployment.firstGroup + role], instances, ready, incident, cause);
  }
  const groups = world.groups.slice(deployment.firstGroup);
  deployment.topologies.push(groups.map(({ instances }) => ({ instances: [...instances], incident, fact: cause })));
  return deployment;
}

/** Asks for more instances of a role; each is placed now, or waits for room. Returns their ids. */
export function addInstances(platform: Platform, group: Group, count: number, ready: boolean, incident: number, cause: number): number[] {
  const before = group.asked;
  group.asked += count;
  platform.trace.emit(FactKind.instancesAsked, group.id, group.asked, cause);
  const added: number[] = [];
  let delay = 0;
  for (let i = 0; i < count; i++) {
    added.push(addInstance(platform, group, { place: before + i, ready, incident, cause, delay }));
    if (!ready) delay += drawFor(platform, added[i], platform.catalogue.laws.stagger);
  }
  if (before === 1 && count > 0) applySingleInstanceRule(platform, group.instances[0], cause);
  return added;
}

/** An instance is gone: it leaves its rotations, its host and its role for good; what it still held is cut. */
export function removeInstance(platform: Platform, instance: number, incident: number, cause: number): void {
  const { world, calendar } = platform;
  const { instances, backends } = world;
  const group = world.groups[instances.group[instance]];
  if (instances.state[instance] === InstanceState.deleted) return;
  endOwnFault(platform, instance);
  stopClocks(platform, instance);
  cutHeld(platform, instance, FailureCause.drained, incident, cause);
  for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
    calendar.cancel(backends.pending[backend]);
    setRotation(platform, backend, false, cause);
    backends.ids.release(backend);
  }
  instances.firstBackend[instance] = -1;
  instances.firstClock[instance] = -1;
  calendar.cancel(instances.healthEvent[instance]);
  calendar.cancel(instances.pollEvent[instance]);
  const waiting = world.pendingInstances.indexOf(instance);
  if (waiting >= 0) world.pendingInstances.splice(waiting, 1);
  leaveHost(platform, instance);
  moveTo(platform, instance, InstanceState.deleted, cause);
  instances.incident[instance] = incident;
  diskEvent(platform, instance, DiskEvent.removal);
  releaseFolders(platform, instance);
  group.instances.splice(group.instances.indexOf(instance), 1);
  retryPending(platform, cause);
}

/** Several instances are gone at once: those that wait for room first, or they would have the place of the others for an instant. */
export function removeInstances(platform: Platform, leaving: readonly number[], incident: number, cause: number): void {
  const { state } = platform.world.instances;
  const waiting = leaving.filter((instance) => state[instance] === InstanceState.pending);
  for (const instance of waiting) removeInstance(platform, instance, incident, cause);
  for (const instance of leaving) removeInstance(platform, instance, incident, cause);
}

/** The number of instances asked for goes down; those that remain may now fall under the rule for single instances. */
export function askFor(platform: Platform, group: Group, asked: number, cause: number): void {
  group.asked = asked;
  platform.trace.emit(FactKind.instancesAsked, group.id, asked, cause);
  if (asked === 1) applySingleInstanceRule(platform, group.instances[0], cause);
}

/** How an instance comes into its role. */
interface Arrival {
  /** Its place in the list: before those that are on their way out. */
  readonly place: number;
  /** Ready at once, as at the start of a run; else it is placed so long from now. */
  readonly ready: boolean;
  readonly delay: number;
  readonly incident: number;
  readonly cause: number;
}

function addInstance(platform: Platform, group: Group, { cause, delay, incident, place, ready }: Arrival): number {
  const { world, design } = platform;
  const { instances } = world;
  const instance = instances.ids.allocate();
  const index = freeIndex(platform, group);
  group.instances.splice(place, 0, instance);
  instances.group[instance] = group.id;
  instances.index[instance] = index;
  instances.life[instance] = group.lives[index] ?? 0;
  group.lives[index] = instances.life[instance] + 1;
  group.last[index] = instance;
  instances.program[instance] = group.program;
  instances.wanted[instance] = group.program;
  instances.upgradeDomain[instance] = index % design.service.upgradeDomains;
  instances.state[instance] = InstanceState.pending;
  for (const column of [
    instances.host,
    instances.timer,
    instances.fault,
    instances.repair,
    instances.pollEvent,
    instances.healthEvent,
    instances.stream,
    instances.operatorStream,
  ])
    column[instance] = -1;
  for (const column of [instances.defectStream, instances.runEvent, instances.runLeft, instances.failedTask, instances.firstFolder])
    column[instance] = -1;
  for (const column of [instances.firstBackend, instances.firstClock, instances.queueHead, instances.queueTail]) column[instance] = -1;
  instances.patchedBy[instance] = -1;
  instances.knows[instance] = Math.max(0, world.deployments[group.deployment].topologies.length - 1);
  instances.configuredBy[instance] = -1;
  instances.servesOn[instance] = 0;
  instances.startDelay[instance] = delay;
  instances.shelvedFault[instance] = -1;
  instances.serviceHead[instance] = -1;
  instances.sharedEvent[instance] = -1;
  instances.busyTime[instance] = 0;
  instances.slowdown[instance] = 1;
  instances.bootFactor[instance] = 1;
  instances.greyStream[instance] = -1;
  instances.firstAilment[instance] = -1;
  instances.incident[instance] = incident;
  instances.cause[instance] = cause;
  instances.since[instance] = platform.calendar.now;
  addBackends(platform, instance, group);
  addClocks(platform, instance, group);
  const host = ready ? findHost(platform, instance) : -1;
  if (host < 0) {
    placeInstance(platform, instance, cause);
    // it was pending before anybody could be told
    if (instances.state[instance] === InstanceState.pending)
      platform.trace.emit(FactKind.instanceChanged, instance, InstanceState.pending, cause);
    return instance;
  }
  settleOn(platform, instance, host, cause);
  instances.startedAt[instance] = platform.calendar.now;
  instances.incident[instance] = -1;
  moveTo(platform, instance, InstanceState.ready, cause);
  startClocks(platform, instance);
  rememberFirstBoot(platform, instance);
  startRun(platform, instance);
  for (let backend = instances.firstBackend[instance]; backend >= 0; backend = world.backends.next[backend]) {
    platform.calendar.cancel(world.backends.pending[backend]);
    world.backends.pending[backend] = -1;
    setRotation(platform, backend, true, cause);
  }
  return instance;
}

/** The lowest index that nobody in the role has: the next one, unless there are holes. */
function freeIndex({ world }: Platform, { instances, lives }: Group): number {
  // every index that was ever given is taken
  if (lives.length === instances.length) return instances.length;
  const taken = new Set(instances.map((instance) => world.instances.index[instance]));
  let free = 0;
  while (taken.has(free)) free++;
  return free;
}

function addBackends(platform: Platform, instance: number, group: Group): void {
  const { world, catalogue, calendar } = platform;
  const { backends, instances } = world;
  const deployment = world.deployments[group.deployment];
  for (const endpoint of [...catalogue.endpointsOf[group.role]].reverse()) {
    const backend = backends.ids.allocate();
    backends.instance[backend] = instance;
    backends.rotation[backend] = deployment.firstRotation + endpoint;
    backends.next[backend] = instances.firstBackend[instance];
    backends.inRotation[backend] = 0;
    backends.phase[backend] = probePhase(platform, instance, group, endpoint);
    backends.answer[backend] = Answer.silent;
    backends.answerSince[backend] = calendar.now;
    backends.lastSuccess[backend] = calendar.now;
    backends.misses[backend] = 0;
    backends.admittedAt[backend] = Number.NEGATIVE_INFINITY;
    backends.flaps[backend] = 0;
    backends.pending[backend] = -1;
    instances.firstBackend[instance] = backend;
    if (catalogue.endpoints[endpoint].stays) setRotation(platform, backend, true, instances.cause[instance]);
  }
  if (group.asked === 1) applySingleInstanceRule(platform, instance, instances.cause[instance]);
}

function probePhase(platform: Platform, instance: number, group: Group, endpoint: number): number {
  const { catalogue, world, streams } = platform;
  const { probe } = catalogue.endpoints[endpoint];
  const index = world.instances.index[instance];
  if (probe.phase.kind === "fixed") return probe.phase.at % probe.interval;
  if (probe.phase.kind === "even") return Math.floor((index * probe.interval) / Math.max(1, group.asked)) % probe.interval;
  return Math.floor(streams.once("probe", group.deployment, endpoint, index) * probe.interval);
}
