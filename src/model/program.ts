import { never } from "../kernel/time.ts";
import { compileLaw, type Law } from "../random/laws.ts";
import type {
  ArrivalsDesign,
  AutoscaledRoleDesign,
  BreakerDesign,
  CallRetryDesign,
  ClientDesign,
  Design,
  EndpointDesign,
  FaultDesign,
  ProbeDesign,
  QueueDesign,
  RoleDesign,
  SelectorDesign,
} from "./design.ts";
import type { FaultKind } from "./faults/fault.ts";
import { type AskProgram, compileAsk, type LinkDesign } from "./links.ts";
import { bootFactorOf, compileFolders, compileTasks, type LocalWrite, type TaskProgram } from "./roleParts.ts";
import { failureCauses } from "./status.ts";

/** What an instance runs: one version of one role, compiled. */
export interface Program {
  readonly role: number;
  readonly design: RoleDesign;
  /** Demands of its compute steps, and times of its store steps. */
  readonly compute: readonly Law[];
  readonly stores: readonly Law[];
  /** The law of its only step, when computing is all it does. */
  readonly onlyStep: Law | undefined;
  /** Its calls to stores, in order, then the queues it puts a message into when a request succeeds. */
  readonly calls: readonly CallProgram[];
  /** How many of the calls are to stores. */
  readonly storeCalls: number;
  /** Whether a store it calls can fail, or it calls a role: its calls are then made one by one, after the computing. */
  readonly staged: boolean;
  /** Whether any call may be made more than once, or is made one by one. */
  readonly careful: boolean;
  /** Whether computing is all that a request does. */
  readonly plain: boolean;
  /** Queue it consumes, -1 none. */
  readonly queue: number;
  /** How many messages it takes at once, and how often it renews its hold on them (0 never). */
  readonly batch: number;
  readonly renewal: number;
  readonly concurrency: number;
  readonly queueLimit: number;
  /** By priority, how many it may hold for a request to be admitted; undefined: it admits all. */
  readonly admission: readonly number[] | undefined;
  readonly speed: number;
  readonly shared: boolean;
  /** Whether a service lasts as long as was drawn: at speed 1, alone on its slot, on a pool that is always warm, with nobody who measures it. */
  readonly nominal: boolean;
  /** Whether an autoscaler reads how busy its processors are. */
  readonly metered: boolean;
  readonly cores: number;
  /** Whether its pool can ever be cold. */
  readonly pool: boolean;
  readonly coldStart: Law;
  readonly roleStart: Law;
  readonly roleRestart: Law;
  readonly onStart: Law;
  readonly onStop: Law;
  readonly onStartFails: number;
  readonly runReturns: Law | undefined;
  readonly crashAfter: Law | undefined;
  /** Its VM takes so much longer to boot than a small one. */
  readonly bootFactor: number;
  /** Its simple and foreground startup tasks, in order: nobody waits for the others. */
  readonly startupTasks: readonly TaskProgram[];
  readonly writes: readonly LocalWrite[];
  /** For each folder name of the design: whether this version has it emptied at every start of the role. */
  readonly cleaned: readonly boolean[];
}

/** A call to a store or a queue, compiled. */
export interface CallProgram {
  readonly kind: "store" | "enqueue" | "role";
  /** The store, queue or role. */
  readonly id: number;
  readonly isWrite: boolean;
  /** Latency of a call to a store. */
  readonly law: Law | undefined;
  readonly retry: CallRetryDesign;
  /** Of a call to a role. */
  readonly asks: AskProgram | undefined;
}

/** A stream of arrivals, compiled. */
export interface ArrivalProgram {
  readonly design: ArrivalsDesign;
  readonly laws: readonly Law[];
}

/** A client, compiled. */
export interface ClientProgram {
  readonly endpoint: number;
  readonly slot: number;
  readonly timeout: number;
  readonly arrivals: ArrivalProgram | undefined;
  readonly think: Law | undefined;
  readonly sessions: boolean;
  readonly addresses: number;
  readonly demands: readonly number[] | undefined;
  /** What it does beyond sending a request once; undefined when nothing. */
  readonly policy: CallPolicy | undefined;
  readonly priority: number;
  /** Number of its transport protocol: 6 is TCP, 17 UDP. */
  readonly transport: number;
  /** Index of the instance it addresses past the balancer, -1 none. */
  readonly direct: number;
}

/** How a client tries, compiled. */
export interface CallPolicy {
  readonly deadline: number;
  readonly hedge: number;
  /** One try when the client does not retry. */
  readonly tries: number;
  readonly first: number;
  readonly max: number;
  readonly jitter: "none" | "full" | "equal" | "decorrelated";
  /** 1 for causes of failure that are retried. */
  readonly retried: Uint8Array;
  readonly budget: { readonly ratio: number; readonly min: number; readonly burst: number } | undefined;
  readonly breaker: BreakerDesign | undefined;
}

/** Everything of a design that is looked up while it runs: code and constants, never changed after the build. */
export interface Catalogue {
  /** Those of the service's roles first, then those that operations bring. */
  readonly programs: readonly Program[];
  /** Programs of the roles that each operation of the design brings: ids by role; empty when it brings none. */
  readonly programsOf: readonly (readonly number[])[];
  /** Of all versions: their runs are counted by name. */
  readonly taskNames: readonly string[];
  readonly endpoints: readonly {
    readonly role: number;
    readonly design: EndpointDesign;
    readonly probe: ProbeDesign;
    readonly idleTimeout: number;
    readonly stays: boolean;
  }[];
  /** Endpoints of each role. */
  readonly endpointsOf: readonly (readonly number[])[];
  readonly clients: readonly ClientProgram[];
  readonly producers: readonly (ArrivalProgram | undefined)[];
  /** How long outages last that nobody else ends. */
  readonly failovers: { readonly stores: readonly (Law | undefined)[]; readonly queues: readonly (Law | undefined)[] };
  /** Whether any program is careful, and whether any consumes a queue and has requests besides. */
  readonly careful: boolean;
  readonly mixed: boolean;
  readonly links: readonly LinkDesign[];
  readonly faults: readonly {
    readonly design: FaultDesign;
    readonly kind: FaultKind;
    /** What is asked of the kind at each strike: kinds are records of many shapes, and this one has a single one. */
    readonly strike: FaultKind["strike"];
    readonly end: FaultKind["end"];
    readonly needsCrew: boolean;
    readonly isGrey: boolean;
    readonly strikesInstance: boolean;
    readonly every: Law | undefined;
    readonly repair: Law | undefined;
    /** Its parameters that are laws, by name. */
    readonly laws: Readonly<Record<string, Law>>;
  }[];
  readonly laws: {
    readonly crashDetection: Law;
    readonly guestReboot: Law;
    readonly provision: Law;
    readonly reimage: Law;
    readonly hostRestart: Law;
    readonly hostRepair: readonly Law[];
    readonly failover: Law;
    readonly operator: Law | undefined;
    readonly install: Law;
    readonly stagger: Law;
    readonly swap: Law;
    readonly topologyChange: Law;
    readonly hostUpdate: Law;
    readonly hostPause: Law;
    readonly agentUpdate: Law;
    readonly swapTransient: Law;
  };
}

/** Compiles one version of a role. */
export function compileRole(design: Design, role: RoleDesign, roleIndex: number): Program {
  const isWeb = role.kind === "web";
  const compute = role.handler.filter((step) => step.step === "compute").map((step) => compileLaw(step.demand));
  const calls = compileCalls(design, role);
  const storeCalls = calls.filter((call) => call.kind === "store").length;
  const queue = design.queues.findIndex(({ name }) => name === role.queue);
  const staged = calls.some((call) => call.kind === "role" || (call.kind === "store" && canFail(design, call)));
  const taking = role.handler.filter(({ step }) => step === "compute" || step === "store" || step === "call");
  const onlyStep = taking.length === 1 ? compute[0] : undefined;
  const careful = staged || calls.some((call) => call.kind === "enqueue" && (call.retry.attempts !== 1 || !isWeb) && canFail(design, call));
  const shared = role.discipline === "processor-sharing";
  const metered = design.autoscale.roles.some((scaled) => scaled.role === role.name && readsProcessors(scaled));
  const pool = isWeb && !(role.iis.coldStart.law === "constant" && role.iis.coldStart.value === 0);
  return {
    role: roleIndex,
    design: role,
    compute,
    onlyStep,
    stores: calls.flatMap((call) => call.law ?? []),
    calls,
    storeCalls,
    staged,
    plain: calls.length === 0 && role.handler.every(({ step }) => step === "compute"),
    careful,
    queue,
    batch: role.batch,
    renewal: role.renewLease >= 0 || queue < 0 ? role.renewLease : Math.max(1, Math.floor(design.queues[queue].visibilityTimeout / 2)),
    concurrency: role.concurrency,
    queueLimit: role.queueLimit < 0 ? Number.MAX_SAFE_INTEGER : role.queueLimit,
    admission: role.admission,
    speed: role.speed,
    shared,
    nominal: role.speed === 1 && !(careful || shared || metered || pool),
    metered,
    cores: role.size.cores,
    pool,
    coldStart: compileLaw(role.iis.coldStart),
    roleStart: compileLaw(role.roleStart),
    roleRestart: compileLaw(design.fabric.roleRestart),
    onStart: compileLaw(role.onStart),
    onStop: compileLaw(role.onStop),
    onStartFails: role.onStartFails,
    runReturns: role.runReturns === undefined ? undefined : compileLaw(role.runReturns),
    crashAfter: role.crashAfter === undefined ? undefined : compileLaw(role.crashAfter),
    bootFactor: design.fabric.bootBySize ? bootFactorOf(role.size.cores) : 1,
    startupTasks: compileTasks(design, role),
    ...compileFolders(design, role),
  };
}

function readsProcessors({ profiles }: AutoscaledRoleDesign): boolean {
  return profiles.some(({ rules }) => rules.some(({ metric }) => metric === "cpu"));
}

/** Compiles how a client tries; undefined for one that sends each request once and waits for its time-out. */
export function compilePolicy({ breaker, deadline, hedge, retry }: ClientDesign): CallPolicy | undefined {
  if (breaker === undefined && retry === undefined && deadline >= never && hedge >= never) return undefined;
  return {
    deadline,
    hedge,
    tries: retry?.attempts ?? 1,
    first: retry?.backoff.first ?? 0,
    max: retry?.backoff.max ?? 0,
    jitter: retry?.jitter ?? "none",
    retried: Uint8Array.from(failureCauses, (cause) => (retry?.on.includes(cause) ? 1 : 0)),
    budget: retry?.budget,
    breaker,
  };
}

/** Compiles a stream of arrivals. */
export function compileArrivals(arrivals: ArrivalsDesign): ArrivalProgram {
  if (arrivals.kind === "renewal") return { design: arrivals, laws: [compileLaw(arrivals.interarrival)] };
  if (arrivals.kind === "bursts") return { design: arrivals, laws: arrivals.sojourns.map((law) => compileLaw(law)) };
  return { design: arrivals, laws: [] };
}

/** Calls that take time, in order, and then what is put into queues. */
function compileCalls(design: Design, { handler, name }: RoleDesign): readonly CallProgram[] {
  const calls: CallProgram[] = [];
  for (const step of handler) {
    if (step.step === "call") calls.push(compileAsk(design, name, step));
    if (step.step !== "store") continue;
    const id = design.stores.findIndex((store) => store.name === step.store);
    calls.push({
      kind: "store",
      id,
      isWrite: step.operation === "write",
      law: compileLaw(design.stores[id][step.operation]),
      retry: step.retry,
      asks: undefined,
    });
  }
  for (const step of handler) {
    if (step.step !== "enqueue") continue;
    const id = design.queues.findIndex((queue) => queue.name === step.queue);
    calls.push({ kind: "enqueue", id, isWrite: true, law: undefined, retry: step.retry, asks: undefined });
  }
  return calls;
}

/** Whether a store or queue can ever turn a call down. */
function canFail(design: Design, { kind, id }: CallProgram): boolean {
  const what = kind === "store" ? "store" : "queue";
  if (kind === "enqueue" && isLimited(design, design.queues[id])) return true;
  const { maxRate, name } = kind === "store" ? design.stores[id] : design.queues[id];
  return maxRate > 0 || design.faults.some(({ target }) => strikes(target, what, name));
}

function strikes(target: SelectorDesign, what: "store" | "queue", name: string): boolean {
  return target.select === what ? target.name === name : "among" in target && target.among === what;
}

function isLimited({ accounts }: Design, { kind, maxMessages }: QueueDesign): boolean {
  return maxMessages > 0 || (kind === "storage" ? accounts.storage : accounts.serviceBus) > 0;
}
