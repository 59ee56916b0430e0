import { violated } from "../../kernel/invariant.ts";
import { answersChanged } from "../balancer/probes.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { closeFault } from "../incidents.ts";
import { InstanceState, instanceStateNames, looksReady } from "../status.ts";
import { takeMessages } from "../storage/queue.ts";
import type { Platform } from "../world.ts";
import { ailmentsMoved } from "./ailments.ts";
import { startClocks, stopClocks } from "./clocks.ts";
import { drawFor, stretched } from "./draws.ts";
import { startRun, stopRun } from "./run.ts";
import { runStartupTasks } from "./startup.ts";

/**
 * The life of a role instance: creating (VM) -> starting (tasks, role host) -> busy (OnStart) -> ready -> draining -> stopping (OnStop) ->
 * updating | deleted, with recycling for a dead process and dead for a VM that is gone. Every move goes through `moveTo`.
 */

const allowedMoves: Readonly<Record<keyof typeof InstanceState, readonly InstanceState[]>> = (() => {
  const s = InstanceState;
  const gone = [s.dead, s.deleted];
  const still = [s.paused, s.unreachable];
  // whatever stood still goes on as it was
  const resumed = [
    s.stopped,
    s.creating,
    s.rebooting,
    s.starting,
    s.busy,
    s.ready,
    s.hung,
    s.webDown,
    s.draining,
    s.stopping,
    s.updating,
    s.recycling,
    ...gone,
  ];
  return {
    pending: [s.stopped, s.creating, s.starting, s.busy, s.ready, s.deleted],
    creating: [s.stopped, s.rebooting, s.starting, s.busy, s.ready, s.pending, ...still, ...gone],
    rebooting: [s.stopped, s.rebooting, s.starting, s.busy, s.ready, ...still, ...gone],
    starting: [s.stopped, s.rebooting, s.busy, s.ready, ...still, s.recycling, s.updating, ...gone],
    busy: [s.stopped, s.rebooting, s.ready, ...still, s.recycling, s.updating, ...gone],
    ready: [s.hung, s.webDown, ...still, s.draining, s.stopping, s.recycling, ...gone],
    hung: [s.stopped, s.rebooting, ...still, s.recycling, s.ready, s.stopping, s.updating, ...gone],
    webDown: [s.stopped, s.rebooting, s.stopping, ...still, s.recycling, s.ready, s.updating, ...gone],
    paused: resumed,
    draining: [s.stopping, ...still, s.recycling, ...gone],
    stopping: [s.creating, s.pending, s.stopped, s.updating, s.rebooting, s.starting, s.busy, s.ready, ...still, s.recycling, ...gone],
    updating: [s.stopped, s.rebooting, s.starting, s.busy, s.ready, s.creating, s.pending, ...still, ...gone],
    recycling: [s.stopped, s.rebooting, s.recycling, s.starting, s.busy, s.ready, ...still, s.stopping, s.updating, ...gone],
    stopped: [s.rebooting, s.starting, s.busy, s.ready, ...still, ...gone],
    dead: [s.stopped, s.creating, s.rebooting, s.starting, s.busy, s.pending, s.ready, s.deleted],
    unreachable: resumed,
    deleted: [],
  };
})();
const allowed = instanceStateNames.map((name) => {
  const row = new Uint8Array(instanceStateNames.length);
  for (const to of allowedMoves[name]) row[to] = 1;
  return row;
});

/** Moves an instance to another state, tells it, and lets its probes, clocks and waiting operations know. Its old timer is cancelled. */
export function moveTo(platform: Platform, instance: number, state: InstanceState, cause: number): void {
  const { world, calendar, trace } = platform;
  const { instances } = world;
  const from = instances.state[instance];
  if (allowed[from][state] === 0)
    violated(`instance ${instance} cannot go from ${instanceStateNames[from]} to ${instanceStateNames[state]}`);
  if (instances.timer[instance] >= 0) {
    calendar.cancel(instances.timer[instance]);
    instances.timer[instance] = -1;
  }
  // a crash counts itself
  if (from === InstanceState.ready && state !== InstanceState.recycling && instances.crashes[instance] > 0)
    forgiveCrashes(platform, instance);
  instances.state[instance] = state;
  instances.since[instance] = calendar.now;
  const group = world.groups[instances.group[instance]];
  if (looksReady(from)) group.ready--;
  if (looksReady(state)) group.ready++;
  const fact = trace.emit(FactKind.instanceChanged, instance, state, cause);
  instances.cause[instance] = fact;
  if (from === InstanceState.ready && instances.firstClock[instance] >= 0) stopClocks(platform, instance);
  if (instances.firstAilment[instance] >= 0) ailmentsMoved(platform, instance, state);
  if (instances.runEvent[instance] >= 0) stopRun(platform, instance);
  if (state !== InstanceState.stopping && state !== InstanceState.paused && state !== InstanceState.unreachable)
    instances.servesOn[instance] = 0;
  if (instances.firstBackend[instance] >= 0) answersChanged(platform, instance, fact);
  const deployment = world.deployments[group.deployment];
  if (deployment.checkEvent < 0 && (deployment.lock >= 0 || deployment.watchers.length > 0)) {
    const watcher = deployment.lock >= 0 ? deployment.lock : deployment.watchers[0];
    deployment.checkEvent = calendar.schedule(calendar.now, EventKind.operationChecked, watcher, deployment.id);
  }
}

/** A role that was ready for long enough starts the count of its crashes anew. */
function forgiveCrashes({ world, calendar, design }: Platform, instance: number): void {
  const { crashes, since } = world.instances;
  if (calendar.now - since[instance] >= design.fabric.restartBackoff.reset) crashes[instance] = 0;
}

/** The instance serves: its own fault, if it had one, is over. */
export function becomeReady(platform: Platform, instance: number, cause: number): void {
  const { world } = platform;
  const { instances } = world;
  endOwnFault(platform, instance);
  const { topologies } = world.deployments[world.groups[instances.group[instance]].deployment];
  instances.knows[instance] = Math.max(0, topologies.length - 1);
  moveTo(platform, instance, InstanceState.ready, cause);
  if (isCalm(platform, instance)) instances.incident[instance] = -1;
  if (instances.firstClock[instance] >= 0) startClocks(platform, instance);
  startRun(platform, instance);
  takeMessages(platform, instance);
}

/** The open fault of the instance itself is over, with one that a pause has put aside, and their repairs have nothing left to do. */
export function endOwnFault(platform: Platform, instance: number): void {
  endOpenFault(platform, instance);
  if (takeUpFault(platform, instance)) endOpenFault(platform, instance);
}

/** A pause begins: the fault that was open stays open, but its repair stands still. */
export function shelveFault(platform: Platform, instance: number): void {
  const { world, calendar } = platform;
  const { instances, repairs } = world;
  const repair = instances.repair[instance];
  if (repair >= 0) {
    repairs.duration[repair] = calendar.timeOf(repairs.event[repair]) - calendar.now;
    calendar.cancel(repairs.event[repair]);
  }
  instances.shelvedFault[instance] = instances.fault[instance];
  instances.shelvedRepair[instance] = repair;
  instances.fault[instance] = -1;
  instances.repair[instance] = -1;
}

/** A pause ends: the fault that was open before is the instance's again; false when there was none. */
export function takeUpFault(platform: Platform, instance: number): boolean {
  const { world, calendar } = platform;
  const { instances, repairs } = world;
  if (instances.shelvedFault[instance] < 0) return false;
  const repair = instances.shelvedRepair[instance];
  instances.fault[instance] = instances.shelvedFault[instance];
  instances.repair[instance] = repair;
  instances.shelvedFault[instance] = -1;
  if (repair >= 0) repairs.event[repair] = calendar.scheduleAfter(repairs.duration[repair], EventKind.repairEnded, repair);
  return true;
}

/** The fault that is open now is over. */
export function endOpenFault(platform: Platform, instance: number): void {
  const { world, calendar } = platform;
  const { instances, repairs } = world;
  const repair = instances.repair[instance];
  if (repair >= 0) {
    calendar.cancel(repairs.event[repair]);
    repairs.ids.release(repair);
    instances.repair[instance] = -1;
  }
  const fault = instances.fault[instance];
  if (fault < 0) return;
  instances.fault[instance] = -1;
  closeFault(platform, fault);
}

/** A process that starts runs the version its upgrade domain is to have; on another one its crashes are counted anew. Returns the program. */
export function takeVersion(platform: Platform, instance: number): number {
  const { instances } = platform.world;
  const program = instances.wanted[instance];
  if (instances.program[instance] !== program) instances.crashes[instance] = 0;
  instances.program[instance] = program;
  instances.runLeft[instance] = -1;
  return program;
}

/** The guest agent is up: startup tasks and the role host's start. A task that fails is the end of it. */
export function startRole(platform: Platform, instance: number, cause: number): void {
  const { deployments, groups, instances } = platform.world;
  if (deployments[groups[instances.group[instance]].deployment].suspended) {
    switchOff(platform, instance, cause);
    return;
  }
  const { catalogue, world } = platform;
  const { roleStart } = catalogue.programs[takeVersion(platform, instance)];
  const tasks = runStartupTasks(platform, instance, 0);
  if (world.instances.failedTask[instance] >= 0) {
    moveTo(platform, instance, InstanceState.starting, cause);
    wait(platform, instance, tasks, EventKind.startupTaskFailed);
    return;
  }
  const duration = tasks + stretched(platform, instance, drawFor(platform, instance, roleStart));
  if (!stayIn(platform, instance, InstanceState.starting, duration, EventKind.roleStarted, cause)) runOnStart(platform, instance, cause);
}

/** The VM is off with its deployment: what was wrong with the guest or its process is over. */
export function switchOff(platform: Platform, instance: number, cause: number): void {
  endOwnFault(platform, instance);
  moveTo(platform, instance, InstanceState.stopped, cause);
}

/** The role host runs: OnStart, and then ready, unless the version's OnStart may fail. */
export function runOnStart(platform: Platform, instance: number, cause: number): void {
  const { instances } = platform.world;
  instances.startedAt[instance] = platform.calendar.now;
  instances.warmAt[instance] = -1;
  const { onStart, onStartFails } = platform.catalogue.programs[instances.program[instance]];
  const duration = drawFor(platform, instance, onStart);
  if (onStartFails === 0 && duration === 0) {
    becomeReady(platform, instance, cause);
    return;
  }
  moveTo(platform, instance, InstanceState.busy, cause);
  wait(platform, instance, duration, EventKind.onStartReturned);
}

/** Moves an instance to a state that ends after a duration with an event; false, and nobody is told, when it would take no time. */
export function stayIn(
  platform: Platform,
  instance: number,
  state: InstanceState,
  duration: number,
  event: EventKind,
  cause: number,
): boolean {
  if (duration === 0) return false;
  moveTo(platform, instance, state, cause);
  wait(platform, instance, duration, event);
  return true;
}

/** Lets the instance's current state end after a duration with an event. */
export function wait(platform: Platform, instance: number, duration: number, event: EventKind): void {
  const { instances } = platform.world;
  instances.timer[instance] = platform.calendar.scheduleAfter(duration, event, instance);
  instances.timerKind[instance] = event;
}

/** In rotation wherever it has an endpoint, so that nothing that fails from now on is an old incident's fault. */
function isCalm(platform: Platform, instance: number): boolean {
  const { backends, instances } = platform.world;
  for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
    if (backends.inRotation[backend] === 0) return false;
  }
  return true;
}
