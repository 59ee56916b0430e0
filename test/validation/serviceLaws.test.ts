import { describe, expect, it } from "vitest";
import { station } from "./cases.ts";
import { expectExact, missing, replicate } from "./replications.ts";

describe("the wait before one slot (M/G/1)", () => {
  // Pollaczek and Khinchine: with 0.7/s and 1 s of work, 0.7 (1 + cv^2) / (2 * 0.3) s; the more variable the work, the longer the run
  it.each([
    ["constant(1s)", 3500 / 3, "80000s"],
    ["erlang(1s, 4)", 4375 / 3, "110000s"],
    ["exponential(1s)", 7000 / 3, "150000s"],
    ["hyperexponential(1s, 2)", 17_500 / 3, "430000s"],
  ])("is exact for %s: %d ms", (service, wait, horizon) => {
    const scenario = station({ name: "m-g-1", arrivals: "poisson(0.7/s)", service, concurrency: 1, horizon, warmUp: "1000s" });
    const { estimates } = replicate(scenario, { seed: 1, runs: 60 }, ({ waitingMs }) => ({ wait: waitingMs.mean }));
    expectExact(estimates, { wait });
  });
});

describe("a loss system of 25 slots offered 20 (M/G/25/25)", () => {
  // Erlang B: the share lost depends on the law of the work through its mean alone
  it.each([
    ["constant(1s)", "5700s"],
    ["exponential(1s)", "9200s"],
  ])("loses the exact share whatever the law: %s", (service, horizon) => {
    const scenario = station({
      name: "m-g-25-25",
      arrivals: "poisson(20/s)",
      service,
      concurrency: 25,
      queueLimit: 0,
      horizon,
      warmUp: "20s",
    });
    const { estimates, summary } = replicate(scenario, { seed: 1, runs: 60 }, ({ availability, byRole }) => ({
      loss: missing(availability.request),
      utilization: byRole[0].utilization,
    }));
    expectExact(estimates, { loss: 0.0502217778908, utilization: 18.9955644422 / 25 });
    expect(summary.requests.failedByCause).toEqual({ "queue-full": summary.requests.failed });
  });
});
