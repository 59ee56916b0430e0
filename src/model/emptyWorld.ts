import { CallColumns, RoleCallColumns } from "./callColumns.ts";
import { BackendColumns, HostColumns, InstanceColumns, MessageColumns, RackColumns, RequestColumns, SessionColumns } from "./columns.ts";
import { freshController } from "./controller.ts";
import type { Design } from "./design.ts";
import { AilmentColumns, ClockColumns, RepairColumns } from "./faultColumns.ts";
import { FolderColumns } from "./folderColumns.ts";
import { IdTable } from "./idTable.ts";
import { defectNames } from "./incidents.ts";
import type { Operation, World } from "./world.ts";

/** How many of each thing a design begins with. */
export interface ExpectedSize {
  readonly instances: number;
  readonly backends: number;
  readonly clocks: number;
  readonly hosts: number;
  readonly events: number;
  readonly streams: number;
}

/** How much room a design needs, so that a large one is built without doubling. */
export function expectedSize(design: Design): ExpectedSize {
  const { datacenter, service, faults, stores, queues } = design;
  const hosts = datacenter.faultDomains * datacenter.hostsPerFaultDomain;
  let instances = 0;
  let backends = 0;
  for (const role of service.roles) {
    instances += role.instances;
    backends += role.instances * role.endpoints.length;
  }
  let clocks = 0;
  for (const fault of faults) {
    if (fault.every === undefined || fault.target.select !== "each" || fault.shock !== undefined) continue;
    const counts = { instance: instances, host: hosts, faultDomain: datacenter.faultDomains, store: stores.length, queue: queues.length };
    clocks += counts[fault.target.among];
  }
  return { instances, backends, clocks, hosts, events: clocks + 256, streams: clocks + 64 };
}

/** The world before anything is in it. */
export function emptyWorld(design: Design, size: ExpectedSize): World {
  return {
    hosts: new HostColumns(size.hosts),
    racks: new RackColumns(design.datacenter.faultDomains),
    instances: new InstanceColumns(size.instances),
    backends: new BackendColumns(size.backends),
    requests: new RequestColumns(64),
    calls: new CallColumns(),
    roleCalls: new RoleCallColumns(),
    sessions: new SessionColumns(),
    messages: new MessageColumns(),
    clocks: new ClockColumns(size.clocks),
    repairs: new RepairColumns(),
    ailments: new AilmentColumns(),
    deployments: [],
    groups: [],
    rotations: [],
    clients: [],
    queues: [],
    stores: [],
    links: [],
    turns: new IdTable(),
    topologyChanges: [],
    accounts: { storage: { budget: 0, budgetSecond: -1 }, serviceBus: { budget: 0, budgetSecond: -1 } },
    incidents: [],
    incidentOf: design.faults.map(() => new IdTable()),
    defectOf: defectNames.map(() => new IdTable()),
    taskRuns: new IdTable(),
    folders: new FolderColumns(),
    localWrites: { written: 0, lost: new Float64Array(16) },
    changes: [],
    repairStreams: design.faults.map(() => new IdTable()),
    idleDropsOf: new IdTable(),
    forbiddenOf: new IdTable(),
    choiceStreams: [...design.faults, ...design.operations].map(() => -1),
    operations: design.operations.map((_, id) => freshOperation(id)),
    bugStreams: [],
    autoscalers: [],
    waitingPatches: [],
    reasons: [],
    reasonPlaces: new Map(),
    openIncidents: [],
    pendingInstances: [],
    strays: [],
    controller: freshController(),
    vips: [-1, -1],
    doors: [-1, -1],
    shutBy: -1,
    emptiedBy: [-1, -1],
    cluster: -1,
    repairsRunning: 0,
    repairQueue: [],
    coresUsed: 0,
    replacements: [],
    rackTried: new Uint8Array(design.datacenter.faultDomains),
    requestsInFlight: 0,
    sessionsInFlight: 0,
    closed: false,
    healed: false,
  };
}

/** An operation of the design of which nothing has become yet. */
export function freshOperation(id: number): Operation {
  return {
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
    walked: [],
    walkAt: -1,
    calmAt: -1,
    undo: { version: "", programs: [], asked: [] },
    timer: -1,
    scope: [],
    hosts: [],
    stream: -1,
    requestsInFlight: 0,
    sessionsInFlight: 0,
  };
}
