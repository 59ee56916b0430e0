import type { Calendar, EventId } from "../kernel/calendar.ts";
import type { Ring } from "../kernel/ring.ts";
import type { Micros } from "../kernel/time.ts";
import type { StreamId, Streams } from "../random/streams.ts";
import type {
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
  /** What the policy is shown: filled in anew for each flow, so it is no part of the world. */
  readonly view: BalancingView;
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
  /** Streams of random targets, by fault, then by operation; -1 until opened. */
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
  /** Incident of the operation that left each slot without a deployment; -1: it never had one. */
  readonly emptiedBy: [number, number];
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
  /** How many instances have had each index. */
  readonly lives: number[];
  /** How many the platform takes for ready, a hung one included. */
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

/** What a stream of arrivals remembers. */
export interface ArrivalState {
  readonly streams: { readonly arrivals: StreamId };
  /** Place in the list of instants or counts. */
  cursor: number;
  /** Arrivals in the current interval of counts. */
  readonly batch: Float64Array;
  batchPlace: number;
  batchLength: number;
  /** State of a bursty process, and when it ends; -1: its end is not drawn yet. */
  phase: number;
  phaseEndsAt: Micros;
}

/** What a client remembers between its requests. */
export interface Client extends ArrivalState {
  readonly id: number;
  readonly streams: { readonly arrivals: StreamId; readonly demand: StreamId; readonly flow: StreamId; readonly balancing: StreamId };
  /** Arrivals so far. */
  arrived: number;
  /** Oldest and newest open request, and the event of the oldest one's time-out. */
  firstOpen: number;
  lastOpen: number;
  timeoutEvent: EventId;
}

/** What a storage queue remembers. */
export interface Queue extends ArrivalState {
  /** Visible messages, oldest first. */
  readonly visible: Ring;
  /** Groups whose workers consume it. */
  readonly consumers: number[];
  readonly streams: { readonly arrivals: StreamId; readonly demand: StreamId };
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

/** What has become of one operation of the design. */
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
