import type { Micros } from "../../kernel/time.ts";
import type { LawSpec } from "../../random/laws.ts";

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
