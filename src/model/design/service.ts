import type { Micros } from "../../kernel/time.ts";
import type { LawSpec } from "../../random/laws.ts";
import type { ProbeDesign } from "./balancer.ts";
import type { VmSize } from "./hardware.ts";

/** The cloud service as it is deployed at the start. */
export interface ServiceDesign {
  readonly upgradeDomains: number;
  /** False: there is no production deployment until an operation makes one. */
  readonly deployedAtStart: boolean;
  readonly version: string;
  /** In which order the instances hear of a change of the topology. */
  readonly topologyChangeDiscovery: "blast" | "upgrade-domain-walk";
  /** Who may reach an internal endpoint that a rule names; those that none names are open to every role. */
  readonly trafficRules: readonly TrafficRuleDesign[];
  /** Sorted by name. */
  readonly roles: readonly RoleDesign[];
  /** The core quota of the subscription; 0 means none. */
  readonly coreQuota: number;
  /** The production VIP is a reserved address. */
  readonly reservedIp: boolean;
}

/** A rule of the network between roles. */
export interface TrafficRuleDesign {
  readonly to: { readonly role: string; readonly endpoint: string };
  readonly from: readonly string[] | "all";
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
  /** Admission control of one instance: how many it holds when a request of each priority is still let in; the last holds for those beyond. */
  readonly admission?: readonly number[] | undefined;
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
  /** How many messages an idle worker takes at once; those beyond its threads wait in its hands. */
  readonly batch: number;
  /** How often a worker renews its hold on the messages it has; 0 never, -1 twice in each visibility time-out. */
  readonly renewLease: Micros;
  readonly endpoints: readonly EndpointDesign[];
  /** Names of endpoints that only other roles reach: with one, the service hears how many instances the role has. */
  readonly internalEndpoints: readonly string[];
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
  /** Share of starts at which OnStart returns false or throws: the process is killed without OnStop and started again. */
  readonly onStartFails: number;
  /** After so long in ready, Run returns: the role recycles in good order; absent: never. */
  readonly runReturns?: LawSpec | undefined;
  /** After so long in ready, the process ends with an unhandled exception; absent: never. */
  readonly crashAfter?: LawSpec | undefined;
  /** Whether the application goes on serving while OnStop runs, and says so to a probe that asks it. */
  readonly answersWhileStopping: boolean;
  /** Cut at five minutes by the model. */
  readonly onStop: LawSpec;
  readonly localStorage: readonly { readonly name: string; readonly sizeMiB: number; readonly cleanOnRoleRecycle: boolean }[];
}

/** One step of a handler. */
export type StepDesign =
  | { readonly step: "compute"; readonly demand: LawSpec }
  | { readonly step: "store"; readonly store: string; readonly operation: "read" | "write"; readonly retry: CallRetryDesign }
  | { readonly step: "enqueue"; readonly queue: string; readonly retry: CallRetryDesign }
  | {
      readonly step: "call";
      readonly role: string;
      readonly endpoint: string;
      /** How the caller picks one of the instances it knows of: nobody balances internal endpoints. */
      readonly policy: "random" | "round-robin" | "first";
      readonly timeout: Micros;
      readonly retry: CallRetryDesign;
    }
  /** One item into a folder of local storage: at the end of the request, without taking time. */
  | { readonly step: "write"; readonly folder: string; readonly sizeKiB: number };

/** What a handler does when a store, a queue or an instance of another role turns its call down. */
export interface CallRetryDesign {
  /** Calls in all; 0 means until one succeeds. */
  readonly attempts: number;
  /** Wait before the second call; it doubles from there, up to `max`. */
  readonly backoff: Micros;
  readonly max: Micros;
}

/** A startup task, run at every start of the role, not only at boot. */
export interface StartupTaskDesign {
  readonly name: string;
  readonly type: "simple" | "foreground" | "background";
  /** Only simple tasks block the start of the role; foreground tasks block its stop. */
  readonly duration: LawSpec;
  /** Share of its runs that end with an exit code other than 0. */
  readonly fails: number;
  /** From which run on the same disk it always fails; 0: from none. */
  readonly failsFrom: number;
}

/** An input endpoint of a role, with a rotation of its own. */
export interface EndpointDesign {
  /** Unique in the role; the role's only endpoint may carry the role's name. */
  readonly name: string;
  /** The endpoint's own probe, or the balancer's. */
  readonly probe?: ProbeDesign | undefined;
  /** Its own idle time-out, or the balancer's. */
  readonly idleTimeout?: Micros | undefined;
  /** Instances are never removed from its rotation, whatever their status. */
  readonly ignoreRoleInstanceStatus?: boolean | undefined;
  /** A port of its own for each instance, that nothing balances. */
  readonly instanceInput?: boolean | undefined;
}
