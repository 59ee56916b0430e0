import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { always, arb, check } from "nines/testing";

const service = { roles: { web: { kind: "web", size: "Small", instances: 1 } } };

test("an idle service is always available, wherever it stands", () => {
  fc.assert(
    fc.property(arb.topology(), (datacenter) => {
      const { summary } = check({ name: "idle", preset: "ideal", horizon: "1min", datacenter, service });
      expect(summary.availability.time).toBe(1);
    }),
    { numRuns: 20, seed: 1 },
  );
});

test("what does not hold fails the test, with the instant", () => {
  const ready = always("one is ready", (moment) => moment.ready("web") === 1);
  const faults = [{ kind: "app-crash", at: "30s", instance: "web/0" }];
  const broken = { name: "crash", preset: "ideal", horizon: "1min", service, faults };
  expect(() => check(broken, { properties: [ready] })).toThrow(expect.objectContaining({ title: "one is ready", at: 30_000_000 }));
});
