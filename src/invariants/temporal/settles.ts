import { never } from "../../kernel/time.ts";
import { OperationStatus } from "../../model/fabric/locks.ts";
import { FactKind } from "../../model/facts.ts";
import { hostsInReach } from "../../model/hardware/clusters.ts";
import { HostState, InstanceState, instanceStateNames } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";
import type { Invariant, WatchedRun } from "../invariant.ts";
import { LeadsTo } from "../leadsTo.ts";
import { QueueGrowth } from "../queueGrowth.ts";

/** T9. */
export const settles: Invariant = {
  id: "T9",
  name: "settles",
  statement:
    "In a scenario whose faults end (`heal`), within `settle` from then on, or from when it became so later: an instance that is not ready is ready, unless its deployment is stopped, no host has room for it, its host is being updated, or its process has ended where nobody heals processes; one that is ready is in every rotation of its endpoints, unless its health check takes it out; of an operation that is under way something is told, or its deployment changes, unless it updates hosts, somebody has to walk it by hand, or no host has room for an instance of it. And no queue without sessions holds more throughout the last third of `settle` than it ever did in the first, unless all its ready workers are busy. What is due only after the horizon is not held against the run.",
  watch(run) {
    const { heal } = run.platform.design;
    return heal === undefined || heal.settle >= never ? {} : watchSettling(run, heal.settle);
  },
};

function watchSettling({ broken, platform }: WatchedRun, settle: number) {
  const { calendar, world } = platform;
  const { backends, instances } = world;
  const [ready, rotating, moving] = [new LeadsTo(), new LeadsTo(), new LeadsTo()];
  const queues = new QueueGrowth(platform, settle);
  let isHealed = false;
  const check = (now: number): void => {
    for (let late = ready.overdue(now); late >= 0; late = ready.overdue(now)) {
      const state = instanceStateNames[instances.state[late]];
      if (mayWait(platform, late)) ready.oblige(late, now + settle);
      else broken(`instance ${late} is ${state}, and has not been ready since faults ended`);
    }
    for (let out = rotating.overdue(now); out >= 0; out = rotating.overdue(now))
      if (isLeftOut(platform, out)) broken(`instance ${backends.instance[out]} is ready, and out of rotation ${backends.rotation[out]}`);
    for (let stuck = moving.overdue(now); stuck >= 0; stuck = moving.overdue(now)) {
      if (isStuck(platform, stuck)) broken(`operation ${stuck} is under way, and nothing becomes of it`);
      if (world.operations[stuck].status === OperationStatus.running) moving.oblige(stuck, now + settle);
    }
  };
  const oblige = (to: LeadsTo, binding: number): void => {
    if (to.dueAt(binding) === Number.POSITIVE_INFINITY) to.oblige(binding, calendar.now + settle);
  };
  const lookAt = (instance: number): void => {
    if (instances.state[instance] !== InstanceState.ready) {
      oblige(ready, instance);
      return;
    }
    ready.discharge(instance);
    for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
      if (isLeftOut(platform, backend)) oblige(rotating, backend);
      else rotating.discharge(backend);
    }
  };
  const lockOf = (instance: number): number => world.deployments[world.groups[instances.group[instance]].deployment].lock;
  const begin = (): void => {
    isHealed = true;
    queues.begin();
    for (const { instances: ids } of world.groups) for (const id of ids) lookAt(id);
    for (const { id, status } of world.operations) if (status === OperationStatus.running) oblige(moving, id);
  };
  return {
    listensTo: [
      ...[FactKind.healed, FactKind.instanceChanged, FactKind.rotationChanged, FactKind.queueDepthChanged],
      ...[FactKind.operationStarted, FactKind.upgradeDomainStarted, FactKind.operationFinished, FactKind.operationReplaced],
    ],
    observe({ at, kind, subject }: { readonly at: number; readonly kind: number; readonly subject: number }): void {
      if (kind === FactKind.healed) begin();
      if (!isHealed || world.closed) return;
      check(at);
      switch (kind) {
        case FactKind.queueDepthChanged:
          queues.changed(subject);
          return;
        case FactKind.instanceChanged:
          if (lockOf(subject) >= 0 && moving.dueAt(lockOf(subject)) < never) moving.oblige(lockOf(subject), at + settle);
          lookAt(subject);
          return;
        case FactKind.rotationChanged:
          lookAt(subject);
          return;
        case FactKind.operationStarted:
        case FactKind.upgradeDomainStarted:
          moving.oblige(subject, at + settle);
          return;
        case FactKind.operationFinished:
        case FactKind.operationReplaced:
          moving.discharge(subject);
          return;
        default:
      }
    },
    look(): void {
      if (!isHealed || world.closed) return;
      check(calendar.now);
      judge(broken, queues);
    },
    atHorizon(): void {
      if (!isHealed) return;
      // what is due at the horizon has had its time: nothing else happens before it
      check(calendar.now + 1);
      judge(broken, queues);
    },
  };
}

function judge(broken: WatchedRun["broken"], queues: QueueGrowth): void {
  const grown = queues.judge();
  if (grown !== undefined)
    broken(`queue ${grown.queue} holds at least ${grown.last} in the end, at most ${grown.first} when faults had ended`);
}

/** Whether an instance may be anything but ready for as long as it likes. */
function mayWait(platform: Platform, instance: number): boolean {
  const { calendar, design, world } = platform;
  switch (world.instances.state[instance]) {
    case InstanceState.ready:
    case InstanceState.deleted:
    case InstanceState.stopped:
      return true;
    case InstanceState.pending:
      return !hasRoom(platform, instance);
    case InstanceState.rebooting:
      return world.hosts.state[world.instances.host[instance]] === HostState.updating;
    case InstanceState.recycling:
      // its process was ending when the faults did, and nobody restarts it
      return !design.fabric.healing.process && calendar.timeOf(world.instances.timer[instance]) >= never;
    default:
      return false;
  }
}

/** Whether some host that is up has room for an instance, and the quota too. */
function hasRoom(platform: Platform, instance: number): boolean {
  const { catalogue, design, world } = platform;
  const { hosts, instances } = world;
  const { size } = catalogue.programs[instances.wanted[instance]].design;
  const { coreQuota } = design.service;
  if (coreQuota > 0 && world.coresUsed + size.cores > coreQuota) return false;
  const { from, to } = hostsInReach(platform);
  for (let host = 0; host < hosts.count; host++) {
    const place = host % design.datacenter.hostsPerFaultDomain;
    if (place < from || place >= to || hosts.state[host] !== HostState.up) continue;
    if (hosts.freeCores[host] >= size.cores && hosts.freeMemoryMiB[host] >= size.memoryMiB && hosts.freeDiskMiB[host] >= size.diskMiB)
      return true;
  }
  return false;
}

/** Whether a backend of a ready instance is out of rotation, and nobody has taken it out. */
function isLeftOut({ world }: Platform, backend: number): boolean {
  const { backends, instances } = world;
  const instance = backends.instance[backend];
  if (!backends.ids.isLive(backend) || instances.state[instance] !== InstanceState.ready) return false;
  return backends.inRotation[backend] === 0 && instances.excluded[instance] === 0;
}

function isStuck(platform: Platform, operation: number): boolean {
  const { design, world } = platform;
  const { status } = world.operations[operation];
  const spec = design.operations[operation];
  if (status !== OperationStatus.running || spec.kind === "autoscale" || spec.kind === "host-os-update") return false;
  if (spec.kind === "upgrade" && spec.mode === "manual") return false;
  const { deployment: own } = world.operations[operation];
  return !world.pendingInstances.some((instance) => {
    const { deployment } = world.groups[world.instances.group[instance]];
    return (deployment === own || world.deployments[deployment].lock === operation) && !hasRoom(platform, instance);
  });
}
