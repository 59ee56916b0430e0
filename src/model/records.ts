import type { EventId } from "../kernel/calendar.ts";
import type { Ring } from "../kernel/ring.ts";
import type { Micros } from "../kernel/time.ts";
import type { StreamId } from "../random/streams.ts";

/** One deployment of the service: in production, in staging, or deleted. */
export interface Deployment {
  readonly id: number;
  version: string;
  /** Its VIP is a reserved address. */
  readonly reservedIp: boolean;
  /** 0 production, 1 staging, -1 deleted. */
  slot: number;
  readonly firstGroup: number;
  readonly groupCount: number;
  readonly firstRotation: number;
  /** The operation that is changing it, -1 none. */
  lock: number;
  /** Operations on single instances of it, which need no lock. */
  readonly watchers: number[];
  /** Stopped, not deleted: what boots does not start its role. */
  suspended: boolean;
  checkEvent: EventId;
  /** The instances of each role as the changes of its topology have told them, oldest first; an instance knows one of these. Those that nobody knows any more are empty. */
  readonly topologies: (readonly KnownRole[])[];
  /** The oldest one that is not empty. */
  oldestTopology: number;
}

/** What is told of a role: its instances, ready or not, and who changed their number last. */
export interface KnownRole {
  readonly instances: readonly number[];
  readonly incident: number;
  readonly fact: number;
}

/** A change of the topology on its way to the instances. */
export interface TopologyChange {
  readonly deployment: number;
  readonly topology: number;
  /** Instances that came or go: nobody tells them. */
  readonly changed: readonly number[];
  readonly fact: number;
  readonly stream: StreamId;
}

/** What the calls of one role to another remember; counted are those that began in the measured time. */
export interface Link {
  readonly streams: { readonly demand: StreamId; readonly choice: StreamId };
  offered: number;
  /** Tries after the first. */
  retries: number;
  succeeded: number;
  readonly failedByCause: Float64Array;
  /** From the first try to the answer, summed over the calls that succeeded. */
  time: number;
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
  /** The instance that has each index, or was the last one to have it. */
  readonly last: number[];
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
  /** Calls so far, and what their draws are hashed with. */
  called: number;
  readonly callKey: number;
  /** Retries that its budget would allow, as of an instant. */
  tokens: number;
  tokensAt: Micros;
  readonly breaker: BreakerState;
}

/** What a circuit breaker remembers. */
export interface BreakerState {
  /** A `Circuit`: closed, open or half-open. */
  circuit: number;
  /** Until when it is open. */
  opensUntil: Micros;
  /** Failures in a row; and attempts and failures of the window that began at an instant. */
  failuresInRow: number;
  windowFrom: Micros;
  attempts: number;
  failures: number;
  /** While half-open: which time that is, probes under way, and those that succeeded. */
  spell: number;
  trials: number;
  successes: number;
}

/** Something outside the deployment that can be out: a store or a queue. */
export interface External {
  /** Incidents that have it out, oldest first. */
  readonly outages: number[];
  /** The last incident that had it out, and when it went out last; -1 never. */
  lastOutage: number;
  wentOutAt: Micros;
  firstClock: number;
  /** Calls or messages that may still be accepted in this second. */
  budget: number;
  budgetSecond: number;
}

/** What a store remembers: an acknowledged call counts once, a failed one for each time it was tried. */
export interface Store extends External {
  readonly streams: { readonly latency: StreamId };
  reads: number;
  writes: number;
  failed: number;
  throttled: number;
}

/** What a queue remembers. */
export interface Queue extends ArrivalState, External {
  /** Visible messages, oldest first. */
  readonly visible: Ring;
  /** Groups whose workers consume it. */
  readonly consumers: number[];
  readonly streams: { readonly arrivals: StreamId; readonly demand: StreamId };
  /** Messages in it, in hands included. */
  stored: number;
  /** Of each session, the message that is in somebody's hands; -1 none. */
  readonly inHand: Int32Array;
  /** When messages were put in, by what names them, as far back as duplicates are detected; and duplicates dropped. */
  readonly known: Map<number, Micros>;
  deduplicated: number;
  /** Messages of a producer outside that were not accepted. */
  refused: number;
}

/** A fault, an operation or a defect that failures are attributed to: one for each target of each line of the scenario, however often it strikes. */
export interface Incident {
  readonly id: number;
  readonly kind: string;
  /** Index of the fault in the design, or -1. */
  readonly fault: number;
  /** Index of the operation in the design, or -1. */
  readonly operation: number;
  /** Instance, host, fault domain, store or queue. */
  readonly target: number;
  occurrences: number;
  lastAt: Micros;
  /** Its latest strike as a fact. */
  fact: number;
  open: number;
}

/** What an autoscaled role remembers. */
export interface Autoscaler {
  readonly id: number;
  /** Its operation in the design. */
  readonly operation: number;
  /** By rule of all profiles: instants and values in turn, oldest first, as far back as the rule reads. */
  readonly samples: number[][];
  /** The role's deployment that was measured last, as a group; -1 none. */
  group: number;
  /** When it scaled last, -1 never. */
  scaledAt: Micros;
  /** What it decided last, so that only a change is told. */
  verdict: string;
  /** How often it scaled out and in, would have flapped, and could not act although it wanted to. */
  out: number;
  in: number;
  flapping: number;
  frozen: number;
}

/** What has become of one operation of the design. */
export interface Operation {
  /** Index in the design. */
  readonly id: number;
  incident: number;
  /** An `OperationStatus`. */
  status: number;
  startedAt: Micros;
  finishedAt: Micros;
  reason: string;
  fact: number;
  deployment: number;
  /** Instances it waits for. */
  readonly waitingFor: number[];
  /** Of a walk: instances it has gone past although they were not ready, the domain whose turn it is, those that had it, when it may go on. */
  readonly passed: number[];
  domain: number;
  readonly walked: number[];
  walkAt: Micros;
  /** When it looks again at an instance that has crashed, should that stay ready. */
  calmAt: Micros;
  /** Of an upgrade: what a rollback brings back, role by role. */
  readonly undo: { version: string; readonly programs: number[]; readonly asked: number[] };
  timer: EventId;
  /** Of a patch pass: the instances there were at its begin, the hosts whose turn it is, its stream (-1 until opened). */
  readonly scope: number[];
  readonly hosts: number[];
  stream: StreamId;
  requestsInFlight: number;
  sessionsInFlight: number;
}
