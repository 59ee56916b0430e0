import type { FailureCauseName } from "../model/status.ts";
import type { DowntimeSummary } from "./downtime.ts";
import type { InstanceSummary, LocalWritesSummary } from "./lifeSummary.ts";
import type { RoleCallSummary } from "./roleCalls.ts";
import type { AutoscaleSummary, CostSummary } from "./scalingSummary.ts";
import type { SlaSummary } from "./sla/figures.ts";
import type { QueueSummary, StoreSummary } from "./storageSummary.ts";

export type * from "./lifeSummary.ts";
export type * from "./scalingSummary.ts";

/** Latencies in milliseconds; null when there was nothing to measure. Quantiles are within 0.8 % of the exact ones. */
export interface LatencySummary {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
}

/** Ratios 0..1; null where the design gives the figure no meaning (nothing was asked, or only single-instance roles for `sla`). */
export interface AvailabilitySummary {
  /** Succeeded / offered, of requests that arrived in the measured window. */
  readonly request: number | null;
  /**
   * Share of time in which every role with clients (every role when there are none) had `measure.ready` ready instances. Of clients that address one
   * instance past the balancer, that one counts.
   */
  readonly time: number | null;
  /** Share of time in which the rotation of every endpoint with clients was not empty, and instances that clients address accepted connections. */
  readonly reachable: number | null;
  /** Ready instance-time over asked instance-time. */
  readonly capacity: number | null;
  /** Monthly uptime by clock minutes, of roles with at least two instances. */
  readonly sla: number | null;
  /** Succeeded within `measure.latencyThreshold` / offered. */
  readonly latency: number | null;
  /** Share of time in which every role had at least `measure.atLeast` ready instances. */
  readonly atLeast: number | null;
}

/** Failures with one cause, and what they are put down to. */
export interface AttributionSummary {
  /** The fault or operation in words ("host-failure of host 0"), or "load". */
  readonly source: string;
  /** Its kind ("host-failure", "upgrade"), so that those of different runs can be put together; "load", "start" or "end" for neither. */
  readonly kind: string;
  /**
   * Which fault of the design did it, or contributed to load, the first one of its line of the scenario: so that a line with many targets can be
   * told as one. Null for what no fault did.
   */
  readonly fault: number | null;
  /** When it last struck, in seconds; null for load. */
  readonly atSeconds: number | null;
  readonly occurrences: number;
  readonly cause: FailureCauseName;
  readonly failed: number;
  /** Of those, requests that had arrived before the fault struck: held when it did. */
  readonly held: number;
}

/** Requests of one client, or of the clients of one role in production. */
export interface GroupSummary {
  readonly name: string;
  readonly offered: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly availability: number | null;
  readonly latencyMs: LatencySummary;
}

/** Requests of one client, and the attempts it made of them. */
export interface ClientSummary extends GroupSummary {
  readonly attempts: number;
  /** Tries after the first, and second attempts beside a slow one. */
  readonly retries: number;
  readonly hedges: number;
  /** Attempts / offered. */
  readonly amplification: number | null;
}

/**
 * One role in production: the requests it was sent there, and its instances over the measured time. What its instances did and cost is told of both
 * slots, as their docs say; requests of clients of the staging slot stand apart.
 */
export interface RoleSummary extends GroupSummary {
  /** What clients of the staging slot asked of it; null when it has none there. With `offered` it adds up to the requests of all roles. */
  readonly staging: Pick<GroupSummary, "offered" | "succeeded" | "failed" | "availability"> | null;
  readonly kind: "web" | "worker";
  /** At the end, on average over the runs. */
  readonly asked: number;
  /** Time averages over the measured window, and the fewest at any time. */
  readonly readyMean: number | null;
  readonly readyMin: number;
  readonly inRotationMin: number | null;
  /**
   * Busy slots over all slots of its ready instances, over time; under processor sharing, cores that compute over all cores. What keeps a slot
   * busy counts, whatever becomes of it: requests that fail, work that nobody waits for any more.
   */
  readonly utilization: number | null;
  /** Time with fewer ready than asked. */
  readonly degradedSeconds: number;
  /** Starts after the first of all its instances in both slots: of the process, the guest or on another host. */
  readonly restarts: number;
  /** Calls of other roles to it, and those of them that failed. */
  readonly calls: number;
  readonly callsFailed: number;
  /** How often OnStop ran, in both slots, from the start to the horizon, and how often it was cut at its limit. A crash runs none. */
  readonly onStops: number;
  readonly onStopCuts: number;
  /** Changing events that its instances were sent: a setting or the topology was about to change. */
  readonly changes: number;
  /** Charged for its instances in both slots, in one run. */
  readonly instanceHours: number;
  /** In the currency of `cost`; null when a size in use has no price. */
  readonly cost: number | null;
}

/** One window of the series, by arrival of the requests. */
export interface WindowSummary {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly requests: number;
  /** Attempts that started in the window, also for requests of earlier ones. */
  readonly attempts: number;
  readonly failed: number;
  readonly availability: number | null;
  readonly latencyMs: LatencySummary;
  /** Deepest and shallowest of each queue in the window, in the order of `queues`. */
  readonly queueDepth: readonly { readonly min: number; readonly max: number }[];
}

/** How many operations had which end, over all runs. */
export interface OperationOutcomes {
  readonly succeeded: number;
  readonly refused: number;
  /** Still going on at the end. */
  readonly running: number;
  /** An upgrade that cannot go on: what it started crashes again and again. */
  readonly stuck: number;
  /** Ended by a rollback or a newer upgrade. */
  readonly replaced: number;
}

/** What became of one operation of the first run. */
export interface OperationSummary {
  /** Its place among the operations of the scenario, from 0. */
  readonly id: number;
  readonly kind: string;
  /** What it does, in words: "upgrade production to v2". */
  readonly title: string;
  /** How often: 1, but for the patch calendar, whose passes of one kind are told together, from the first to the last. */
  readonly passes: number;
  readonly startedAtSeconds: number;
  readonly finishedAtSeconds: number | null;
  /** Stuck is an update that waits for instances that crash again and again; replaced one that a rollback or newer update has ended. */
  readonly outcome: "succeeded" | "refused" | "running" | "stuck" | "replaced";
  /** Of a refusal, in the platform's words; of what is stuck or replaced, where or by what. */
  readonly reason: string | null;
  /** Requests that failed and are attributed to it, over all runs. */
  readonly failedRequests: number;
  /** At its start (of a swap: at the switch). */
  readonly requestsInFlight: number;
  readonly sessionsInFlight: number;
}

/** What was expected of one figure, and what came of it. */
export interface ExpectationSummary {
  /** As written: "availability.request >= 99%". */
  readonly text: string;
  readonly metric: string;
  readonly operator: ">=" | "<=" | ">" | "<";
  /** In the unit of the metric: ratio, ms or a count. */
  readonly target: number;
  readonly actual: number | null;
  readonly met: boolean;
  /** Only of a part of the run, as its text says. */
  readonly isOfPart: boolean;
  /** How much of what the target allows was used: 0..1, more than 1 when missed; null when it cannot be told. */
  readonly allowanceUsed: number | null;
}

/** The one object that `--json` prints and `run` returns. */
export interface Summary {
  readonly scenario: string;
  readonly seed: number;
  readonly runs: number;
  /** 16 hex digits over every event of every run. */
  readonly fingerprint: string;
  readonly version: string;
  /** Summed over runs. */
  readonly simulatedSeconds: number;
  /** Run loops only. */
  readonly wallSeconds: number;
  readonly events: number;
  /** Peak resident memory of the process; null where the host does not tell. */
  readonly peakMiB: number | null;
  readonly requests: {
    readonly offered: number;
    /** Attempts that were sent for them, those that a client's own breaker held back not counted. */
    readonly attempts: number;
    readonly retries: number;
    readonly hedges: number;
    /** Attempts / offered. */
    readonly amplification: number | null;
    readonly succeeded: number;
    readonly failed: number;
    readonly failedByCause: Readonly<Partial<Record<FailureCauseName, number>>>;
    /** Of attempts, whatever became of their requests; attempts that were withdrawn have not failed. */
    readonly attemptsFailedByCause: Readonly<Partial<Record<FailureCauseName, number>>>;
    readonly failedByAttribution: readonly AttributionSummary[];
  };
  readonly availability: AvailabilitySummary;
  readonly downtime: DowntimeSummary;
  readonly sla: SlaSummary;
  /** Of instances, by whomever; summed over runs. */
  readonly restarts: number;
  readonly byRole: readonly RoleSummary[];
  readonly byClient: readonly ClientSummary[];
  /** Of successes. */
  readonly latencyMs: LatencySummary;
  /** Of successes and of requests that failed by time-out, at the time-out. */
  readonly latencyWithTimeoutsMs: LatencySummary;
  readonly waitingMs: LatencySummary;
  readonly queues: readonly QueueSummary[];
  readonly localWrites: LocalWritesSummary;
  readonly cost: CostSummary;
  /** Of the roles that have an autoscaler. */
  readonly autoscale: readonly AutoscaleSummary[];
  readonly stores: readonly StoreSummary[];
  readonly roleCalls: readonly RoleCallSummary[];
  readonly windows: readonly WindowSummary[];
  readonly operationOutcomes: OperationOutcomes;
  readonly operations: readonly OperationSummary[];
  readonly instances: readonly InstanceSummary[];
  readonly expectations: readonly ExpectationSummary[];
  /** From two runs on: 95 % intervals of every figure, in the same shape; each number is `{ low, high }` or null. */
  readonly intervals: Intervals | null;
  /** The command that repeats this. */
  readonly reproduce: string;
  /** Of the first run, where its trace was written with the summary. */
  readonly trace?: TraceSummary;
}

/** What a trace that was written holds, and what it does not. */
export interface TraceSummary {
  readonly facts: number;
  /** The oldest facts, which were kept and made room for later ones. */
  readonly dropped: number;
  /** Facts of requests and messages that were not asked for, or no more of them, and since when. */
  readonly leftOut: number;
  readonly leftOutFromSeconds: number | null;
}

/** A 95 % confidence interval, in the unit of its figure. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The parts of a summary that metrics tell: each run has them, and each number of them its interval. */
export type FigureKey =
  | "requests"
  | "availability"
  | "downtime"
  | "sla"
  | "restarts"
  | "byRole"
  | "byClient"
  | "latencyMs"
  | "latencyWithTimeoutsMs"
  | "waitingMs"
  | "queues"
  | "localWrites"
  | "cost"
  | "autoscale"
  | "operationOutcomes"
  | "stores"
  | "roleCalls"
  | "windows";

/** The figures of a summary with each number replaced by its interval; extremes have none, and no figure that some run does not have. */
export type Intervals = { readonly [K in FigureKey]: IntervalsOf<Summary[K]> };

/** A type with every number replaced by its interval. */
export type IntervalsOf<T> = T extends number
  ? Interval | null
  : T extends string | boolean
    ? T
    : T extends readonly (infer E)[]
      ? readonly IntervalsOf<E>[]
      : T extends object
        ? { readonly [K in keyof T]: IntervalsOf<T[K]> }
        : null;
