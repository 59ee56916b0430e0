import { describe, it } from "vitest";
import { station } from "./cases.ts";
import { expectExact, missing, replicate } from "./replications.ts";

describe("eight slots behind one queue (M/M/8)", () => {
  // Erlang C at 100/s and 15/s a slot: 53.2686577252 % wait, and those who do wait an exponential time with mean 1 / (8 * 15 - 100) s.
  // More than 250 ms in all: 0.53269 (4 e^-3.75 - 3 e^-5) + 0.46731 e^-3.75, the wait and the service being independent.
  it("has the exact waits, latencies and tails", () => {
    const scenario = station({
      name: "m-m-8",
      arrivals: "poisson(100/s)",
      service: "exponential(66.666667ms)",
      concurrency: 8,
      horizon: "9600s",
      warmUp: "20s",
      more: { measure: { warmUp: "20s", window: "9600s", latencyThreshold: "250ms" } },
    });
    const { estimates } = replicate(scenario, { seed: 1, runs: 60 }, ({ availability, byRole, latencyMs, waitingMs }) => ({
      latency: latencyMs.mean,
      wait: waitingMs.mean,
      waitP95: waitingMs.p95,
      waitP99: waitingMs.p99,
      over250ms: missing(availability.latency),
      utilization: byRole[0].utilization,
    }));
    expectExact(estimates, {
      latency: 93.3009955293,
      wait: 26.6343288626,
      waitP95: 118.29551053,
      waitP99: 198.767406152,
      over250ms: 0.0503329,
      utilization: 5 / 6,
    });
  });
});
