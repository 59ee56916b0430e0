import type { Micros } from "../../kernel/time.ts";
import type { LawSpec } from "../../random/laws.ts";
import type { FailureCauseName } from "../status.ts";

/** Who sends requests to one endpoint of one slot. */
export interface ClientDesign {
  readonly name: string;
  readonly slot: "production" | "staging";
  readonly role: string;
  /** Name of the role's endpoint. */
  readonly endpoint: string;
  /** Of an instance-input endpoint: the index of the instance it addresses. */
  readonly instance?: number | undefined;
  readonly protocol: "tcp" | "udp" | "http" | "https";
  /** Of requests, or of sessions when `session` is present. Absent for closed users. */
  readonly arrivals?: ArrivalsDesign | undefined;
  /** Closed users, each sending its next request a think time after the last answer; 0 for open arrivals. */
  readonly users: number;
  readonly session?: { /** Mean number of requests, geometric. */ readonly requests: number; readonly think: LawSpec } | undefined;
  /** Think time of closed users. */
  readonly think?: LawSpec | undefined;
  /** Of one attempt. */
  readonly timeout: Micros;
  /** Of the request with all its attempts; `never` switches it off. */
  readonly deadline: Micros;
  readonly retry?: RetryDesign | undefined;
  readonly breaker?: BreakerDesign | undefined;
  /** A second attempt starts when the first has not been answered after so long; `never` switches that off. */
  readonly hedge: Micros;
  /** 0 is the most important. */
  readonly priority: number;
  /** How many different addresses the users have: what source-ip distribution sees. */
  readonly addresses: number;
}

/** What a client does about an attempt that failed. */
export interface RetryDesign {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** The wait before the first retry, and the longest; it doubles from one retry to the next. */
  readonly backoff: { readonly first: Micros; readonly max: Micros };
  readonly jitter: "none" | "full" | "equal" | "decorrelated";
  /** Causes of failure that are retried. */
  readonly on: readonly FailureCauseName[];
  /** Retries are paid from a bucket that requests fill with `ratio` each and time with `min` (per microsecond), up to `burst`. */
  readonly budget?: { readonly ratio: number; readonly min: number; readonly burst: number } | undefined;
}

/** When a client stops sending because what it sends fails. */
export interface BreakerDesign {
  /** So many failures in a row open it; 0: the share decides. */
  readonly failures: number;
  /** Of the attempts of a window, when there were at least `minimum`. */
  readonly share: number;
  readonly window: Micros;
  readonly minimum: number;
  readonly openFor: Micros;
  /** Attempts let through at once when that is over, and successes that close it. */
  readonly probes: number;
}

/** When requests, sessions or messages arrive. */
export type ArrivalsDesign =
  | { readonly kind: "renewal"; readonly interarrival: LawSpec }
  /** Poisson with a rate that is constant on each piece (arrivals per microsecond): the first from 0 on, and again after each `period` when one is given. */
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
