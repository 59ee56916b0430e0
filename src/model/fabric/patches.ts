import { constantMicros, type Law, sampleMicros } from "../../random/laws.ts";
import type { OperationDesign } from "../design.ts";
import { beginHostUpdate } from "../hardware/hostUpdate.ts";
import { instancesOn } from "../hardware/placement.ts";
import { resumeOperation, suspendOperation } from "../incidents.ts";
import { HostState, InstanceState } from "../status.ts";
import type { Operation, Platform } from "../world.ts";
import { lockDeployment, watchDeployment } from "./locks.ts";
import type { OperationKind } from "./operationKind.ts";
import { awaitingPatch, beginStop, StopReason } from "./stopping.ts";
import { beginWalk, isHealthy, isLeaving, onceEach, type WalkRule, walkIsDone } from "./walk.ts";

type Patch = Extract<OperationDesign, { kind: `${string}-update` }>;

/**
 * The passes in which the platform patches itself, over every deployment there is: the host OS under the instances, the guest OS in them, and
 * the guest agent. Nobody is told beforehand, and no instance is started in the place of one that is away.
 */

/**
 * Every host under the service restarts once, upgrade domain by upgrade domain, hours apart. It is none of the operations that lock a
 * deployment (platform-facts 6), which for days nobody could change otherwise: what is asked for meanwhile begins, goes past the instances
 * that are away, as past any that is not ready, and the pass waits with its next domain until that is done.
 */
export const hostOsUpdate: OperationKind<Patch> = {
  summary:
    "Restarts the hosts under the service on a new host OS, one upgrade domain at a time, hours apart; the deployment is not locked, and what is asked for meanwhile does not wait for the domain that is away.",
  mutates: false,
  waits: true,
  refuse: () => undefined,
  begin(platform, operation) {
    begin(platform, operation, hostWalk, watchDeployment);
  },
  isDone(platform, operation) {
    restartHosts(platform, operation);
    return operation.hosts.length === 0 && walkIsDone(platform, operation, hostWalk);
  },
};

/** Every instance is reimaged with a new guest OS, in a walk that holds the deployment. */
export const guestOsUpdate: OperationKind<Patch> = {
  summary: "Gives every instance a new guest OS, one upgrade domain at a time; the deployment is locked meanwhile.",
  mutates: true,
  waits: true,
  refuse: () => undefined,
  begin(platform, operation) {
    begin(platform, operation, guestWalk, lockDeployment);
  },
  isDone: (platform, operation) => walkIsDone(platform, operation, guestWalk),
};

/** Every role is recycled once for a new guest agent. */
export const guestAgentUpdate: OperationKind<Patch> = {
  summary: "Recycles every role once, in good order, for a new guest agent; no VM restarts.",
  mutates: false,
  waits: true,
  refuse: () => undefined,
  begin(platform, operation) {
    begin(platform, operation, agentWalk, watchDeployment);
  },
  isDone: (platform, operation) => walkIsDone(platform, operation, agentWalk),
};

/** A duration of a pass, from its own stream. */
export function drawForPatch(platform: Platform, operation: Operation, law: Law): number {
  const constant = constantMicros(law);
  if (constant !== undefined) return constant;
  const { kind, pass } = platform.design.operations[operation.id] as Patch;
  // passes of the calendar do not depend on what else is in the scenario
  const { streams } = platform;
  if (operation.stream < 0)
    operation.stream = pass < 0 ? streams.open("operation", operation.id, "patch") : streams.open("patching", kind, pass);
  return sampleMicros(law, streams, operation.stream);
}

/** Whether a pass is in progress. */
export function isPatching({ world, design }: Platform): boolean {
  return world.deployments.some(({ watchers }) => watchers.some((id) => "pass" in design.operations[id]));
}

function begin(platform: Platform, operation: Operation, rule: WalkRule, hold: typeof lockDeployment): void {
  const { world } = platform;
  for (const { firstGroup, groupCount, id, slot } of world.deployments) {
    if (slot < 0) continue;
    hold(platform, operation, id);
    for (const { instances } of world.groups.slice(firstGroup, firstGroup + groupCount)) operation.scope.push(...instances);
  }
  beginWalk(platform, operation, rule);
}

/** Restarts each host whose turn it is as soon as nobody on it is ready or on the way out any more. */
function restartHosts(platform: Platform, operation: Operation): void {
  const { world, catalogue } = platform;
  const { hosts, instances } = world;
  for (const host of [...operation.hosts]) {
    // what stops on a host that nobody reaches is parked when it is reached again, unless it was placed elsewhere meanwhile
    if (hosts.cutOff[host] === 1 && hosts.state[host] !== HostState.outForRepair) continue;
    const here = instancesOn(platform, host);
    if (hosts.state[host] === HostState.up) {
      for (const instance of here) if (instances.state[instance] === InstanceState.ready) stopForHost(platform, operation, instance);
      if (here.some((instance) => isHeldUp(instances.state[instance]))) continue;
      const duration = drawForPatch(platform, operation, catalogue.laws.hostUpdate);
      for (const instance of here) instances.patchedBy[instance] = operation.id;
      beginHostUpdate(platform, host, duration, operation.fact);
    }
    // a host that died meanwhile is in other hands
    operation.hosts.splice(operation.hosts.indexOf(host), 1);
  }
}

function isHeldUp(state: number): boolean {
  return isLeaving(state) || state === InstanceState.ready || state === InstanceState.paused;
}

function stopForHost(platform: Platform, operation: Operation, instance: number): void {
  platform.world.instances.patchedBy[instance] = operation.id;
  if (!operation.waitingFor.includes(instance)) operation.waitingFor.push(instance);
  beginStop(platform, instance, StopReason.hostUpdate, operation.incident, operation.fact);
}

/** An instance counts as patched when it is about to start anew, not when it begins to stop: it may die on the way there. */
const patchWalk = {
  ...onceEach("patchedBy"),
  stopped({ world }: Platform, { id }: Operation, instance: number): void {
    world.instances.patchedBy[instance] = awaitingPatch(id);
  },
  isCutShort: ({ world }: Platform, { id }: Operation, instance: number): boolean =>
    world.instances.patchedBy[instance] === awaitingPatch(id) && world.instances.state[instance] === InstanceState.recycling,
};
const guestWalk: WalkRule = { ...patchWalk, reason: StopReason.guestUpdate };
const agentWalk: WalkRule = { ...patchWalk, reason: StopReason.agentUpdate };
const hostWalk: WalkRule = {
  ...onceEach("patchedBy"),
  reason: StopReason.hostUpdate,
  stopped(platform, operation, instance) {
    const { instances } = platform.world;
    instances.patchedBy[instance] = operation.id;
    const host = instances.host[instance];
    if (!operation.hosts.includes(host)) operation.hosts.push(host);
  },
  pause: (platform, operation) => drawForPatch(platform, operation, platform.catalogue.laws.hostPause),
  mayGoOn: (platform, operation) => platform.world.deployments.every(({ lock }) => lock < 0) && isHealthy(platform, operation),
  bracket(platform, operation, begins) {
    if (begins) resumeOperation(platform, operation.incident);
    else suspendOperation(platform, operation.incident);
  },
};
