import { describe, expect, it } from "vitest";
import { BrokenInvariant } from "../../src/invariants/invariant.ts";
import { always } from "../../src/invariants/own/always.ts";
import { FactKind } from "../../src/model/facts.ts";
import type { Policy } from "../../src/model/policies/own.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { check } from "../../src/testing/check.ts";
import { reachable, sometimes } from "../../src/testing/properties/sometimes.ts";

const scenario = {
  name: "checked",
  preset: "ideal",
  horizon: "5min",
  service: { roles: { web: { kind: "web", instances: 2, service: "100ms" } } },
  clients: { a: { endpoint: "web", arrivals: "poisson(10/s)", timeout: "5s" } },
  fabric: { healing: "platform", crashDetection: "10s" },
  faults: [{ kind: "app-crash", at: "1min", instance: "web/0" }],
} as unknown as Scenario;

describe("check", () => {
  it("watches the catalogue and the user's own, and says what happened", () => {
    const properties = [
      always("one is ready", (moment) => moment.ready("web") >= 1),
      sometimes("one is missing", (moment) => moment.ready("web") === 1),
      reachable("a host dies", { fact: FactKind.hostDeclaredDead }),
    ];
    const report = check(scenario, { properties });
    expect(report.hits).toEqual({ "one is missing": 1, "a host dies": 0 });
    expect([...report.coverage.faults.keys()]).toEqual(["app-crash"]);
    expect([...report.coverage.changes.keys()]).toContain("instance ready > recycling, none");
    expect(report.events).toBe(report.summary.events);
    expect(check(scenario, { seed: 8, replayTwice: false }).fingerprint).not.toBe(report.fingerprint);
  });

  it("changes nothing in what happens", () => {
    expect(check(scenario).fingerprint).toBe(check(scenario, { invariants: [], replayTwice: false }).fingerprint);
  });

  it("throws what breaks, with the seed", () => {
    const two = always("two are ready", (moment) => moment.ready("web") >= 2);
    let found: unknown;
    try {
      check(scenario, { properties: [two], seed: 3 });
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(BrokenInvariant);
    expect(found).toMatchObject({ title: "two are ready", at: 60e6, seed: "3" });
  });

  it("finds a policy that remembers what it did in the run before", () => {
    let calls = 0;
    const forgetful: Policy = { kind: "mine", choose: ({ count }) => (calls++ > 2500 ? 0 : calls % count) };
    const own = {
      ...scenario,
      balancer: { policy: "mine" },
      service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "100ms" } } },
    };
    expect(() => check(own as unknown as Scenario, { policies: [forgetful] })).toThrow(/M1 replay-identity: the fingerprint is/);
    const fixed: Policy = { kind: "mine", choose: () => 0 };
    expect(() => check(own as unknown as Scenario, { policies: [fixed] })).not.toThrow();
  });
});
