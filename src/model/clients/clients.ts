import { never } from "../../kernel/time.ts";
import { sampleMicros } from "../../random/laws.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { factOf } from "../incidents.ts";
import { receiveRequest, requestTimedOut } from "../roles/webRole.ts";
import { FailureCause, InstanceState } from "../status.ts";
import { untilNextArrival } from "../work/arrivals.ts";
import { fail, openRequest } from "../work/requests.ts";
import { beginSession, endSession, sessionLength } from "../work/sessions.ts";
import { completesNow } from "../work/station.ts";
import type { Platform, Rotation } from "../world.ts";

/** Event: the next request, or session, of an open client arrives. */
export function clientArrived(platform: Platform, client: number): void {
  const { world, design } = platform;
  if (world.closed) return;
  world.clients[client].arrived++;
  scheduleArrival(platform, client);
  const session = design.clients[client].session;
  if (session === undefined) sendRequest(platform, client, -1);
  else sendRequest(platform, client, beginSession(platform, client, sessionLength(platform, client, session.requests)));
}

/** Event: the user of a session has thought. */
export function userThought(platform: Platform, session: number): void {
  if (platform.world.closed) endSession(platform, session);
  else sendRequest(platform, platform.world.sessions.client[session], session);
}

/** Event: the oldest open request of a client may have reached its time-out. */
export function timeoutDue(platform: Platform, client: number): void {
  const { world, calendar, catalogue } = platform;
  const { requests } = world;
  const owner = world.clients[client];
  const { timeout } = catalogue.clients[client];
  owner.timeoutEvent = -1;
  let request = owner.firstOpen;
  let nextDue = never;
  while (request >= 0 && requests.arrivedAt[request] + timeout <= calendar.now) {
    const next = requests.nextOpen[request];
    // a completion at the very instant of the time-out is a success; its event is still to come, so look again after it
    if (completesNow(platform, request)) nextDue = calendar.now;
    else requestTimedOut(platform, request);
    request = next;
  }
  if (request >= 0 && nextDue === never) nextDue = requests.arrivedAt[request] + timeout;
  owner.timeoutEvent = calendar.schedule(nextDue, EventKind.timeoutDue, client);
}

/** Lets a client's arrivals begin; closed users all think first. */
export function startClient(platform: Platform, client: number): void {
  const { calendar, streams, catalogue, design, world } = platform;
  const { users } = design.clients[client];
  const think = catalogue.clients[client].think;
  for (let user = 0; user < users; user++) {
    const session = beginSession(platform, client, -1);
    const delay = think === undefined ? 0 : sampleMicros(think, streams, world.clients[client].streams.flow);
    calendar.schedule(calendar.now + delay, EventKind.userThought, session);
  }
  if (users === 0) scheduleArrival(platform, client);
}

function scheduleArrival(platform: Platform, client: number): void {
  const arrivals = platform.catalogue.clients[client].arrivals;
  if (arrivals === undefined) return;
  const delay = untilNextArrival(platform, arrivals, platform.world.clients[client]);
  // an arrival at the horizon is not counted
  if (platform.calendar.now + delay < platform.design.horizon) platform.calendar.scheduleAfter(delay, EventKind.clientArrived, client);
}

/** One request, from the client through the balancer to an instance. */
function sendRequest(platform: Platform, client: number, session: number): void {
  const { world, catalogue } = platform;
  const { requests } = world;
  const program = catalogue.clients[client];
  const request = openRequest(platform, client, session);
  const vip = world.vips[program.slot];
  const rotation = vip < 0 ? undefined : world.rotations[world.deployments[vip].firstRotation + program.endpoint];
  let instance = session >= 0 ? connectionOf(platform, session) : -1;
  if (instance < 0 && rotation !== undefined && rotation.count > 0) instance = chooseInstance(platform, client, session, rotation);
  drawDemand(platform, client, request, instance);
  if (instance < 0) {
    requests.instance[request] = -1;
    const incident = rotation?.incident ?? world.emptiedBy[program.slot];
    fail(platform, request, FailureCause.noBackend, incident, rotation?.cause ?? factOf(platform, incident));
    return;
  }
  if (session >= 0) world.sessions.instance[session] = instance;
  platform.trace.emit(FactKind.requestSent, request, instance, requests.fact[request]);
  receiveRequest(platform, instance, request);
}

/** The instance to which a session's connection leads, -1 when it was closed: by a planned stop, a dead process, or for being idle. */
function connectionOf(platform: Platform, session: number): number {
  const { world, calendar, design } = platform;
  const { sessions, instances } = world;
  const instance = sessions.instance[session];
  if (instance < 0 || calendar.now - sessions.usedAt[session] >= design.balancer.idleTimeout) return -1;
  switch (instances.state[instance]) {
    case InstanceState.ready:
    case InstanceState.hung:
    case InstanceState.paused:
    case InstanceState.dead:
      return instance;
    default:
      return -1;
  }
}

function chooseInstance(platform: Platform, client: number, session: number, rotation: Rotation): number {
  const { world, balancing, streams, view } = platform;
  if (session >= 0) {
    const { sessions } = world;
    // its connection was closed: the new one has another source port
    if (sessions.instance[session] >= 0) sessions.flow[session] = streams.uint32(world.clients[client].streams.flow) | 0;
    view.flow = sessions.flow[session] >>> 0;
    view.address = world.sessions.address[session];
  } else if (balancing.usesFlow) {
    view.flow = streams.uint32(world.clients[client].streams.flow);
    view.address = view.flow % platform.catalogue.clients[client].addresses;
  }
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
function drawDemand(platform: Platform, client: number, request: number, instance: number): void {
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
