import { sampleMicros } from "../../random/laws.ts";
import { FactKind } from "../facts.ts";
import { factOf, noteIdleDrop } from "../incidents.ts";
import { udp } from "../policies/balancing/policy.ts";
import { loseRequest } from "../roles/held.ts";
import { receiveRequest } from "../roles/webRole.ts";
import { FailureCause, InstanceState } from "../status.ts";
import { fail, openRequest } from "../work/requests.ts";
import type { Platform, Rotation } from "../world.ts";

/** In place of an instance: the connection was dropped, and the client does not know. */
export const droppedSilently = -2;

/** One request that is its only attempt, from the client through the balancer to an instance. */
export function sendRequest(platform: Platform, client: number, session: number): void {
  const { world } = platform;
  const request = openRequest(platform, client, session);
  const rotation = rotationFor(platform, client);
  let instance = session >= 0 ? connectionOf(platform, session) : -1;
  if (instance === -1 && rotation !== undefined && rotation.count > 0) {
    if (session >= 0) showSession(platform, client, session);
    else if (platform.balancing.usesFlow) showNewFlow(platform, client);
    instance = chooseInstance(platform, client, rotation);
  } else if (instance === -1 && platform.catalogue.clients[client].direct >= 0) instance = addressedInstance(platform, client);
  drawDemand(platform, client, request, instance);
  if (instance === droppedSilently) {
    loseOnTheWay(platform, session, request);
    return;
  }
  if (session >= 0 && instance >= 0) world.sessions.instance[session] = instance;
  deliver(platform, client, request, rotation, instance);
}

/** A request goes out on a connection that the balancer has dropped: nobody answers, and nobody says so. */
export function loseOnTheWay(platform: Platform, session: number, request: number): void {
  const { requests, sessions } = platform.world;
  requests.instance[request] = -1;
  loseRequest(platform, request, noteIdleDrop(platform, sessions.instance[session]), -1);
}

/** A request reaches the instance chosen for it; -1: there was none, and it fails at once. */
export function deliver(platform: Platform, client: number, request: number, rotation: Rotation | undefined, instance: number): void {
  const { world, catalogue } = platform;
  const { requests } = world;
  if (instance < 0) {
    requests.instance[request] = -1;
    const { slot } = catalogue.clients[client];
    if (world.doors[slot] !== world.vips[slot]) {
      fail(platform, request, FailureCause.refused, world.shutBy, factOf(platform, world.shutBy));
      return;
    }
    const incident = rotation?.incident ?? removedBy(platform, client);
    fail(platform, request, FailureCause.noBackend, incident, rotation?.cause ?? factOf(platform, incident));
    return;
  }
  platform.trace.emit(FactKind.requestSent, request, instance, requests.fact[request]);
  receiveRequest(platform, instance, request);
}

/** Whom it is put down to that nobody is there whom a client could reach: its deployment was removed, or the instance it addresses. */
function removedBy({ world, catalogue }: Platform, client: number): number {
  const { direct, endpoint, slot } = catalogue.clients[client];
  const vip = world.vips[slot];
  if (vip < 0 || direct < 0) return world.emptiedBy[slot];
  const gone = world.groups[world.deployments[vip].firstGroup + catalogue.endpoints[endpoint].role].last[direct];
  return gone === undefined ? -1 : world.instances.incident[gone];
}

/** The rotation that a client's new flows go to; undefined when its slot has no deployment, or when the client goes past the balancer. */
export function rotationFor({ world, catalogue }: Platform, client: number): Rotation | undefined {
  const { direct, endpoint, slot } = catalogue.clients[client];
  const vip = world.doors[slot];
  return vip < 0 || direct >= 0 ? undefined : world.rotations[world.deployments[vip].firstRotation + endpoint];
}

/**
 * The instance to which a session's connection leads; -1 when it was closed, by a planned stop, a dead process or a reset, and
 * `droppedSilently` when nobody told the client. A UDP flow is none: it moves when its instance has left the rotation.
 */
export function connectionOf(platform: Platform, session: number): number {
  const { world, calendar, catalogue, design } = platform;
  const { sessions, instances } = world;
  const instance = sessions.instance[session];
  if (instance < 0) return -1;
  const { endpoint, transport } = catalogue.clients[sessions.client[session]];
  if (transport === udp && !isInRotation(platform, instance, endpoint)) return -1;
  if (calendar.now - sessions.usedAt[session] >= catalogue.endpoints[endpoint].idleTimeout) {
    return transport === udp || design.balancer.idleReset ? -1 : droppedSilently;
  }
  switch (instances.state[instance]) {
    case InstanceState.ready:
    case InstanceState.hung:
    case InstanceState.paused:
    case InstanceState.dead:
    case InstanceState.unreachable:
      return instance;
    default:
      return instances.servesOn[instance] === 1 ? instance : -1;
  }
}

/** The instance whose own port a client calls, whatever its status; -1 when there is none with that index, or the client is balanced. */
export function addressedInstance({ world, catalogue }: Platform, client: number): number {
  const { direct, endpoint, slot } = catalogue.clients[client];
  const vip = world.doors[slot];
  if (vip < 0 || direct < 0) return -1;
  const group = world.groups[world.deployments[vip].firstGroup + catalogue.endpoints[endpoint].role];
  for (const instance of group.instances) if (world.instances.index[instance] === direct) return instance;
  return -1;
}

/** Shows the balancing policy the flow of a session. */
export function showSession({ world, catalogue, streams, view }: Platform, client: number, session: number): void {
  const { sessions } = world;
  // its connection was closed: the new one has another source port; a UDP socket keeps its own
  const isNew = sessions.instance[session] >= 0 && catalogue.clients[client].transport !== udp;
  if (isNew) sessions.flow[session] = streams.uint32(world.clients[client].streams.flow) | 0;
  view.flow = sessions.flow[session] >>> 0;
  view.address = sessions.address[session];
  view.transport = catalogue.clients[client].transport;
}

/** Shows the balancing policy a flow that is used once. */
export function showNewFlow({ world, catalogue, streams, view }: Platform, client: number): void {
  view.flow = streams.uint32(world.clients[client].streams.flow);
  view.address = view.flow % catalogue.clients[client].addresses;
  view.transport = catalogue.clients[client].transport;
}

/** Whether an instance is in the rotation of an endpoint. */
function isInRotation({ world }: Platform, instance: number, endpoint: number): boolean {
  const { backends, rotations, instances } = world;
  for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
    if (rotations[backends.rotation[backend]].endpoint === endpoint) return backends.inRotation[backend] === 1;
  }
  return false;
}

/** Asks the balancing policy for one of the instances in rotation, of which there is at least one. */
export function chooseInstance({ world, balancing, view }: Platform, client: number, rotation: Rotation): number {
  view.candidates = rotation.members;
  view.count = rotation.count;
  view.outstanding = world.instances.outstanding;
  view.index = world.instances.index;
  view.memory = rotation.memory;
  view.stream = world.clients[client].streams.balancing;
  const instance = rotation.members[balancing.choose(view)];
  rotation.memory = view.memory;
  return instance;
}

/** A request's demand is drawn at its arrival, by what the chosen instance runs, so that balancing shifts nobody's draws. */
export function drawDemand(platform: Platform, client: number, request: number, instance: number): void {
  const { world, catalogue, streams } = platform;
  const { requests } = world;
  const { demands, endpoint } = catalogue.clients[client];
  const stream = world.clients[client].streams.demand;
  const program =
    instance >= 0 ? catalogue.programs[world.instances.program[instance]] : catalogue.programs[catalogue.endpoints[endpoint].role];
  const { compute, stores, onlyStep } = program;
  if (onlyStep !== undefined && demands === undefined) {
    requests.demand[request] = sampleMicros(onlyStep, streams, stream);
    requests.storeTime[request] = 0;
    return;
  }
  let demand = 0;
  for (let step = 0; step < compute.length; step++) demand += sampleMicros(compute[step], streams, stream);
  if (demands !== undefined) demand = demands[world.clients[client].arrived - 1] ?? demand;
  let time = 0;
  for (let step = 0; step < stores.length; step++) time += sampleMicros(stores[step], streams, stream);
  requests.demand[request] = demand;
  requests.storeTime[request] = time;
}
