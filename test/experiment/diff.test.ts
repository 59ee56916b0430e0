import { expect, test } from "vitest";
import { diffRuns } from "../../src/experiment/diff.ts";
import { minute, second } from "../../src/kernel/time.ts";
import { factTeller } from "../../src/report/diff/factText.ts";
import { areEqual, renderDiff } from "../../src/report/diff/terminal.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";

const scenario: Scenario = {
  name: "calm",
  preset: "ideal",
  horizon: "10min",
  service: { roles: { web: { kind: "web", instances: 2, concurrency: 4, service: "50ms" } } },
  clients: { a: { endpoint: "web", arrivals: "poisson(2/s)", timeout: "3s" } },
  faults: [{ at: "8min", kind: "app-crash", instance: "web/0", repairAfter: "5s" }],
  operations: [{ at: "9min", kind: "reboot", instance: "web/1" }],
};

function diff(more: Partial<Scenario>, seed = 42) {
  return diffRuns(validate(scenario), validate({ ...scenario, ...more } as Scenario, { seed }), factTeller);
}

test("a run is the same as itself, and prints so", () => {
  const same = diff({});
  expect(same.difference).toBeNull();
  expect(areEqual(same)).toBe(true);
  const lines = renderDiff(same, { colour: false, names: ["calm", "calm"], right: "" }).split("\n");
  expect(lines).toContain("  ✓ The two runs are the same");
  expect(lines).toContain("  The figures are the same");
});

test("a fault that strikes later is the first difference, at the earlier instant", () => {
  const { difference } = diff({ faults: [{ at: "8min20s", kind: "app-crash", instance: "web/0", repairAfter: "5s" }] });
  expect(difference?.at).toBe(8 * minute);
  expect(difference?.first).toMatchObject({ fact: { at: 8 * minute, text: expect.stringContaining("web/0") }, causes: [] });
  expect(difference?.other.fact?.text).toMatch(/^request \d+ (of a arrives|succeeds after 50 ms)$/);
});

test("what led to the difference is told from its beginning on", () => {
  const { difference } = diff({ faults: [{ at: "8min", kind: "app-crash", instance: "web/0", repairAfter: "7s" }] });
  expect(difference?.first.fact).toMatchObject({ at: 8 * minute + 5 * second });
  expect(difference?.first.causes.map(({ at }) => at)).toEqual([8 * minute]);
  expect(difference?.first.causes[0]?.text).toContain("web/0");
  const text = renderDiff(diff({ faults: [] }), { colour: false, names: ["calm", "calm, faults=[]"], right: "exit code 3" });
  expect(text).toContain("✕ The two runs are the same until 8:00.000");
  expect(text).toMatch(/first {3}8:00\.000 {2}/);
  expect(text).toMatch(/service restarts +2 +1$/m);
});

test("another seed differs at the first arrival", () => {
  const { difference } = diff({}, 7);
  expect(difference?.first.fact?.text).toBe("request 0 of a arrives");
  expect(difference?.other.fact?.text).toBe("request 0 of a arrives");
  expect(difference?.first.fact?.at).not.toBe(difference?.other.fact?.at);
});

test("that something has another number in its list is no difference, what it does is", () => {
  const reboot = { at: "9min", kind: "reboot", instance: "web/1" } as const;
  const { difference } = diff({ operations: [{ at: "9min30s", kind: "scale", role: "web", instances: 3 }, reboot] });
  expect(difference?.at).toBe(9.5 * minute);
  expect(difference?.other.fact?.text).toContain("3");
});

test("what is placed elsewhere from the start on differs before anything happens", () => {
  const { difference } = diff({ service: { roles: { web: { kind: "web", instances: 3, concurrency: 4, service: "50ms" } } } });
  expect(difference?.at).toBe(0);
  expect(difference?.same).toBeLessThan(20);
});

test("a longer run differs where the shorter one ends", () => {
  const { difference } = diff({ horizon: "11min" });
  expect(difference?.at).toBeGreaterThanOrEqual(10 * minute);
});
