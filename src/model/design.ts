import type { Micros } from "../kernel/time.ts";
import type { LawSpec } from "../random/laws.ts";

/**
 * What is to be simulated, with every default filled in: plain data that the scenario language resolves to and the model is built from.
 * Durations are whole microseconds, laws are of microseconds, "never" is `never` of kernel/time, ratios are 0..1.
 */
export interface Design {
  readonly horizon: Micros;
  readonly datacenter: DatacenterDesign;
  readonly service: ServiceDesign;
  readonly balancer: BalancerDesign;
  readonly fabric: FabricDesign;
  /** Sorted by name, as are stores and clients, so that their order in a file does not matter. */
  readonly queues: readonly QueueDesign[];
  readonly stores: readonly StoreDesign[];
  readonly clients: readonly ClientDesign[];
  readonly faults: readonly FaultDesign[];
  readonly operations: readonly OperationDesign[];
  readonly measure: MeasureDesign;
}

/** Hosts in fault domains; ids of hosts count through the fault domains in order. */
export interface DatacenterDesign {
  readonly faultDomains: number;
  readonly hostsPerFaultDomain: number;
  readonly host: { readonly cores: number; readonly memoryMiB: number; readonly diskMiB: number };
  /** How many hosts and racks can be under repair at once; 0 means unlimited. */
  readonly repairCrews: number;
}

/** One row of the table of virtual machine sizes. */
export interface VmSize {
  readonly name: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly diskMiB: number;
  /** Azure compute units of one core; 100 is a Small. */
  readonly acu: number;
}

/** The cloud service as it is deployed at the start. */
export interface ServiceDesign {
  readonly upgradeDomains: number;
  /** False: there is no production deployment until an operation makes one. */
  readonly deployedAtStart: boolean;
  readonly version: string;
  /** Sorted by name. */
  readonly roles: readonly RoleDesign[];
  /** The core quota of the subscription; 0 means none. */
  readonly coreQuota: number;
}

/** One role of one version: its size, its instances, what a request does, and how an instance starts and stops. */
export interface RoleDesign {
  readonly name: string;
  readonly kind: "web" | "worker";
  readonly size: VmSize;
  readonly instances: number;
  /** Requests or messages served at once by one instance. */
  readonly concurrency: number;
  /** Requests that may wait at one instance; -1 means unlimited. */
  readonly queueLimit: number;
  readonly discipline: "fifo" | "processor-sharing";
  /** Demands are divided by this: ACU/100 of the size, or 1. */
  readonly speed: number;
  readonly cancelOnTimeout: boolean;
  /** What one request or message does, in order. */
  readonly handler: readonly StepDesign[];
  /** Name of the queue that a worker role consumes; absent for web roles and idle workers. */
  readonly queue?: string | undefined;
  /** How an idle worker looks for messages; absent: it takes the next visible one at once. */
  readonly poll?: { readonly min: Micros; readonly max: Micros } | undefined;
  readonly endpoints: readonly EndpointDesign[];
  /** The application pool in front of a web role; for workers all of it is off. */
  readonly iis: {
    /** Extra time of requests that meet a cold pool. */
    readonly coldStart: LawSpec;
    /** Without a request for so long, the pool stops and is cold again; `never` switches that off. */
    readonly idleTimeout: Micros;
    /** The pool is recycled, and cold, every so often after the role started; `never` switches that off. */
    readonly recycleEvery: Micros;
  };
  readonly startupTasks: readonly StartupTaskDesign[];
  /** From guest agent up to startup tasks done is the tasks; this is the role host's own start, before OnStart. */
  readonly roleStart: LawSpec;
  readonly onStart: LawSpec;
  /** Cut at five minutes by the model. */
  readonly onStop: LawSpec;
  readonly localStorage: readonly { readonly name: string; readonly sizeMiB: number; readonly cleanOnRoleRecycle: boolean }[];
}

/** One step of a handler. */
export type StepDesign =
  | { readonly step: "compute"; readonly demand: LawSpec }
  | { readonly step: "store"; readonly store: string; readonly operation: "read" | "write" }
  | { readonly step: "enqueue"; readonly queue: string };

/** A startup task, run at every start of the role, not only at boot. */
export interface StartupTaskDesign {
  readonly name: string;
  readonly type: "simple" | "foreground" | "background";
  /** Only simple tasks block the start of the role. */
  readonly duration: LawSpec;
}

/** An input endpoint of a role, with a rotation of its own. */
export interface EndpointDesign {
  /** Unique in the role; the role's only endpoint may carry the role's name. */
  readonly name: string;
  /** The endpoint's own probe, or the balancer's. */
  readonly probe?: ProbeDesign | undefined;
}

/** How the balancer learns who is ready. */
export interface ProbeDesign {
  readonly kind: "probe" | "none";
  /** Who answers: the guest agent (role status) or the application itself. */
  readonly asks: "agent" | "application";
  readonly interval: Micros;
  /** Silence evicts this long after the last success; ignored when `misses` is not 0. */
  readonly evictAfter: Micros;
  /** When not 0: this many failed ticks in a row evict, whatever their kind. */
  readonly misses: number;
  /** With `misses`: a silent tick counts this long after it. */
  readonly responseTimeout: Micros;
  /** Successes in a row that readmit. */
  readonly readmitAfter: number;
  /** Phases of the instances' probe clocks: drawn uniformly over the interval, spread evenly in id order, or all the same. */
  readonly phase: { readonly kind: "uniform" } | { readonly kind: "even" } | { readonly kind: "fixed"; readonly at: Micros };
}

/** The load balancer in front of the service. */
export interface BalancerDesign {
  /** The `kind` of a balancing policy. */
  readonly policy: string;
  /** Of the weighted policies: weights by index of the instance in its role; 1 for those beyond. */
  readonly weights: readonly number[];
  readonly probe: ProbeDesign;
  /** A connection without traffic for so long is dropped silently. */
  readonly idleTimeout: Micros;
}

/** The fabric controller and its agents: detection, healing, planned stops. */
export interface FabricDesign {
  /** Who heals; all false under preset `ideal` unless asked. */
  readonly healing: { readonly process: boolean; readonly guest: boolean; readonly host: boolean };
  /** Process crash until the guest agent acts. */
  readonly crashDetection: LawSpec;
  /** The role host's restart after a crash, without its startup tasks and OnStart. */
  readonly roleRestart: LawSpec;
  /** Delay before the second and later restarts in a row, doubling from `first` to `max`; a role ready for `reset` is forgiven. */
  readonly restartBackoff: { readonly first: Micros; readonly max: Micros; readonly reset: Micros };
  readonly guestHeartbeat: { readonly period: Micros; readonly timeout: Micros };
  readonly hostHeartbeat: { readonly period: Micros; readonly timeout: Micros };
  /** Guest OS restarted in place until the guest agent is up. */
  readonly guestReboot: LawSpec;
  /** A new or moved instance, from placement until its guest agent is up. */
  readonly provision: LawSpec;
  /** Additional time of a reimage over a reboot. */
  readonly reimage: LawSpec;
  readonly restartHostFirst: boolean;
  readonly hostRestart: LawSpec;
  /** Time until a person restarts a hung role; absent: nobody does. */
  readonly operator?: LawSpec | undefined;
  readonly drainTimeout: Micros;
  /** Package swap of one instance during an in-place upgrade. */
  readonly install: LawSpec;
  readonly walkPoll: Micros;
  readonly startTimeout: Micros;
  /** From the request to the switch. */
  readonly swap: LawSpec;
}

/** A storage queue. */
export interface QueueDesign {
  readonly name: string;
  readonly visibilityTimeout: Micros;
  /** A message dequeued more often than this goes to the poison queue; 0 means never. */
  readonly maxDequeueCount: number;
  /** Messages accepted a second; 0 means unlimited. */
  readonly maxRate: number;
  /** A producer outside the service. */
  readonly arrivals?: ArrivalsDesign | undefined;
}

/** A store outside the deployment, known by its latencies. */
export interface StoreDesign {
  readonly name: string;
  readonly kind: "sql" | "blob" | "table";
  readonly read: LawSpec;
  readonly write: LawSpec;
}

/** Who sends requests to one endpoint of one slot. */
export interface ClientDesign {
  readonly name: string;
  readonly slot: "production" | "staging";
  readonly role: string;
  /** Name of the role's endpoint. */
  readonly endpoint: string;
  /** Of requests, or of sessions when `session` is present. Absent for closed users. */
  readonly arrivals?: ArrivalsDesign | undefined;
  /** Closed users, each sending its next request a think time after the last answer; 0 for open arrivals. */
  readonly users: number;
  readonly session?: { /** Mean number of requests, geometric. */ readonly requests: number; readonly think: LawSpec } | undefined;
  /** Think time of closed users. */
  readonly think?: LawSpec | undefined;
  readonly timeout: Micros;
  /** How many different addresses the users have: what source-ip distribution sees. */
  readonly addresses: number;
}

/** When requests, sessions or messages arrive. */
export type ArrivalsDesign =
  | { readonly kind: "renewal"; readonly interarrival: LawSpec }
  /** Poisson with a rate that is constant on each piece (arrivals per microsecond), repeated after the last when `period` is given. */
  | {
      readonly kind: "piecewise";
      readonly starts: readonly Micros[];
      readonly rates: readonly number[];
      readonly period?: Micros | undefined;
    }
  /** Two-state Markov-modulated Poisson process. */
  | { readonly kind: "bursts"; readonly rates: readonly [number, number]; readonly sojourns: readonly [LawSpec, LawSpec] }
  /** So many arrivals in each interval, at independent uniform instants inside it. */
  | { readonly kind: "counts"; readonly counts: readonly number[]; readonly every: Micros; readonly offset: number }
  | { readonly kind: "instants"; readonly at: readonly Micros[]; readonly demands?: readonly Micros[] | undefined };

/** What a fault or operation aims at; resolved when it strikes. */
export type SelectorDesign =
  | { readonly select: "instance"; readonly role: string; readonly index: number; readonly slot: "production" | "staging" }
  | { readonly select: "host"; readonly id: number }
  | { readonly select: "hostOf"; readonly role: string; readonly index: number; readonly slot: "production" | "staging" }
  | { readonly select: "faultDomain"; readonly id: number }
  | { readonly select: "faultDomainOf"; readonly role: string; readonly index: number; readonly slot: "production" | "staging" }
  | { readonly select: "random"; readonly among: "host" | "faultDomain" | "instance"; readonly role?: string | undefined }
  | { readonly select: "each"; readonly among: "host" | "faultDomain" | "instance"; readonly role?: string | undefined };

/** What fails, where, and when. */
export interface FaultDesign {
  /** The `kind` of a fault in the registry. */
  readonly kind: string;
  readonly target: SelectorDesign;
  /** At an instant ... */
  readonly at?: Micros | undefined;
  /** ... or drawn, again and again, from a law. Exactly one of the two is present. */
  readonly every?: LawSpec | undefined;
  /** Until it is repaired by itself or by people; absent: only the platform's healing ends it. */
  readonly repairAfter?: LawSpec | undefined;
  /** Of host-failure. */
  readonly class?: "hardware" | "reboot" | undefined;
}

/** What somebody asks for at an instant. */
export type OperationDesign =
  | {
      readonly kind: "deploy";
      readonly at: Micros;
      readonly slot: "production" | "staging";
      readonly version: string;
      readonly roles: readonly RoleDesign[];
    }
  | { readonly kind: "delete"; readonly at: Micros; readonly slot: "production" | "staging" }
  | {
      readonly kind: "scale";
      readonly at: Micros;
      readonly role: string;
      readonly slot: "production" | "staging";
      readonly instances: number;
    }
  | {
      readonly kind: "upgrade";
      readonly at: Micros;
      readonly slot: "production" | "staging";
      readonly version: string;
      /** All roles of the service after the upgrade. */
      readonly roles: readonly RoleDesign[];
      /** Which of them are restarted on the new version; all when empty. */
      readonly only: readonly string[];
    }
  | { readonly kind: "swap"; readonly at: Micros }
  | { readonly kind: "reboot"; readonly at: Micros; readonly target: SelectorDesign }
  | { readonly kind: "reimage"; readonly at: Micros; readonly target: SelectorDesign };

/** What is measured, and how finely. */
export interface MeasureDesign {
  /** Request measures are over arrivals in [from, to), time measures over [from, to) by the clock. */
  readonly from: Micros;
  readonly to: Micros;
  /** Length of the windows of the series. */
  readonly window: Micros;
  /** Ready instances a role needs for the service to count as up. */
  readonly ready: number;
  /** `availability.latency` counts successes within this. */
  readonly latencyThreshold: Micros;
  /** The k of `availability.atLeast`; 0 means not asked. */
  readonly atLeast: number;
}
