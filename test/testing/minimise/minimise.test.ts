import { describe, expect, it } from "vitest";
import { BrokenInvariant } from "../../../src/invariants/invariant.ts";
import { ScenarioError } from "../../../src/scenario/problem.ts";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { check } from "../../../src/testing/check.ts";
import { smaller, withoutRole } from "../../../src/testing/minimise/edits.ts";
import { minimise } from "../../../src/testing/minimise/minimise.ts";

/** A service of two roles under several faults: rack 0, which has both instances of web, loses power while an upgrade walks. */
const large = {
  name: "large",
  preset: "ideal",
  horizon: "1h",
  seed: 5,
  datacenter: { faultDomains: 2, hostsPerFaultDomain: 2, host: { cores: 4 } },
  service: {
    upgradeDomains: 3,
    roles: {
      web: { kind: "web", instances: 3, service: "exponential(100ms)", size: "Small" },
      work: { kind: "worker", instances: 2, queue: "jobs", size: "Small" },
    },
  },
  fabric: { healing: "platform" },
  queues: { jobs: { arrivals: "poisson(1/min)" } },
  clients: { a: { endpoint: "web", arrivals: "poisson(1/s)", timeout: "5s" }, b: { endpoint: "web", arrivals: "constant(1/min)" } },
  faults: [
    { kind: "app-crash", at: "1min", instance: "work/1" },
    { kind: "rack-power", at: "1017s", faultDomain: "faultDomain(0)", repairAfter: "13min7s" },
    { kind: "slow", at: "2min", instance: "web/1", factor: 3, repairAfter: "1min" },
    { kind: "app-hang", at: "1020s", instance: "web/1" },
  ],
  operations: [
    { kind: "scale", at: "5min", role: "work", instances: 1 },
    { kind: "reboot", at: "1010s", instance: "web/2" },
  ],
  always: ["roles.web.ready >= 1"],
} as unknown as Scenario;

function breaks(scenario: Scenario): boolean {
  try {
    check(scenario, { invariants: [], replayTwice: false });
    return false;
  } catch (error) {
    if (error instanceof ScenarioError) return false;
    if (error instanceof BrokenInvariant) return true;
    throw error;
  }
}

describe("minimise", () => {
  it("leaves a fault, a role and an instance of a large scenario, and no more goes", () => {
    expect(breaks(large)).toBe(true);
    const { scenario, runs, isFixedPoint } = minimise(large, breaks, { budget: 600 });
    expect(isFixedPoint).toBe(true);
    expect(breaks(scenario)).toBe(true);
    expect(runs).toBeLessThan(600);
    expect(Object.keys(scenario).sort()).toEqual(
      ["always", "faults", "horizon", "name", "preset", "seed", "service"].filter((key) => key in scenario).sort(),
    );
    expect(scenario.faults ?? []).toHaveLength(scenario.faults === undefined ? 0 : 1);
    expect(scenario).toMatchObject({ name: "large", always: ["roles.web.ready >= 1"], seed: 5 });
    expect(Object.keys((scenario.service as { roles: object }).roles)).toEqual(["web"]);
    const again = minimise(scenario, breaks, { budget: 600 });
    expect(again.scenario).toEqual(scenario);
    expect(again.steps).toEqual([]);
  });

  it("asks no more often than its budget, and says when that ended it", () => {
    let asked = 0;
    const { runs, isFixedPoint } = minimise(large, () => ++asked > 0, { budget: 7 });
    expect([runs, asked, isFixedPoint]).toEqual([7, 7, false]);
  });

  it("leaves what does not fail alone", () => {
    expect(minimise(large, () => false).scenario).toBe(large);
  });
});

describe("smaller values", () => {
  it.each([
    [8, [0, 1, 4, 7]],
    [1, [0]],
    [0, []],
    [2.5, [2]],
    ["13min7s", ["1s", "1min", "6min", "6min33s500ms", "13min"]],
    ["1017s", ["1s", "1min", "8min", "8min28s500ms", "16min"]],
    ["1s", []],
    ["0s", []],
    ["web/0", []],
    ["poisson(1/s)", []],
  ])("of %s are %j", (value, expected) => {
    expect(new Set(smaller(value))).toEqual(new Set<unknown>(expected));
  });
});

describe("a role that goes", () => {
  it("takes its clients, faults and operations along, and leaves roles with longer names", () => {
    const draft = {
      name: "web shop",
      service: { roles: { web: {}, "web-2": {} } },
      clients: { a: { endpoint: "web" }, b: { endpoint: "web-2" }, c: { endpoint: "web/plain" } },
      faults: [{ instance: "web/0" }, { instance: "web-2/0" }],
      operations: [{ role: "web" }, { role: "web-2" }],
    };
    expect(withoutRole(draft, "web")).toEqual({
      name: "web shop",
      service: { roles: { "web-2": {} } },
      clients: { b: { endpoint: "web-2" } },
      faults: [{ instance: "web-2/0" }],
      operations: [{ role: "web-2" }],
    });
  });
});
