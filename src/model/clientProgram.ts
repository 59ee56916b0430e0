import { never } from "../kernel/time.ts";
import { compileLaw, type Law } from "../random/laws.ts";
import type { ArrivalsDesign, BreakerDesign, ClientDesign } from "./design.ts";
import { failureCauses } from "./status.ts";

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
