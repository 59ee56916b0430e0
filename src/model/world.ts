import type { Calendar, EventId } from "../kernel/calendar.ts";
import { defineColumns } from "../kernel/columns.ts";
import type { Ring } from "../kernel/ring.ts";
import type { Micros } from "../kernel/time.ts";
import type { StreamId, Streams } from "../random/streams.ts";
import type { Design } from "./design.ts";
import type { IdTable } from "./idTable.ts";
import type { BalancingPolicy, BalancingView } from "./policies/balancing/policy.ts";
import type { Catalogue } from "./program.ts";
import type { Trace } from "./trace.ts";

/** A platform being simulated: the data that changes (`world`), and what changes it. */
export interface Platform {
  readonly design: Design;
  readonly catalogue: Catalogue;
  readonly calendar: Calendar;
  readonly streams: Streams;
  readonly trace: Trace;
  readonly balancing: BalancingPolicy;
  readonly world: World;
}

/**
 * Everything that changes during a run: numbers, strings, arrays and columns. Ids are indexes, -1 means none; `cause` fields are ids of facts
 * and `incident` fields say whom a failure is attributed to.
 */
export interface World {
  readonly hosts: HostColumns;
  readonly racks: RackColumns;
  readonly instances: InstanceColumns;
  readonly backends: BackendColumns;
  readonly requests: RequestColumns;
  readonly sessions: SessionColumns;
  readonly messages: MessageColumns;
  readonly clocks: ClockColumns;
  readonly repairs: RepairColumns;
  readonly deployments: Deployment[];
  /** Roles of deployments. */
  readonly groups: Group[];
  readonly rotations: Rotation[];
  readonly clients: Client[];
  readonly queues: Queue[];
  readonly incidents: Incident[];
  /** Incidents, and streams of repairs, of each fault by target. */
  readonly incidentOf: readonly IdTable[];
  readonly repairStreams: readonly IdTable[];
  /** Streams of random targets, by fault; -1 until opened. */
  readonly choiceStreams: number[];
  readonly operations: Operation[];
  /** Why operations were refused; facts point here. */
  readonly reasons: string[];
  /** Ids of incidents that are open, oldest first. */
  readonly openIncidents: number[];
  /** Instances that no host had room for, in the order in which they asked. */
  readonly pendingInstances: number[];
  /** Deployment behind the VIP of each slot: production, staging; -1 none. */
  readonly vips: [number, number];
  readonly view: BalancingView;
  /** Hosts and racks under repair, and those that wait for a crew. */
  repairsRunning: number;
  readonly repairQueue: number[];
  coresUsed: number;
  /** Scratch of placement: fault domains tried already. */
  readonly rackTried: Uint8Array;
  requestsInFlight: number;
  sessionsInFlight: number;
  /** After the horizon nothing new arrives or breaks. */
  closed: boolean;
}

export const HostColumns = defineColumns({
  rack: Int32Array,
  state: Uint8Array,
  /** Open faults of the host itself. */
  faults: Int16Array,
  /** Open faults of class hardware among them. */
  hardwareFaults: Int16Array,
  freeCores: Int32Array,
  freeMemoryMiB: Float64Array,
  freeDiskMiB: Float64Array,
  /** Phase of its heartbeats, in microseconds. */
  phase: Float64Array,
  firstInstance: Int32Array,
  timer: Int32Array,
  incident: Int32Array,
  cause: Float64Array,
  /** Stream of its restarts, opened when it is first needed. */
  stream: Int32Array,
  firstClock: Int32Array,
});
export type HostColumns = InstanceType<typeof HostColumns>;

export const RackColumns = defineColumns({
  /** Open power faults. */
  faults: Int16Array,
  incident: Int32Array,
  firstClock: Int32Array,
});
export type RackColumns = InstanceType<typeof RackColumns>;

export const InstanceColumns = defineColumns({
  group: Int32Array,
  index: Int32Array,
  /** What it runs: an index into the catalogue's programs. */
  program: Int32Array,
  upgradeDomain: Uint8Array,
  state: Uint8Array,
  /** When it entered the state. */
  since: Float64Array,
  host: Int32Array,
  /** The program whose size its place on the host was taken for. */
  sizedBy: Int32Array,
  nextOnHost: Int32Array,
  previousOnHost: Int32Array,
  /** The event that ends the state, where one does. */
  timer: Int32Array,
  timerKind: Uint8Array,
  /** While paused: the state it returns to, and what was left of its timer (never: it had none). */
  pausedFrom: Uint8Array,
  timeLeft: Float64Array,
  /** Crashes in a row. */
  crashes: Uint16Array,
  restarts: Uint16Array,
  /** What it is stopping for (`StopReason`), and for which operation. */
  stopReason: Uint8Array,
  incident: Int32Array,
  cause: Float64Array,
  stream: Int32Array,
  firstBackend: Int32Array,
  firstClock: Int32Array,
  /** The open fault of the instance itself, and its repair. */
  fault: Int32Array,
  repair: Int32Array,
  /** When an idle worker looks for messages next. */
  pollEvent: Int32Array,
  /** Slots in use, requests waiting, and both as the balancer counts them. */
  busy: Int32Array,
  waiting: Int32Array,
  outstanding: Int32Array,
  /** First and last of the waiting requests, first of those in service. */
  queueHead: Int32Array,
  queueTail: Int32Array,
  serviceHead: Int32Array,
  /** The application pool: when it is warm, when it was last used, when the role started. */
  warmAt: Float64Array,
  usedAt: Float64Array,
  startedAt: Float64Array,
  /** Under processor sharing: work done for each job since ever, and when that was computed. */
  sharedWork: Float64Array,
  sharedAt: Float64Array,
  sharedEvent: Int32Array,
});
export type InstanceColumns = InstanceType<typeof InstanceColumns>;

/** An instance as one endpoint of the balancer sees it. */
export const BackendColumns = defineColumns({
  instance: Int32Array,
  rotation: Int32Array,
  /** The instance's next backend. */
  next: Int32Array,
  inRotation: Uint8Array,
  /** Ticks are at phase + k * interval, for the life of the instance's id. */
  phase: Float64Array,
  /** What the instance answers to a probe now (`Answer`), and since when. */
  answer: Uint8Array,
  answerSince: Float64Array,
  lastSuccess: Float64Array,
  misses: Int32Array,
  successes: Int32Array,
  pending: Int32Array,
});
export type BackendColumns = InstanceType<typeof BackendColumns>;

/** Requests of clients, and jobs of workers: whatever an instance holds. */
export const RequestColumns = defineColumns({
  /** The client; -1 for a job of a worker, -2 when the client gave up. */
  client: Int32Array,
  instance: Int32Array,
  state: Uint8Array,
  arrivedAt: Float64Array,
  startedAt: Float64Array,
  /** Compute at 100 ACU; under processor sharing, once started: the shared work at which it is complete. */
  demand: Float64Array,
  /** Time spent in stores. */
  storeTime: Float64Array,
  /** End of service, and its event. */
  endsAt: Float64Array,
  completion: Int32Array,
  next: Int32Array,
  previous: Int32Array,
  /** Neighbours among the client's open requests, in order of arrival. */
  nextOpen: Int32Array,
  previousOpen: Int32Array,
  session: Int32Array,
  /** Of a job: the message, and its dequeue count when it was taken. */
  message: Int32Array,
  receipt: Int32Array,
  incident: Int32Array,
  fact: Float64Array,
});
export type RequestColumns = InstanceType<typeof RequestColumns>;

export const SessionColumns = defineColumns({
  client: Int32Array,
  /** The instance its connection leads to, -1 while it has none. */
  instance: Int32Array,
  flow: Int32Array,
  address: Int32Array,
  /** Requests still to come; -1 without end. */
  left: Int32Array,
  usedAt: Float64Array,
  fact: Float64Array,
});
export type SessionColumns = InstanceType<typeof SessionColumns>;

export const MessageColumns = defineColumns({
  queue: Int32Array,
  enqueuedAt: Float64Array,
  takenAt: Float64Array,
  dequeues: Int32Array,
  /** Compute of its handler at 100 ACU; -1 until it is drawn. */
  demand: Float64Array,
  /** 1 once it was completed for the first time, 2 once it was deleted. */
  done: Uint8Array,
  /** Jobs that work on it. */
  jobs: Int32Array,
  reappearance: Int32Array,
  fact: Float64Array,
});
export type MessageColumns = InstanceType<typeof MessageColumns>;

/** A clock that strikes a fault again and again at one target. */
export const ClockColumns = defineColumns({
  fault: Int16Array,
  /** -1: the target is resolved when it strikes. */
  target: Int32Array,
  event: Int32Array,
  /** Of a stopped clock: what is left of it. */
  left: Float64Array,
  stream: Int32Array,
  /** The next clock of the same instance. */
  next: Int32Array,
});
export type ClockColumns = InstanceType<typeof ClockColumns>;

export const RepairColumns = defineColumns({
  incident: Int32Array,
  fault: Int16Array,
  target: Int32Array,
  event: Int32Array,
  duration: Float64Array,
});
export type RepairColumns = InstanceType<typeof RepairColumns>;

/** One deployment of the service: in production, in staging, or deleted. */
export interface Deployment {
  readonly id: number;
  version: string;
  /** 0 production, 1 staging, -1 deleted. */
  slot: number;
  readonly firstGroup: number;
  readonly groupCount: number;
  readonly firstRotation: number;
  /** The operation that is changing it, -1 none. */
  lock: number;
  checkEvent: EventId;
}

/** A role of a deployment. */
export interface Group {
  readonly id: number;
  readonly deployment: number;
  /** Index of the role in the service. */
  readonly role: number;
  /** What new and updated instances run. */
  program: number;
  asked: number;
  /** By index. */
  readonly instances: number[];
  ready: number;
  /** Placed instances by fault domain, and by fault domain and upgrade domain. */
  readonly perRack: Int32Array;
  readonly perCell: Int32Array;
}

/** The rotation of one endpoint of one deployment. */
export interface Rotation {
  readonly id: number;
  readonly endpoint: number;
  readonly group: number;
  /** Instances in rotation, ascending; only the first `count` are valid. */
  members: Int32Array;
  count: number;
  /** The balancing policy's memory. */
  memory: number;
  /** Whom requests are attributed to while it is empty. */
  incident: number;
  cause: number;
}

export interface Client {
  readonly id: number;
  readonly streams: { readonly arrivals: StreamId; readonly demand: StreamId; readonly flow: StreamId; readonly balancing: StreamId };
  /** Arrivals so far. */
  arrived: number;
  /** Place in the list of instants or counts. */
  cursor: number;
  /** Arrivals in the current interval of counts. */
  readonly batch: Float64Array;
  batchPlace: number;
  batchLength: number;
  /** State of a bursty process, and when it ends. */
  phase: number;
  phaseEndsAt: Micros;
  /** Oldest and newest open request, and the event of the oldest one's time-out. */
  firstOpen: number;
  lastOpen: number;
  timeoutEvent: EventId;
}

export interface Queue {
  readonly id: number;
  /** Visible messages, oldest first. */
  readonly visible: Ring;
  /** Groups whose workers consume it. */
  readonly consumers: number[];
  readonly streams: { readonly arrivals: StreamId; readonly demand: StreamId };
  cursor: number;
  readonly batch: Float64Array;
  batchPlace: number;
  batchLength: number;
  phase: number;
  phaseEndsAt: Micros;
  /** Messages that may still be accepted in this second. */
  budget: number;
  budgetSecond: number;
}

/** A fault or an operation that failures are attributed to: one for each target of each line of the scenario, however often it strikes. */
export interface Incident {
  readonly id: number;
  readonly kind: string;
  /** Index of the fault in the design, or -1. */
  readonly fault: number;
  /** Index of the operation in the design, or -1. */
  readonly operation: number;
  /** Instance, host or fault domain. */
  readonly target: number;
  occurrences: number;
  lastAt: Micros;
  /** Its latest strike as a fact. */
  fact: number;
  open: number;
}

export interface Operation {
  /** Index in the design. */
  readonly id: number;
  incident: number;
  /** 0 due, 1 running, 2 succeeded, 3 refused. */
  status: number;
  startedAt: Micros;
  finishedAt: Micros;
  reason: string;
  fact: number;
  deployment: number;
  /** Instances it waits for. */
  readonly waitingFor: number[];
  /** Of an upgrade: instances the walk has gone past although they were not ready, the domain whose turn it is, when it may go on. */
  readonly passed: number[];
  domain: number;
  walkAt: Micros;
  timer: EventId;
  requestsInFlight: number;
  sessionsInFlight: number;
}
