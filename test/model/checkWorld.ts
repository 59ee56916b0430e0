import { Answer } from "../../src/model/balancer/probes.ts";
import { staysInRotation } from "../../src/model/balancer/rotation.ts";
import { HostState, InstanceState } from "../../src/model/status.ts";
import { CallPhase, roleClient } from "../../src/model/work/requests.ts";
import type { Platform } from "../../src/model/world.ts";
import { endless, wrongSums, wrongWaits } from "./checkSums.ts";

/** What must hold between any two events, as a list of what does not. */
export function wrongIn(platform: Platform): string[] {
  return [
    ...wrongRotations(platform),
    ...wrongHosts(platform),
    ...wrongStations(platform),
    ...wrongQueues(platform),
    ...wrongIncidents(platform),
    ...wrongPlaces(platform),
    ...wrongSlots(platform),
    ...wrongFolders(platform),
    ...wrongCalls(platform),
    ...wrongSums(platform),
    ...wrongWaits(platform),
  ];
}

/** Doors lead where the VIPs do unless a swap makes trouble, instances live in the pinned cluster, and no index is given twice. */
function wrongSlots({ design, world }: Platform): string[] {
  const wrong: string[] = [];
  const shut = world.shutBy >= 0 && world.doors.every((door) => door < 0);
  world.vips.forEach((vip, slot) => {
    if (world.doors[slot] !== vip && !shut) wrong.push(`the door of slot ${slot} leads to ${world.doors[slot]}, its VIP to ${vip}`);
  });
  const { clusters, hostsPerFaultDomain } = design.datacenter;
  const deployed = world.vips.some((vip) => vip >= 0);
  if (clusters.length > 0 && deployed !== world.cluster >= 0) wrong.push(`pinned to ${world.cluster} with VIPs ${world.vips.join()}`);
  for (const { id, instances } of world.groups) {
    if (new Set(instances.map((instance) => world.instances.index[instance])).size < instances.length)
      wrong.push(`role ${id} has an index twice`);
    for (const instance of instances) {
      const host = world.instances.host[instance];
      if (clusters.length === 0 || host < 0) continue;
      const { first, hosts } = clusters[Math.max(0, world.cluster)] ?? { first: 0, hosts: 0 };
      const place = host % hostsPerFaultDomain;
      if (place < first || place >= first + hosts) wrong.push(`instance ${instance} is outside its cluster`);
    }
  }
  return wrong;
}

/** What must hold when nothing is left to happen, as a list of what does not. */
export function wrongAtRest(platform: Platform): string[] {
  const { world } = platform;
  const { instances, requests, repairs } = world;
  const wrong: string[] = [];
  if (world.requestsInFlight !== 0) wrong.push(`${world.requestsInFlight} requests in flight`);
  if (world.sessionsInFlight !== 0 || world.sessions.count !== 0) wrong.push(`${world.sessions.count} sessions left`);
  if (requests.count !== 0) wrong.push(`${requests.count} records of requests left`);
  let ailing = 0;
  for (const { instances: ids } of world.groups)
    for (const id of ids) for (let ailment = instances.firstAilment[id]; ailment >= 0; ailment = world.ailments.next[ailment]) ailing++;
  if (world.ailments.count !== ailing) wrong.push(`${world.ailments.count} grey failures left`);
  if (world.roleCalls.count !== 0) wrong.push(`${world.roleCalls.count} calls between roles left`);
  if (world.calls.count !== 0) wrong.push(`${world.calls.count} calls left`);
  // the repair of what nobody reaches stands still
  const shelved = world.groups
    .flatMap((group) => group.instances)
    .filter((id) => instances.shelvedFault[id] >= 0 && instances.shelvedRepair[id] >= 0);
  if (repairs.count !== shelved.length) wrong.push(`${repairs.count} repairs left`);
  if (world.repairsRunning !== 0 || world.repairQueue.length !== 0) wrong.push("repair crews are busy");
  const visible = world.queues.reduce((sum, queue) => sum + queue.visible.length, 0);
  if (world.messages.count !== visible) wrong.push(`${world.messages.count} messages, ${visible} of them visible`);
  for (const client of world.clients) if (client.firstOpen >= 0) wrong.push(`client ${client.id} has an open request`);
  for (let id = 0; id < instances.count; id++) {
    if (instances.busy[id] !== 0 || instances.waiting[id] !== 0) wrong.push(`instance ${id} holds something`);
    if (instances.outstanding[id] !== 0) wrong.push(`instance ${id} has ${instances.outstanding[id]} outstanding`);
  }
  for (const incident of world.incidents) if (incident.open < 0) wrong.push(`incident ${incident.id} is closed more often than it opened`);
  return [...wrong, ...endless(platform)];
}

/** What must hold when every instance has been removed. */
export function wrongWhenEmpty({ world, design }: Platform): string[] {
  const { hosts } = world;
  const wrong: string[] = [];
  const { cores, memoryMiB, diskMiB } = design.datacenter.host;
  for (let host = 0; host < hosts.count; host++) {
    if (hosts.freeCores[host] !== cores) wrong.push(`host ${host} has ${hosts.freeCores[host]} of ${cores} cores`);
    if (Math.abs(hosts.freeMemoryMiB[host] - memoryMiB) > 1e-6) wrong.push(`host ${host} has lost memory`);
    if (hosts.freeDiskMiB[host] !== diskMiB) wrong.push(`host ${host} has lost disk`);
    if (hosts.firstInstance[host] >= 0) wrong.push(`host ${host} is not empty`);
  }
  if (world.folders.count !== 0) wrong.push(`${world.folders.count} folders are left`);
  if (world.changes.length !== 0) wrong.push("changes by hand are left");
  if (world.coresUsed !== 0) wrong.push(`${world.coresUsed} cores are used by nobody`);
  if (world.backends.count !== 0) wrong.push(`${world.backends.count} backends left`);
  if (world.pendingInstances.length !== 0) wrong.push("deleted instances are pending");
  for (const group of world.groups) {
    if (group.ready !== 0 || [...group.perRack, ...group.perCell].some((count) => count !== 0)) wrong.push(`role ${group.id} is not empty`);
  }
  for (const rotation of world.rotations) if (rotation.count !== 0) wrong.push(`rotation ${rotation.id} is not empty`);
  return wrong;
}

function wrongRotations(platform: Platform): string[] {
  const { world, catalogue } = platform;
  const { backends, instances } = world;
  const wrong: string[] = [];
  for (const rotation of world.rotations) {
    for (let place = 0; place < rotation.count; place++) {
      const id = rotation.members[place];
      if (place > 0 && rotation.members[place - 1] >= id) wrong.push(`rotation ${rotation.id} is not ascending`);
      if (instances.state[id] === InstanceState.deleted) wrong.push(`rotation ${rotation.id} has the deleted instance ${id}`);
      if (instances.group[id] !== rotation.group) wrong.push(`rotation ${rotation.id} has instance ${id} of another role`);
    }
  }
  for (const group of world.groups) {
    for (const id of group.instances) {
      for (let backend = instances.firstBackend[id]; backend >= 0; backend = backends.next[backend]) {
        const rotation = world.rotations[backends.rotation[backend]];
        const inside = rotation.members.subarray(0, rotation.count).includes(id);
        if (inside !== (backends.inRotation[backend] === 1)) wrong.push(`backend ${backend} and its rotation disagree`);
        const single = staysInRotation(platform, backend);
        if (single && !inside) wrong.push(`the single instance ${id} is out of rotation`);
        const follows = catalogue.endpoints[rotation.endpoint].probe.kind === "none" && !single;
        if (follows && inside !== (backends.answer[backend] === Answer.positive))
          wrong.push(`instance ${id} does not follow its readiness`);
      }
    }
  }
  return wrong;
}

function wrongHosts({ world }: Platform): string[] {
  const { hosts, instances } = world;
  const wrong: string[] = [];
  for (let host = 0; host < hosts.count; host++) {
    if (hosts.freeCores[host] < 0 || hosts.freeMemoryMiB[host] < -1e-6 || hosts.freeDiskMiB[host] < 0)
      wrong.push(`host ${host} is overfull`);
    if (hosts.faults[host] < hosts.hardwareFaults[host] || hosts.hardwareFaults[host] < 0) wrong.push(`host ${host} miscounts its faults`);
    for (let id = hosts.firstInstance[host]; id >= 0; id = instances.nextOnHost[id]) {
      if (instances.host[id] !== host) wrong.push(`instance ${id} is not where host ${host} has it`);
      const parked = hosts.state[host] === HostState.updating && instances.state[id] === InstanceState.rebooting;
      const isCutOff =
        hosts.cutOff[host] === 1 && (instances.state[id] === InstanceState.unreachable || instances.state[id] === InstanceState.paused);
      if (hosts.cutOff[host] === 0 && instances.state[id] === InstanceState.unreachable)
        wrong.push(`instance ${id} is unreachable on host ${host}`);
      if (hosts.state[host] !== HostState.up && instances.state[id] !== InstanceState.dead && !isCutOff && !parked)
        wrong.push(`instance ${id} lives on the dead host ${host}`);
    }
  }
  return wrong;
}

function wrongStations({ world, catalogue }: Platform): string[] {
  const { instances, requests } = world;
  const wrong: string[] = [];
  for (const group of world.groups) {
    let ready = 0;
    for (const id of group.instances) {
      const program = catalogue.programs[instances.program[id]];
      const busy = lengthOf(requests.next, instances.serviceHead[id]);
      if (looksReady(instances.state[id])) ready++;
      if (busy !== instances.busy[id] || busy > program.concurrency)
        wrong.push(`instance ${id} serves ${busy}, counts ${instances.busy[id]}`);
      const waiting = lengthOf(requests.next, instances.queueHead[id]);
      if (waiting !== instances.waiting[id]) wrong.push(`instance ${id} lets ${waiting} wait, counts ${instances.waiting[id]}`);
      if (instances.state[id] === InstanceState.ready && waiting > 0 && busy < program.concurrency) wrong.push(`instance ${id} idles`);
      const holds =
        instances.state[id] === InstanceState.ready ||
        instances.state[id] === InstanceState.draining ||
        instances.state[id] === InstanceState.unreachable ||
        instances.servesOn[id] === 1 ||
        instances.state[id] === InstanceState.paused;
      if (!holds && busy + waiting > 0) wrong.push(`instance ${id} holds requests in state ${instances.state[id]}`);
      if (instances.outstanding[id] < 0) wrong.push(`instance ${id} has ${instances.outstanding[id]} outstanding`);
    }
    if (ready !== group.ready) wrong.push(`role ${group.id} has ${ready} ready, counts ${group.ready}`);
  }
  return wrong;
}

function wrongQueues({ world, catalogue }: Platform): string[] {
  const { instances } = world;
  const wrong: string[] = [];
  for (const [name, queue] of world.queues.entries()) {
    const stored = liveMessages(world.messages).filter((id) => world.messages.queue[id] === name && world.messages.done[id] !== 2);
    if (stored.length !== queue.stored) wrong.push(`queue ${name} stores ${stored.length} messages, counts ${queue.stored}`);
    const waiting = Array.from({ length: queue.visible.length }, (_, place) => queue.visible.at(place));
    const sessions = waiting.map((id) => world.messages.session[id]).filter((session) => session >= 0);
    if (sessions.length > 0 && sessions.every((session) => queue.inHand[session] >= 0)) continue;
    if (waiting.length === 0 || queue.outages.length > 0) continue;
    for (const id of queue.consumers.flatMap((group) => world.groups[group].instances)) {
      const { concurrency, design } = catalogue.programs[instances.program[id]];
      const idle = instances.state[id] === InstanceState.ready && instances.busy[id] < concurrency;
      if (idle && design.poll === undefined) wrong.push(`worker ${id} idles while messages are visible`);
      if (idle && design.poll !== undefined && instances.pollEvent[id] < 0) wrong.push(`worker ${id} will never look for the messages`);
    }
  }
  return wrong;
}

function wrongIncidents({ world, catalogue }: Platform): string[] {
  const { ailments, instances } = world;
  const wrong: string[] = [];
  const held = world.incidents.map(() => 0);
  for (const group of world.groups) {
    for (const id of group.instances) {
      for (let ailment = instances.firstAilment[id]; ailment >= 0; ailment = ailments.next[ailment]) held[ailments.incident[ailment]]++;
      if (instances.fault[id] >= 0) held[instances.fault[id]]++;
      if (instances.shelvedFault[id] >= 0) held[instances.shelvedFault[id]]++;
      if (instances.state[id] === InstanceState.ready && instances.fault[id] >= 0) wrong.push(`instance ${id} is ready with an open fault`);
      const still = instances.state[id] === InstanceState.paused || instances.state[id] === InstanceState.unreachable;
      if (still < (instances.shelvedFault[id] >= 0)) wrong.push(`instance ${id} has a shelved fault`);
    }
  }
  for (const { id, fault, kind, open } of world.incidents) {
    const listed = world.openIncidents.includes(id);
    if (open < 0 || (listed && open === 0) || (fault >= 0 && kind !== "controller-failure" && open > 0 && !listed))
      wrong.push(`incident ${id} is open ${open} times`);
    if (fault >= 0 && catalogue.faults[fault].kind.strikes === "instance" && held[id] !== open)
      wrong.push(`incident ${id} is open ${open} times, and held ${held[id]}`);
  }
  return wrong;
}

function wrongPlaces({ world }: Platform): string[] {
  const { instances, pendingInstances } = world;
  const wrong: string[] = [];
  if (new Set(pendingInstances).size !== pendingInstances.length) wrong.push("an instance is pending twice");
  for (const group of world.groups) {
    for (const id of group.instances) {
      const isPending = instances.state[id] === InstanceState.pending;
      if (isPending !== pendingInstances.includes(id)) wrong.push(`instance ${id} is or is not pending`);
      if (isPending !== instances.host[id] < 0) wrong.push(`instance ${id} is placed and pending, or neither`);
    }
  }
  for (const { id, lock } of world.deployments)
    if (lock >= 0 && world.operations[lock].status !== 1) wrong.push(`deployment ${id} is locked by nobody`);
  return wrong;
}

function looksReady(state: number): boolean {
  return state === InstanceState.ready || state === InstanceState.hung || state === InstanceState.webDown;
}

function lengthOf(next: Int32Array, head: number): number {
  let length = 0;
  for (let id = head; id >= 0; id = next[id]) length++;
  return length;
}

function liveMessages(messages: Platform["world"]["messages"]): number[] {
  return Array.from({ length: messages.capacity }, (_, id) => id).filter((id) => messages.ids.isLive(id));
}

/** Acknowledged local writes are in a folder, or were lost by some event. */
function wrongFolders({ world }: Platform): string[] {
  const { folders, instances, localWrites } = world;
  let items = 0;
  for (const group of world.groups) {
    for (const id of group.instances) {
      for (let folder = instances.firstFolder[id]; folder >= 0; folder = folders.next[folder]) items += folders.items[folder];
    }
  }
  const lost = localWrites.lost.reduce((sum, count) => sum + count, 0);
  return localWrites.written === items + lost ? [] : [`of ${localWrites.written} local writes ${items} are there and ${lost} lost`];
}

/** A call between roles has a handler in a slot that waits for it, and at most one request at the other role. */
function wrongCalls({ world }: Platform): string[] {
  const { instances, requests, roleCalls } = world;
  const wrong: string[] = [];
  const served = new Set<number>();
  let asking = 0;
  for (const id of world.groups.flatMap((group) => group.instances)) {
    for (let request = instances.serviceHead[id]; request >= 0; request = requests.next[request]) {
      served.add(request);
      if (requests.phase[request] < CallPhase.asking) continue;
      asking++;
      const call = requests.asks[request];
      if (!roleCalls.ids.isLive(call) || roleCalls.caller[call] !== request)
        wrong.push(`request ${request} waits for call ${call} of another`);
    }
  }
  if (asking !== roleCalls.count) wrong.push(`${asking} requests wait for ${roleCalls.count} calls`);
  let open = 0;
  for (let call = 0; call < roleCalls.capacity; call++) {
    if (!roleCalls.ids.isLive(call)) continue;
    const callee = roleCalls.callee[call];
    if (!served.has(roleCalls.caller[call])) wrong.push(`nobody serves the caller of call ${call}`);
    if (callee < 0) continue;
    open++;
    if (!requests.ids.isLive(callee) || requests.client[callee] !== roleClient || requests.message[callee] !== call)
      wrong.push(`request ${callee} is not for call ${call}`);
  }
  let callees = 0;
  for (let request = 0; request < requests.capacity; request++) {
    if (requests.ids.isLive(request) && requests.client[request] === roleClient) callees++;
  }
  if (callees !== open) wrong.push(`${callees} requests are for ${open} calls`);
  return wrong;
}
