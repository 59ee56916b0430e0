import type { Scenario } from "../../src/scenario/schema/scenario.ts";

/** What differs from one queueing case to the next. */
export interface Station {
  readonly name: string;
  readonly arrivals: string;
  /** Law of the work of one request. */
  readonly service: string;
  readonly concurrency: number;
  readonly queueLimit?: number;
  readonly horizon: string;
  /** Long against the time in which the queue forgets that it started empty. */
  readonly warmUp: string;
  readonly more?: Partial<Scenario>;
}

/** One instance behind a balancer without a probe, clients who never give up: a textbook queue told as a scenario. */
export function station({ name, arrivals, service, concurrency, queueLimit, horizon, warmUp, more }: Station): Scenario {
  return {
    name,
    preset: "ideal",
    horizon,
    service: { roles: { server: { kind: "web", instances: 1, concurrency, service, queueLimit: queueLimit ?? "unlimited" } } },
    balancer: { probe: "none" },
    clients: { users: { endpoint: "server", arrivals, timeout: "never" } },
    measure: { warmUp, window: horizon },
    ...more,
  };
}

/** What differs from one availability case to the next. */
export interface Plant {
  readonly name: string;
  readonly faultDomains: number;
  readonly hostsPerFaultDomain: number;
  readonly faults: NonNullable<Scenario["faults"]>;
  /** The k of `availability.atLeast`. */
  readonly atLeast: number;
  readonly horizon: string;
  readonly repairCrews?: number;
}

/** One instance on every host, nothing to serve: what matters is how many of them are up. */
export function plant({ name, faultDomains, hostsPerFaultDomain, faults, atLeast, horizon, repairCrews }: Plant): Scenario {
  return {
    name,
    preset: "ideal",
    horizon,
    datacenter: { faultDomains, hostsPerFaultDomain, host: { cores: 1 }, repairCrews: repairCrews ?? "unlimited" },
    service: { roles: { app: { kind: "worker", instances: faultDomains * hostsPerFaultDomain } } },
    faults,
    measure: { atLeast, window: horizon },
  };
}
