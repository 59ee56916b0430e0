import { describe, expect, it, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";

/** Of ten requests nine succeed after 1 s, and one finds nobody. */
const judged = (...expectations: string[]) =>
  run({
    name: "judged",
    preset: "ideal",
    horizon: "10min",
    service: { roles: { web: { kind: "web", instances: 1, service: "1s" } } },
    clients: { a: { endpoint: "web", arrivals: { instants: Array.from({ length: 10 }, (_, k) => `${50 * k + 1}s`) } } },
    faults: [{ at: "100s", kind: "app-crash", instance: "web/0", repairAfter: "30s" }],
    expect: expectations,
  } satisfies Scenario).summary.expectations;

test("an expectation is met or missed, with the figure and how much of what it allows was used", () => {
  expect(judged("availability.request >= 80%", "availability.request >= 95%")).toEqual([
    expect.objectContaining({ text: "availability.request >= 80%", target: 0.8, actual: 0.9, met: true }),
    expect.objectContaining({ text: "availability.request >= 95%", target: 0.95, actual: 0.9, met: false }),
  ]);
  const [first, second] = judged("availability.request >= 80%", "availability.request >= 95%");
  expect(first?.allowanceUsed).toBeCloseTo(0.5, 12);
  expect(second?.allowanceUsed).toBeCloseTo(2, 12);
});

test("a figure that must be low uses the share of its target", () => {
  expect(judged("latency.max <= 4s")).toMatchObject([{ target: 4000, actual: 1000, met: true, allowanceUsed: 0.25 }]);
  expect(judged("latency.max < 1s")).toMatchObject([{ met: false, allowanceUsed: 1 }]);
});

test("a cause that never struck counts 0", () => {
  expect(judged("requests.failed.crash <= 0", "requests.failed.refused <= 0")).toMatchObject([
    { actual: 0, met: true },
    { actual: 1, met: false },
  ]);
});

test("a figure that is absent meets nothing", () => {
  expect(judged("availability.sla >= 99%")).toMatchObject([{ actual: null, met: false, allowanceUsed: null }]);
});

describe("an expectation of a part of the run", () => {
  const scenario = (expected: string[], window = "1min") => ({
    name: "part",
    preset: "ideal",
    horizon: "10min",
    measure: { window },
    service: { roles: { web: { kind: "web", instances: 1, service: "1s" } } },
    clients: { a: { endpoint: "web", arrivals: "constant(1/s)" } },
    faults: [{ at: "3min", kind: "app-crash", instance: "web/0", repairAfter: "1min" }],
    expect: expected,
  });

  it("is judged by the windows in it", () => {
    const { expectations } = run(
      scenario([
        "availability.request @ 0s..3min >= 99%",
        "requests.offered @ 3min..4min >= 60",
        "requests.failed @ 3min..4min >= 60",
        "availability.request@4min..10min >= 100%",
        "requests.succeeded @ 0s..10min >= 538",
        "requests.attempts @ 9min..10min <= 60",
      ]) as never,
    ).summary;
    expect(expectations.map(({ actual, met }) => [actual, met])).toEqual([
      [178 / 179, true],
      [60, true],
      [60, true],
      [1, true],
      [538, true],
      [60, true],
    ]);
    expect(expectations[0]).toMatchObject({
      metric: "availability.request",
      isOfPart: true,
      text: "availability.request @ 0s..3min >= 99%",
    });
  });

  it.each([
    ["availability.request @ 30s..3min >= 9%", "windows of 1min from 0s on"],
    ["availability.request @ 1min..11min >= 9%", "measured is from 0s to 10min"],
    ["latency.p99 @ 1min..2min <= 1s", "known of the whole run only"],
    ["requests.failed @ 2min..1min <= 1", "ends before it begins"],
    ["requests.failed @ 2min <= 1", "two instants"],
    ["requests.failed @ 2..3min <= 1", "a duration needs a unit"],
  ])("is refused when windows cannot tell it: %s", (text, words) => {
    expect(() => run(scenario([text]) as never)).toThrow(words);
  });
});
