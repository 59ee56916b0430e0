import type { Micros } from "../../kernel/time.ts";

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
  /** Successes in a row that readmit; and that readmit an instance evicted less than `flapWithin` after it was let in. */
  readonly readmitAfter: number;
  readonly readmitAfterFlap: number;
  readonly flapWithin: Micros;
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
  /** A connection without traffic for so long is dropped, and the client is told (reset) or not. */
  readonly idleTimeout: Micros;
  readonly idleReset: boolean;
  /** What becomes of established TCP flows when the last instance leaves a rotation: classic cuts them, standard leaves them alone. */
  readonly sku: "classic" | "standard";
}
