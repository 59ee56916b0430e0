import { defineColumns } from "../kernel/columns.ts";

/** Physical hosts. */
export const HostColumns = defineColumns({
  rack: Int32Array,
  state: Uint8Array,
  /** Open faults of the host itself. */
  faults: Int32Array,
  /** Open faults of class hardware among them. */
  hardwareFaults: Int32Array,
  freeCores: Int32Array,
  freeMemoryMiB: Float64Array,
  freeDiskMiB: Float64Array,
  /** Phase of its heartbeats, in microseconds. */
  phase: Float64Array,
  firstInstance: Int32Array,
  timer: Int32Array,
  cause: Float64Array,
  /** Stream of its restarts, opened when it is first needed. */
  stream: Int32Array,
  firstClock: Int32Array,
  /** 1: it runs, but its rack's switch does not. */
  cutOff: Uint8Array,
  /** What its instances' service times are multiplied by. */
  slowdown: Float64Array,
});
export type HostColumns = InstanceType<typeof HostColumns>;

/** Fault domains: racks with one power feed. */
export const RackColumns = defineColumns({
  /** Open power faults. */
  faults: Int32Array,
  /** Open faults of its switch, and the incident of the one that cut it off. */
  cut: Int32Array,
  cutBy: Int32Array,
  firstClock: Int32Array,
});
export type RackColumns = InstanceType<typeof RackColumns>;

/** Role instances; columns and not records, because a scenario may have 100,000. */
export const InstanceColumns = defineColumns({
  group: Int32Array,
  index: Int32Array,
  /** How many instances of its name were there before it: a role that shrinks and grows gives an index again. */
  life: Int32Array,
  /** What it runs: an index into the catalogue's programs. */
  program: Int32Array,
  /** What it takes up when its process next starts: the version its upgrade domain has come to. */
  wanted: Int32Array,
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
  /** While paused or unreachable: the state it returns to, and what was left of its timer (never: it had none). */
  pausedFrom: Uint8Array,
  timeLeft: Float64Array,
  /** The topology of its deployment that it knows. */
  knows: Int32Array,
  /** The last patch pass, and the last change of configuration, that it had its turn in; -1 none, below that on its way out for one. */
  patchedBy: Int32Array,
  configuredBy: Int32Array,
  /** Crashes in a row. */
  crashes: Uint16Array,
  restarts: Int32Array,
  /** What it is stopping for (`StopReason`), and for which operation. */
  stopReason: Uint8Array,
  /** How much later than the first one of its request its VM starts; 0 once it has. */
  startDelay: Float64Array,
  /** 1 while it serves although OnStop runs. */
  servesOn: Uint8Array,
  /** How long the OnStop that is under way takes, before it is cut. */
  onStopTime: Float64Array,
  incident: Int32Array,
  cause: Float64Array,
  stream: Int32Array,
  /** The streams of what is wrong with its version, and of whoever restarts it by hand; opened when they are first needed. */
  defectStream: Int32Array,
  operatorStream: Int32Array,
  /** The end of Run or of the process that its version brings, and which of the two; while paused, what was left until then (-1: nothing). */
  runEvent: Int32Array,
  runEnds: Uint8Array,
  runLeft: Float64Array,
  /** The startup task that will fail in the start that is under way, -1 none. */
  failedTask: Int32Array,
  /** Its folders of local storage that have been written to, -1 none. */
  firstFolder: Int32Array,
  /** When the last of its foreground tasks ends. */
  foregroundUntil: Float64Array,
  firstBackend: Int32Array,
  firstClock: Int32Array,
  /** The open fault of the instance itself, and its repair. */
  fault: Int32Array,
  repair: Int32Array,
  /** While paused or unreachable: both of these as they were before. */
  shelvedFault: Int32Array,
  shelvedRepair: Int32Array,
  /** When an idle worker looks for messages next. */
  pollEvent: Int32Array,
  /** What its health check does next; whether it gets no requests because of it. */
  healthEvent: Int32Array,
  excluded: Uint8Array,
  /** Time for which slots were busy, of services that are over; under processor sharing, cores, up to `sharedAt` (see `busyTimeOf`). */
  busyTime: Float64Array,
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
  /** Grey failures: what service times and boots are multiplied by, the share of responses that fail, and the open ones as a list. */
  slowdown: Float64Array,
  bootFactor: Float64Array,
  errorShare: Float64Array,
  /** 0: answers as it should; 1: some responses fail (`errorShare`); 2 added: nobody outside hears it. */
  impaired: Uint8Array,
  greyStream: Int32Array,
  firstAilment: Int32Array,
  /** Of a metered program: compute that was begun and not yet counted as done. */
  workBegun: Float64Array,
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
  /** When it was let in last; and whether it left again so soon that it is taken for flapping. */
  admittedAt: Float64Array,
  flaps: Uint8Array,
  pending: Int32Array,
});
export type BackendColumns = InstanceType<typeof BackendColumns>;

/** Requests of clients, and jobs of workers: whatever an instance holds. */
export const RequestColumns = defineColumns({
  /** The client; -1 for a job of a worker, -2 when the client gave up, -3 for a call by another role. */
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
  /** Of an attempt: the call it belongs to; -1 for a request that is its only attempt. Not set for jobs. */
  call: Int32Array,
  /** Of a handler whose calls may fail: the next call, where it stands (`CallPhase`), failures of it so far, and when it was made. */
  step: Int16Array,
  phase: Uint8Array,
  tries: Int32Array,
  callAt: Float64Array,
  /** The call to another role that it has open, while its phase says so. */
  asks: Int32Array,
  /** Of a job: the message, and its dequeue count when it was taken. Of an attempt: the number of its call, and the client. Of a call by a role: the call. */
  message: Int32Array,
  receipt: Int32Array,
  incident: Int32Array,
  fact: Float64Array,
});
export type RequestColumns = InstanceType<typeof RequestColumns>;

/** Connections of users, from the first request to the last. */
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

/** Messages in queues or in the hands of workers. */
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
  /** When a message that waits expires. */
  expiry: Int32Array,
  /** How often the worker that has it renews its hold on it; 0 never. */
  renewal: Float64Array,
  /** Its session, -1 none. */
  session: Int32Array,
  fact: Float64Array,
});
export type MessageColumns = InstanceType<typeof MessageColumns>;
