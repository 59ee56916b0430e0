import { describe, expect, test } from "vitest";
import { run } from "../../../src/experiment/library.ts";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";

/** Twenty workers of 100 ms: 200/s. Three quarters of that, and for one minute 1.2 times it. */
const plot = (service: object, client: object): Scenario => ({
  name: "pulse",
  preset: "ideal",
  horizon: "10min",
  measure: { window: "1min" },
  service: { roles: { web: { kind: "web", instances: 4, concurrency: 5, service: "exponential(100ms)", ...service } } },
  clients: {
    users: {
      endpoint: "web",
      timeout: "1s",
      arrivals: {
        rates: [
          { from: "0s", rate: "150/s" },
          { from: "5min", rate: "240/s" },
          { from: "6min", rate: "150/s" },
        ],
      },
      ...client,
    },
  },
  expect: [
    "availability.request @ 0s..5min >= 99%",
    "availability.request @ 7min..10min >= 99%",
    "requests.amplification @ 7min..10min <= 1.2",
  ],
});
const retry = { attempts: 4, backoff: { first: "100ms", max: "2s" }, jitter: "full" };
const budget = { ratio: "10%", min: "1/s", burst: 20 };
const seeds = [1, 2, 3];
const figures = (service: object, client: object) =>
  seeds.map((seed) => run(plot(service, client), { seed }).summary.expectations.map(({ actual }) => actual ?? 0));

describe("a pulse of 1.2 times the capacity, for one minute", () => {
  test("without retries the service recovers as soon as it is over", () => {
    for (const [before = 0, after = 0] of figures({}, {})) {
      expect(before).toBeGreaterThan(0.99);
      expect(after).toBeGreaterThan(0.999);
    }
  });

  test("with retries and zombie work it never does: nine of ten requests fail minutes later, under a load it carried before", () => {
    for (const [before = 0, after = 0, amplification = 0] of figures({}, { retry })) {
      expect(before).toBeGreaterThan(0.99);
      expect(after).toBeLessThan(0.2);
      expect(amplification).toBeGreaterThan(3.5);
    }
  });

  test("a retry budget and a bounded queue let it recover", () => {
    for (const [, after = 0, amplification = 2] of figures({ queueLimit: 10 }, { retry: { ...retry, budget } })) {
      expect(after).toBeGreaterThan(0.999);
      expect(amplification).toBeLessThan(1.02);
    }
  });

  test.each([
    ["the budget alone", {}, { retry: { ...retry, budget } }],
    ["the bounded queue alone", { queueLimit: 10 }, { retry }],
    ["a circuit breaker", {}, { retry, breaker: {} }],
    ["admission control", { admission: { limit: 30 } }, { retry }],
  ])("%s is enough", (_, service, client) => {
    for (const [, after = 0] of figures(service, client)) expect(after).toBeGreaterThan(0.995);
  });

  test("stopping work on requests whose client gave up is not enough, but saves half of them", () => {
    for (const [, after = 0] of figures({ cancelOnTimeout: true }, { retry })) {
      expect(after).toBeGreaterThan(0.4);
      expect(after).toBeLessThan(0.8);
    }
  });
});

test("the storm can be seen: windows carry the attempts that started in them", () => {
  const { windows, requests } = run(plot({}, { retry }), { seed: 1 }).summary;
  const before = windows[3];
  const after = windows[9];
  expect((before?.attempts ?? 0) / (before?.requests ?? 1)).toBeLessThan(1.02);
  expect((after?.attempts ?? 0) / (after?.requests ?? 1)).toBeGreaterThan(3.5);
  expect(requests.attempts).toBe(requests.offered + requests.retries);
});
