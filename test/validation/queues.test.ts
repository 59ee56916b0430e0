import { describe, expect, it } from "vitest";
import { station } from "./cases.ts";
import { expectExact, missing, replicate } from "./replications.ts";

describe("a queue with exponential times (M/M/1)", () => {
  // the time in the system is exponential with mean 1 / (4 - 2) s, so its quantile at p is -ln(1 - p) / 2 s
  it("has the exact mean wait, mean latency and quantiles of latency", () => {
    const scenario = station({
      name: "m-m-1",
      arrivals: "poisson(2/s)",
      service: "exponential(250ms)",
      concurrency: 1,
      horizon: "34000s",
      warmUp: "100s",
    });
    const { estimates } = replicate(scenario, { seed: 1, runs: 60 }, ({ latencyMs, waitingMs }) => ({
      latency: latencyMs.mean,
      wait: waitingMs.mean,
      p50: latencyMs.p50,
      p95: latencyMs.p95,
      p99: latencyMs.p99,
    }));
    expectExact(estimates, { latency: 500, wait: 250, p50: 346.57359028, p95: 1497.86613678, p99: 2302.58509299 });
  });
});

describe("two slots and one place to wait (M/M/2/3)", () => {
  // birth and death: p_n in proportion to 1, 3/4, (3/4)^2/2, (3/4)^3/4; whoever meets three is refused
  it("turns away the exact share of requests, all as queue-full, and serves the rest in the exact time", () => {
    const scenario = station({
      name: "m-m-2-3",
      arrivals: "poisson(3/s)",
      service: "exponential(250ms)",
      concurrency: 2,
      queueLimit: 1,
      horizon: "20000s",
      warmUp: "20s",
    });
    const { estimates, summary } = replicate(scenario, { seed: 1, runs: 60 }, ({ availability, latencyMs, byRole }) => ({
      loss: missing(availability.request),
      latency: latencyMs.mean,
      utilization: byRole[0].utilization,
    }));
    expectExact(estimates, { loss: 0.0493601462523, latency: 267.307692308, utilization: 0.356489945155 });
    expect(summary.requests.failedByCause).toEqual({ "queue-full": summary.requests.failed });
  });
});

describe("a queue whose server is frozen now and then", () => {
  // Avi-Itzhak and Naor (1963): frozen at 0.05/s while it is up, busy or idle, for 2 s on average, work goes on where it was; L = 47/33
  it("is up for the exact share of time and serves in the exact mean time", () => {
    const scenario = station({
      name: "m-m-1-with-pauses",
      arrivals: "poisson(0.5/s)",
      service: "exponential(1s)",
      concurrency: 1,
      horizon: "45000s",
      warmUp: "500s",
      more: { faults: [{ every: "exponential(20s)", kind: "pause", instance: "each(server)", repairAfter: "exponential(2s)" }] },
    });
    const { estimates, summary } = replicate(scenario, { seed: 1, runs: 60 }, ({ availability, latencyMs }) => ({
      up: availability.time,
      latency: latencyMs.mean,
    }));
    expectExact(estimates, { up: 10 / 11, latency: 94_000 / 33 });
    expect(summary.requests.failed).toBe(0);
  });
});
