import type { Streams } from "../../../random/streams.ts";

/** The number of UDP among transport protocols. */
export const udp = 17;

/** What a balancer knows when it sends a new flow: reused between calls, read-only for policies. */
export interface BalancingView {
  /** Instances in rotation, ascending ids; only the first `count` are valid. */
  candidates: Int32Array;
  count: number;
  /** Requests in progress, by instance id, as seen by the balancer (sent and not answered). */
  outstanding: Int32Array;
  /** The index of each instance in its role, by instance id, and weights by that index; 1 where there is none. */
  index: Int32Array;
  weights: readonly number[];
  /** A number of 32 bits that stands for the flow's 5-tuple. */
  flow: number;
  /** A number of 32 bits that stands for the client's address alone. */
  address: number;
  /** The number of the flow's transport protocol. */
  transport: number;
  /** The policy's own memory for this endpoint: one number, kept in the world. */
  memory: number;
  streams: Streams;
  stream: number;
}

/** A replaceable decision: which instance gets a new flow. A function of the view that may write `view.memory` and nothing else. */
export interface BalancingPolicy {
  /** The name used in scenario files. */
  readonly kind: string;
  readonly summary: string;
  /** Whether it reads `flow` and `address`; otherwise they are not drawn. */
  readonly usesFlow: boolean;
  /** The index into `candidates` of the instance chosen; `count` is at least 1. */
  choose(view: BalancingView): number;
}
