import { Calendar } from "../kernel/calendar.ts";
import { Ring } from "../kernel/ring.ts";
import { compileLaw } from "../random/laws.ts";
import { Streams } from "../random/streams.ts";
import { startClient } from "./clients/clients.ts";
import {
  BackendColumns,
  ClockColumns,
  HostColumns,
  InstanceColumns,
  MessageColumns,
  RackColumns,
  RepairColumns,
  RequestColumns,
  SessionColumns,
} from "./columns.ts";
import type { Design } from "./design.ts";
import { EventKind } from "./events.ts";
import { slotIndex } from "./fabric/deploy.ts";
import { createDeployment } from "./fabric/deployment.ts";
import { faults as faultKinds } from "./faults/index.ts";
import { IdTable } from "./idTable.ts";
import { balancingPolicies } from "./policies/balancing/index.ts";
import { type Catalogue, compileArrivals, compileRole } from "./program.ts";
import { makeClock, startClock } from "./roles/clocks.ts";
import { startProducer } from "./storage/producer.ts";
import { type KeptFacts, Trace } from "./trace.ts";
import { batchSize } from "./work/arrivals.ts";
import type { Platform, World } from "./world.ts";

/** Builds a platform from its design, for one replication of a seed, before anything has happened. `start` sets it going. */
export function buildPlatform(design: Design, seed: number, replication: number, keep: KeptFacts = "control"): Platform {
  const size = expectedSize(design);
  const calendar = new Calendar(size.events);
  const streams = new Streams(seed, replication, size.streams);
  const policy = balancingPolicies.find((candidate) => candidate.kind === design.balancer.policy) ?? balancingPolicies[0];
  const platform: Platform = {
    design,
    catalogue: compileCatalogue(design),
    calendar,
    streams,
    trace: new Trace(calendar, keep),
    balancing: policy,
    view: {
      candidates: new Int32Array(1),
      count: 0,
      outstanding: new Int32Array(1),
      index: new Int32Array(1),
      weights: design.balancer.weights,
      flow: 0,
      address: 0,
      memory: -1,
      streams,
      stream: -1,
    },
    world: emptyWorld(design, size),
  };
  addHosts(platform);
  addClientsAndQueues(platform);
  return platform;
}

/** Deploys the service, starts clients and producers, and schedules faults and operations of the design. */
export function startPlatform(platform: Platform): void {
  const { design, calendar, world } = platform;
  const { service } = design;
  const programs = service.roles.map((_, role) => role);
  if (service.deployedAtStart) createDeployment(platform, 0, service.version, programs, true, -1, -1);
  for (let id = 0; id < design.operations.length; id++) calendar.schedule(design.operations[id].at, EventKind.operationDue, id);
  design.faults.forEach((fault, id) => {
    if (fault.at !== undefined) calendar.schedule(fault.at, EventKind.faultDue, id);
    else addClocks(platform, id);
  });
  for (let id = 0; id < world.clients.length; id++) startClient(platform, id);
  for (let id = 0; id < world.queues.length; id++) startProducer(platform, id);
}

function compileCatalogue(design: Design): Catalogue {
  const endpoints = design.service.roles.flatMap((role, index) =>
    role.endpoints.map((endpoint) => ({ role: index, design: endpoint, probe: endpoint.probe ?? design.balancer.probe })),
  );
  const { fabric } = design;
  // what a role runs before anything is deployed, too: the demand of requests that find no deployment
  const programs = design.service.roles.map((role, index) => compileRole(design, role, index));
  const programsOf = design.operations.map((operation) =>
    "roles" in operation ? operation.roles.map((role, index) => programs.push(compileRole(design, role, index)) - 1) : [],
  );
  return {
    programs,
    programsOf,
    endpoints,
    endpointsOf: design.service.roles.map((_, role) => endpoints.flatMap((endpoint, id) => (endpoint.role === role ? [id] : []))),
    clients: design.clients.map((client) => ({
      endpoint: endpoints.findIndex(
        (endpoint) => design.service.roles[endpoint.role].name === client.role && endpoint.design.name === client.endpoint,
      ),
      slot: slotIndex(client.slot),
      timeout: client.timeout,
      arrivals: client.arrivals === undefined ? undefined : compileArrivals(client.arrivals),
      think: lawOrNone(client.session?.think ?? client.think),
      sessions: client.session !== undefined || client.users > 0,
      addresses: client.addresses,
      demands: client.arrivals?.kind === "instants" ? client.arrivals.demands : undefined,
    })),
    producers: design.queues.map((queue) => (queue.arrivals === undefined ? undefined : compileArrivals(queue.arrivals))),
    faults: design.faults.map((fault) => {
      const kind = faultKinds.find((candidate) => candidate.kind === fault.kind);
      if (kind === undefined) throw new RangeError(`there is no fault ${fault.kind}`);
      return { design: fault, kind, every: lawOrNone(fault.every), repair: lawOrNone(fault.repairAfter) };
    }),
    laws: {
      crashDetection: compileLaw(fabric.crashDetection),
      guestReboot: compileLaw(fabric.guestReboot),
      provision: compileLaw(fabric.provision),
      reimage: compileLaw(fabric.reimage),
      hostRestart: compileLaw(fabric.hostRestart),
      operator: lawOrNone(fabric.operator),
      install: compileLaw(fabric.install),
      swap: compileLaw(fabric.swap),
    },
  };
}

function lawOrNone(spec: Parameters<typeof compileLaw>[0] | undefined) {
  return spec === undefined ? undefined : compileLaw(spec);
}

interface ExpectedSize {
  readonly instances: number;
  readonly backends: number;
  readonly clocks: number;
  readonly hosts: number;
  readonly events: number;
  readonly streams: number;
}

/** How much room a design needs, so that a large one is built without doubling. */
function expectedSize(design: Design): ExpectedSize {
  const { datacenter, service, faults } = design;
  const hosts = datacenter.faultDomains * datacenter.hostsPerFaultDomain;
  let instances = 0;
  let backends = 0;
  for (const role of service.roles) {
    instances += role.instances;
    backends += role.instances * role.endpoints.length;
  }
  let clocks = 0;
  for (const fault of faults) {
    if (fault.every === undefined || fault.target.select !== "each") continue;
    clocks += fault.target.among === "instance" ? instances : fault.target.among === "host" ? hosts : datacenter.faultDomains;
  }
  return { instances, backends, clocks, hosts, events: clocks + 256, streams: clocks + 64 };
}

function emptyWorld(design: Design, size: ExpectedSize): World {
  return {
    hosts: new HostColumns(size.hosts),
    racks: new RackColumns(design.datacenter.faultDomains),
    instances: new InstanceColumns(size.instances),
    backends: new BackendColumns(size.backends),
    requests: new RequestColumns(64),
    sessions: new SessionColumns(),
    messages: new MessageColumns(),
    clocks: new ClockColumns(size.clocks),
    repairs: new RepairColumns(),
    deployments: [],
    groups: [],
    rotations: [],
    clients: [],
    queues: [],
    incidents: [],
    incidentOf: design.faults.map(() => new IdTable()),
    repairStreams: design.faults.map(() => new IdTable()),
    choiceStreams: [...design.faults, ...design.operations].map(() => -1),
    operations: design.operations.map((_, id) => ({
      id,
      incident: -1,
      status: 0,
      startedAt: -1,
      finishedAt: -1,
      reason: "",
      fact: -1,
      deployment: -1,
      waitingFor: [],
      passed: [],
      domain: -1,
      walkAt: -1,
      timer: -1,
      requestsInFlight: 0,
      sessionsInFlight: 0,
    })),
    reasons: [],
    openIncidents: [],
    pendingInstances: [],
    vips: [-1, -1],
    emptiedBy: [-1, -1],
    repairsRunning: 0,
    repairQueue: [],
    coresUsed: 0,
    rackTried: new Uint8Array(design.datacenter.faultDomains),
    requestsInFlight: 0,
    sessionsInFlight: 0,
    closed: false,
  };
}

function addHosts({ design, world, streams }: Platform): void {
  const { faultDomains, hostsPerFaultDomain, host: size } = design.datacenter;
  const { hosts, racks } = world;
  const { period } = design.fabric.hostHeartbeat;
  for (let rack = 0; rack < faultDomains; rack++) {
    racks.allocate();
    racks.faults[rack] = 0;
    racks.firstClock[rack] = -1;
    for (let k = 0; k < hostsPerFaultDomain; k++) {
      const host = hosts.allocate();
      hosts.rack[host] = rack;
      hosts.freeCores[host] = size.cores;
      hosts.freeMemoryMiB[host] = size.memoryMiB;
      hosts.freeDiskMiB[host] = size.diskMiB;
      hosts.phase[host] = design.fabric.healing.host ? Math.floor(streams.once("host", host, "heartbeat") * period) : 0;
      hosts.firstInstance[host] = -1;
      hosts.timer[host] = -1;
      hosts.cause[host] = -1;
      hosts.stream[host] = -1;
      hosts.firstClock[host] = -1;
    }
  }
}

function addClientsAndQueues({ design, catalogue, world, streams }: Platform): void {
  design.clients.forEach((client, id) => {
    world.clients.push({
      id,
      streams: {
        arrivals: streams.open("client", client.name, "arrivals"),
        demand: streams.open("client", client.name, "demand"),
        flow: streams.open("client", client.name, "flow"),
        balancing: streams.open("client", client.name, "balancing"),
      },
      arrived: 0,
      ...freshArrivals(batchSize(catalogue.clients[id].arrivals)),
      firstOpen: -1,
      lastOpen: -1,
      timeoutEvent: -1,
    });
  });
  design.queues.forEach((queue, id) => {
    world.queues.push({
      visible: new Ring(),
      consumers: [],
      streams: { arrivals: streams.open("queue", queue.name, "arrivals"), demand: streams.open("queue", queue.name, "demand") },
      ...freshArrivals(batchSize(catalogue.producers[id])),
      budget: 0,
      budgetSecond: -1,
    });
  });
}

function freshArrivals(batch: number) {
  return { cursor: 0, batch: new Float64Array(batch), batchPlace: 0, batchLength: 0, phase: 0, phaseEndsAt: -1 };
}

/** Clocks of hosts and fault domains, one for each, and one for a target that is chosen when it strikes; instances bring their own. */
function addClocks(platform: Platform, fault: number): void {
  const { world, catalogue, streams } = platform;
  const { design, kind } = catalogue.faults[fault];
  if (design.target.select !== "each") {
    startClock(platform, makeClock(platform, fault, -1, streams.open("fault", fault, "clock")));
    return;
  }
  if (kind.strikes === "instance") return;
  const owners = kind.strikes === "host" ? world.hosts : world.racks;
  for (let owner = 0; owner < owners.count; owner++) {
    const clock = makeClock(platform, fault, owner, streams.open(kind.strikes, owner, "fault", fault));
    world.clocks.next[clock] = owners.firstClock[owner];
    owners.firstClock[owner] = clock;
    startClock(platform, clock);
  }
}
