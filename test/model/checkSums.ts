import { decides } from "../../src/model/controller.ts";
import { OperationStatus } from "../../src/model/fabric/locks.ts";
import { findHost } from "../../src/model/hardware/placement.ts";
import { HostState, InstanceState, instanceStateNames, isSettled } from "../../src/model/status.ts";
import { RequestState } from "../../src/model/work/requests.ts";
import type { Platform } from "../../src/model/world.ts";

/** What is counted in one place and must be the sum of what lies in others: room, open faults, requests. */
export function wrongSums(platform: Platform): string[] {
  return [...wrongRoom(platform), ...wrongFaults(platform), ...wrongRequests(platform)];
}

/** Whoever waits for something must have something that will end it. */
export function wrongWaits({ calendar, design, world }: Platform): string[] {
  const { instances, hosts } = world;
  const wrong: string[] = [];
  const isParked = (id: number): boolean =>
    hosts.state[instances.host[id]] === HostState.updating ||
    world.operations.some((operation) => operation.hosts.includes(instances.host[id]));
  for (const id of world.groups.flatMap((group) => group.instances)) {
    const state = instances.state[id];
    const hasTimer = calendar.isPending(instances.timer[id]);
    if (passing.has(state) && !hasTimer && !(state === InstanceState.rebooting && isParked(id)))
      wrong.push(`instance ${id} stays in ${instanceStateNames[state]} for ever`);
    if (instances.timer[id] >= 0 && !hasTimer) wrong.push(`instance ${id} has a timer that is over`);
  }
  for (const { id, incident, status } of world.operations) {
    const isRunning = status === OperationStatus.running;
    const { kind } = design.operations[id];
    const holds = world.deployments.some(({ lock, watchers }) => lock === id || watchers.includes(id));
    if (isRunning !== holds) wrong.push(`${kind} ${id} ${isRunning ? "runs and looks at nothing" : "is over and holds a deployment"}`);
    const isShared = "pass" in design.operations[id];
    if (!isRunning && !isShared && incident >= 0 && world.incidents[incident].open > 0) wrong.push(`${kind} ${id} is over and open`);
  }
  for (const client of world.clients)
    if (client.firstOpen >= 0 && !calendar.isPending(client.timeoutEvent)) wrong.push(`client ${client.id} waits without a time-out`);
  return wrong;
}

/** What is still open or on its way when nothing is left to happen, although its end was foreseen. */
export function endless({ design, world, catalogue }: Platform): string[] {
  const { state } = world.instances;
  const wrong: string[] = [];
  const isRunning = world.operations.some(({ status }) => status === OperationStatus.running);
  if (world.waitingPatches.length > 0 && !isRunning) wrong.push("patches wait for nothing");
  for (const { fault, id, kind, open, target } of world.incidents) {
    if (fault < 0 || open === 0 || catalogue.faults[fault].repair === undefined) continue;
    // what was to be repaired is gone with its host, and there is no room for another one, or nobody reaches it
    const isGone = lost.has(state[target]);
    const isWaiting = catalogue.faults[fault].kind.strikes === "instance" && isGone;
    if (!isWaiting) wrong.push(`${kind} is repaired and still open (incident ${id})`);
  }
  for (const { id, status, waitingFor } of world.operations) {
    const { kind } = design.operations[id];
    if (status !== OperationStatus.running || !simple.has(kind) || !world.controller.hasPrimary) continue;
    if (waitingFor.every((instance) => isSettled(state[instance]))) wrong.push(`${kind} ${id} waits for nobody`);
  }
  return wrong;
}

/** States that end by themselves. */
const passing: ReadonlySet<number> = new Set([
  InstanceState.creating,
  InstanceState.rebooting,
  InstanceState.starting,
  InstanceState.busy,
  InstanceState.draining,
  InstanceState.stopping,
  InstanceState.updating,
]);
/** States of instances that may be for ever when nobody comes. */
const lost: ReadonlySet<number> = new Set([InstanceState.pending, InstanceState.dead, InstanceState.unreachable]);
/** Operations that are over when the instances they wait for are back or gone. */
const simple: ReadonlySet<string> = new Set(["scale", "autoscale", "reboot", "reimage", "rebuild", "start"]);

function wrongRoom(platform: Platform): string[] {
  const { world, catalogue, design } = platform;
  const { instances, hosts } = world;
  const wrong: string[] = [];
  const free = Array.from({ length: hosts.count }, () => design.datacenter.host.cores);
  let used = 0;
  for (const { id, instances: ids, perRack } of world.groups) {
    const racks = Array.from(perRack, () => 0);
    for (const host of ids.map((instance) => instances.host[instance])) if (host >= 0) racks[hosts.rack[host]]++;
    if (racks.some((count, rack) => count !== perRack[rack])) wrong.push(`role ${id} is on ${racks.join()}, counts ${perRack.join()}`);
    for (const instance of ids) {
      const host = instances.host[instance];
      if (host < 0) continue;
      const { cores } = catalogue.programs[instances.sizedBy[instance]].design.size;
      used += cores;
      free[host] -= cores;
    }
  }
  if (used !== world.coresUsed) wrong.push(`${used} cores are used, ${world.coresUsed} counted`);
  free.forEach((cores, host) => {
    if (hosts.freeCores[host] !== cores) wrong.push(`host ${host} has ${cores} free cores, counts ${hosts.freeCores[host]}`);
  });
  for (const id of decides(platform) ? world.pendingInstances : [])
    if (findHost(platform, id) >= 0) wrong.push(`instance ${id} is pending although there is room`);
  return wrong;
}

function wrongFaults({ world }: Platform): string[] {
  const { controller, hosts, racks, queues, stores } = world;
  const wrong: string[] = [];
  const compare = (kind: string, target: number, counted: number): void => {
    const ours = world.incidents.filter((incident) => incident.fault >= 0 && incident.kind === kind && incident.target === target);
    const open = ours.reduce((sum, incident) => sum + incident.open, 0);
    if (open !== counted) wrong.push(`${open} times ${kind} of ${target}, counted ${counted}`);
  };
  for (let host = 0; host < hosts.count; host++) compare("host-failure", host, hosts.faults[host]);
  for (let rack = 0; rack < racks.count; rack++) {
    compare("rack-power", rack, racks.faults[rack]);
    compare("rack-switch", rack, racks.cut[rack]);
  }
  for (const [id, { outages }] of stores.entries()) compare("store-outage", id, outages.length);
  for (const [id, { outages }] of queues.entries()) compare("queue-outage", id, outages.length);
  compare("controller-failure", 0, controller.downReplicas);
  compare("control-plane-outage", 0, controller.outages);
  for (const { host } of world.strays) if (hosts.cutOff[host] === 0) wrong.push(`host ${host} is reached, and has a stray`);
  return wrong;
}

/** Every record of a request is held by an instance, lost on its way, or stands for a call. */
function wrongRequests({ world }: Platform): string[] {
  const { calls, instances, requests } = world;
  const wrong: string[] = [];
  const outstanding = new Map<number, number>();
  let [flying, wholes, lost, held] = [calls.count, 0, 0, 0];
  for (let id = 0; id < requests.capacity; id++) {
    if (!requests.ids.isLive(id)) continue;
    const isClients = requests.client[id] >= 0;
    const call = isClients ? requests.call[id] : -1;
    if (call >= 0 && calls.request[call] === id) wholes++;
    else if (requests.state[id] === RequestState.lost) lost++;
    if (!isClients || (call >= 0 && calls.request[call] === id)) continue;
    if (call < 0) flying++;
    const instance = requests.instance[id];
    if (instance >= 0) outstanding.set(instance, (outstanding.get(instance) ?? 0) + 1);
  }
  for (const id of world.groups.flatMap((group) => group.instances)) held += instances.busy[id] + instances.waiting[id];
  if (flying !== world.requestsInFlight) wrong.push(`${flying} requests are in flight, ${world.requestsInFlight} counted`);
  if (requests.count !== wholes + lost + held)
    wrong.push(`${requests.count} records of requests: ${wholes} calls, ${lost} lost, ${held} held`);
  for (let id = 0; id < instances.count; id++) {
    const count = outstanding.get(id) ?? 0;
    if (instances.outstanding[id] !== count) wrong.push(`instance ${id} has ${count} outstanding, counts ${instances.outstanding[id]}`);
  }
  return wrong;
}
