import { describe, it } from "vitest";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { expectExact, missing, replicate } from "./replications.ts";

const seed = 2;

describe.concurrent("a request that needs three stores", () => {
  // each store alternates between exponential times: 190 and 10 s, 240 and 10 s, 490 and 10 s; they are out independently of each other
  const store = (every: string) => ({
    kind: "sql" as const,
    read: "0s",
    outages: { every: `exponential(${every})`, last: "exponential(10s)" },
  });
  const scenario: Scenario = {
    name: "three-stores",
    preset: "ideal",
    horizon: "200000s",
    service: {
      roles: {
        web: {
          kind: "web",
          instances: 1,
          concurrency: 1,
          handler: ["a", "b", "c"].map((name) => ({ store: name, operation: "read" as const })),
        },
      },
    },
    balancer: { probe: "none" },
    stores: { a: store("190s"), b: store("240s"), c: store("490s") },
    clients: { users: { endpoint: "web", arrivals: "poisson(0.1/s)", timeout: "never" } },
    measure: { warmUp: "1000s", window: "200000s" },
  };
  it("succeeds with the product of their availabilities", async () => {
    const { estimates } = await replicate(scenario, { seed, runs: 60 }, ({ availability, stores }) => ({
      lost: missing(availability.request),
      a: missing(stores[0]?.availability ?? null),
      c: missing(stores[2]?.availability ?? null),
    }));
    expectExact(estimates, { lost: 1 - 0.95 * 0.96 * 0.98, a: 0.05, c: 0.02 }, 0.03);
  });
});

describe.concurrent("a Service Bus queue whose handler fails every other time", () => {
  // dead-lettered after three deliveries: one in eight, whatever the load; 20 messages a second, none under way at the end but the last
  it("dead-letters the exact share of messages, and finishes the rest", async () => {
    const scenario: Scenario = {
      name: "dead-letters",
      preset: "ideal",
      horizon: "1000s",
      service: { roles: { work: { kind: "worker", instances: 1, concurrency: 4, queue: "jobs", service: "exponential(50ms)" } } },
      queues: { jobs: { kind: "service-bus", maxDeliveryCount: 3, arrivals: "constant(20/s)" } },
      faults: [{ at: "0s", kind: "app-errors", instance: "work/0", share: "50%" }] as never,
      measure: { window: "1000s" },
    };
    const { estimates } = await replicate(scenario, { seed, runs: 60 }, ({ queues }) => ({
      deadLettered: queues[0]?.deadLettered ?? null,
      completed: queues[0]?.completed ?? null,
    }));
    const messages = 60 * 20_000;
    expectExact(estimates, { deadLettered: messages / 8, completed: (messages * 7) / 8 }, 0.01);
  });
});
