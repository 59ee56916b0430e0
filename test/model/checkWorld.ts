import { InstanceState } from "../../src/model/status.ts";
import { CallPhase, roleClient } from "../../src/model/work/requests.ts";
import type { Platform } from "../../src/model/world.ts";
import { endless, wrongSums, wrongWaits } from "./checkSums.ts";

/** What must hold between any two events and is not in the catalogue of invariants, as a list of what does not. */
export function wrongIn(platform: Platform): string[] {
  return [
    ...wrongHosts(platform),
    ...wrongStations(platform),
    ...wrongQueues(platform),
    ...wrongIncidents(platform),
    ...wrongPlaces(platform),
    ...wrongFolders(platform),
    ...wrongCalls(platform),
    ...wrongSums(platform),
    ...wrongWaits(platform),
  ];
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

function wrongHosts({ world }: Platform): string[] {
  const { hosts } = world;
  const wrong: string[] = [];
  for (let host = 0; host < hosts.count; host++)
    if (hosts.faults[host] < hosts.hardwareFaults[host] || hosts.hardwareFaults[host] < 0) wrong.push(`host ${host} miscounts its faults`);
  return wrong;
}

function wrongStations({ world }: Platform): string[] {
  const { instances } = world;
  const wrong: string[] = [];
  for (const { id, instances: ids, ready } of world.groups) {
    const found = ids.filter((instance) => looksReady(instances.state[instance])).length;
    if (found !== ready) wrong.push(`role ${id} has ${found} ready, counts ${ready}`);
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
  const wrong: string[] = [];
  for (const { id, lock } of world.deployments)
    if (lock >= 0 && world.operations[lock].status !== 1) wrong.push(`deployment ${id} is locked by nobody`);
  return wrong;
}

function looksReady(state: number): boolean {
  return state === InstanceState.ready || state === InstanceState.hung || state === InstanceState.webDown;
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
