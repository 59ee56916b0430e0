import { describe, it } from "vitest";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { expectExact, missing, replicate } from "./replications.ts";

const seed = 2;

/** Role `front` computes 80 ms on one processor that all requests share, 8 a second, then calls `back`: 250 ms in one of three slots. */
function tandem(horizon: string, queueLimit: number | "unlimited"): Scenario {
  return {
    name: "tandem",
    preset: "ideal",
    horizon,
    service: {
      roles: {
        front: {
          kind: "web",
          instances: 1,
          size: "Small",
          discipline: "processor-sharing",
          concurrency: 100_000,
          handler: [{ compute: "exponential(80ms)" }, { call: "back" }],
        },
        back: { kind: "worker", instances: 1, concurrency: 3, queueLimit, service: "exponential(250ms)", internalEndpoints: ["api"] },
      },
    },
    balancer: { probe: "none" },
    clients: { users: { endpoint: "front", arrivals: "poisson(8/s)", timeout: "never" } },
    measure: { warmUp: "100s", window: horizon },
  };
}

describe.concurrent("a role that calls another one", () => {
  // Jackson: handlers leave the shared processor as a Poisson stream, so that the stations are M/M/1 with processor sharing, 1 / (12.5 - 8) s,
  // and M/M/3 by Erlang C: 4 in 9 wait 1 / (12 - 8) s, and 1/4 s of work
  it("takes the time of both stations, each as if it were alone", async () => {
    const { estimates } = await replicate(tandem("8100s", "unlimited"), { seed, runs: 60 }, ({ byRole, latencyMs }) => ({
      latency: latencyMs.mean,
      busyBack: byRole[0].utilization,
    }));
    expectExact(estimates, { latency: 1000 * (1 / 4.5 + 1 / 9 + 1 / 4), busyBack: 2 / 3 });
  });

  // Erlang B for three slots offered 2: 4 in 19 find all of them busy
  it("fails by a callee without a queue as often as its slots are all busy", async () => {
    const { estimates } = await replicate(tandem("6100s", 0), { seed, runs: 60 }, ({ availability }) => ({
      lost: missing(availability.request),
    }));
    expectExact(estimates, { lost: 4 / 19 });
  });
});
