import { describe, expect, it } from "vitest";
import { station } from "./cases.ts";
import { expectExact, missing, replicate } from "./replications.ts";

const seed = 2;

describe.concurrent("eight slots behind one queue (M/M/8)", () => {
  // Erlang C at 100/s and 15/s a slot: 53.2686577252 % wait, and those who do wait an exponential time with mean 1 / (8 * 15 - 100) s.
  // More than 250 ms in all: 0.53269 (4 e^-3.75 - 3 e^-5) + 0.46731 e^-3.75, the wait and the service being independent.
  it("has the exact waits, latencies and tails", async () => {
    const scenario = station({
      name: "m-m-8",
      arrivals: "poisson(100/s)",
      service: "exponential(66.666667ms)",
      concurrency: 8,
      horizon: "8600s",
      warmUp: "20s",
      more: { measure: { warmUp: "20s", window: "8600s", latencyThreshold: "250ms" } },
    });
    const { estimates } = await replicate(scenario, { seed, runs: 60 }, ({ availability, byRole, latencyMs, waitingMs }) => ({
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

describe.concurrent("the wait before one slot (M/G/1)", () => {
  // Pollaczek and Khinchine: with 0.7/s and 1 s of work, 0.7 (1 + cv^2) / (2 * 0.3) s; the more variable the work, the longer the run
  it.each([
    ["constant(1s)", 3500 / 3, "80000s"],
    ["erlang(1s, 4)", 4375 / 3, "110000s"],
    ["exponential(1s)", 7000 / 3, "150000s"],
    ["hyperexponential(1s, 2)", 17_500 / 3, "430000s"],
  ])("is exact for %s: %d ms", async (service, wait, horizon) => {
    const scenario = station({ name: "m-g-1", arrivals: "poisson(0.7/s)", service, concurrency: 1, horizon, warmUp: "1000s" });
    const { estimates } = await replicate(scenario, { seed, runs: 60 }, ({ waitingMs }) => ({ wait: waitingMs.mean }));
    expectExact(estimates, { wait });
  });
});

describe.concurrent("a loss system of 25 slots offered 20 (M/G/25/25)", () => {
  // Erlang B: the share lost depends on the law of the work through its mean alone
  it.each([
    ["constant(1s)", "5700s"],
    ["exponential(1s)", "9200s"],
  ])("loses the exact share whatever the law: %s", async (service, horizon) => {
    const scenario = station({
      name: "m-g-25-25",
      arrivals: "poisson(20/s)",
      service,
      concurrency: 25,
      queueLimit: 0,
      horizon,
      warmUp: "20s",
    });
    const { estimates, summary } = await replicate(scenario, { seed, runs: 60 }, ({ availability, byRole }) => ({
      loss: missing(availability.request),
      utilization: byRole[0].utilization,
    }));
    expectExact(estimates, { loss: 0.0502217778908, utilization: 18.9955644422 / 25 });
    expect(summary.requests.failedByCause).toEqual({ "queue-full": summary.requests.failed });
  });
});

describe.concurrent("a queue with exponential times (M/M/1)", () => {
  // the time in the system is exponential with mean 1 / (4 - 2) s, so its quantile at p is -ln(1 - p) / 2 s
  it("has the exact mean wait, mean latency and quantiles of latency", async () => {
    const scenario = station({
      name: "m-m-1",
      arrivals: "poisson(2/s)",
      service: "exponential(250ms)",
      concurrency: 1,
      horizon: "34000s",
      warmUp: "100s",
    });
    const { estimates } = await replicate(scenario, { seed, runs: 60 }, ({ latencyMs, waitingMs }) => ({
      latency: latencyMs.mean,
      wait: waitingMs.mean,
      p50: latencyMs.p50,
      p95: latencyMs.p95,
      p99: latencyMs.p99,
    }));
    expectExact(estimates, { latency: 500, wait: 250, p50: 346.57359028, p95: 1497.86613678, p99: 2302.58509299 });
  });
});

describe.concurrent("two slots and one place to wait (M/M/2/3)", () => {
  // birth and death: p_n in proportion to 1, 3/4, (3/4)^2/2, (3/4)^3/4; whoever meets three is refused
  it("turns away the exact share of requests, all as queue-full, and serves the rest in the exact time", async () => {
    const scenario = station({
      name: "m-m-2-3",
      arrivals: "poisson(3/s)",
      service: "exponential(250ms)",
      concurrency: 2,
      queueLimit: 1,
      horizon: "20000s",
      warmUp: "20s",
    });
    const { estimates, summary } = await replicate(scenario, { seed, runs: 60 }, ({ availability, latencyMs, byRole }) => ({
      loss: missing(availability.request),
      latency: latencyMs.mean,
      utilization: byRole[0].utilization,
    }));
    expectExact(estimates, { loss: 0.0493601462523, latency: 267.307692308, utilization: 0.356489945155 });
    expect(summary.requests.failedByCause).toEqual({ "queue-full": summary.requests.failed });
  });
});

describe.concurrent("a queue whose server is frozen now and then", () => {
  // Avi-Itzhak and Naor (1963): frozen at 0.05/s while it is up, busy or idle, for 2 s on average, work goes on where it was; L = 47/33
  it("is up for the exact share of time and serves in the exact mean time", async () => {
    const scenario = station({
      name: "m-m-1-with-pauses",
      arrivals: "poisson(0.5/s)",
      service: "exponential(1s)",
      concurrency: 1,
      horizon: "58000s",
      warmUp: "500s",
      more: { faults: [{ every: "exponential(20s)", kind: "pause", instance: "each(server)", repairAfter: "exponential(2s)" }] },
    });
    const { estimates, summary } = await replicate(scenario, { seed, runs: 60 }, ({ availability, latencyMs }) => ({
      up: availability.time,
      latency: latencyMs.mean,
    }));
    expectExact(estimates, { up: 10 / 11, latency: 94_000 / 33 });
    expect(summary.requests.failed).toBe(0);
  });
});

describe.concurrent("two cores shared by requests whose clients give up soon", () => {
  // nothing is ever taken out of service, so cores are busy for the offered load, 1.2/s of 1 s on 2 cores, whoever still waits
  it("is as busy as the load that is offered, although most requests fail", async () => {
    const scenario = station({
      name: "processor-sharing-with-zombies",
      arrivals: "poisson(1.2/s)",
      service: "exponential(1s)",
      concurrency: 100_000,
      horizon: "6000s",
      warmUp: "100s",
      more: {
        service: {
          roles: {
            server: {
              kind: "web",
              instances: 1,
              size: "Medium",
              scaleBySize: false,
              concurrency: 100_000,
              discipline: "processor-sharing",
              service: "exponential(1s)",
            },
          },
        },
        clients: { users: { endpoint: "server", arrivals: "poisson(1.2/s)", timeout: "500ms" } },
      },
    });
    const { estimates, summary } = await replicate(scenario, { seed, runs: 60 }, ({ byRole }) => ({ utilization: byRole[0].utilization }));
    expectExact(estimates, { utilization: 0.6 });
    expect(summary.requests.failed).toBeGreaterThan(summary.requests.offered / 2);
  });
});
