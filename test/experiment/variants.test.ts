import { describe, expect, it } from "vitest";
import { run, runVariants } from "../../src/experiment/library.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";

const scenario: Scenario = {
  name: "shop",
  preset: "ideal",
  horizon: "20min",
  service: { roles: { web: { kind: "web", instances: 2, concurrency: 8, service: "exponential(50ms)" } } },
  clients: { all: { endpoint: "web", arrivals: "poisson(10/s)", timeout: "2s" } },
  faults: [
    { every: "exponential(4min)", kind: "app-crash", instance: "each(web)", repairAfter: "exponential(40s)" },
    { every: "exponential(6min)", kind: "vm-failure", instance: "each(web)", repairAfter: "exponential(20s)" },
  ],
  expect: ["availability.request >= 50%"],
  variants: {
    two: {},
    one: { service: { roles: { web: { instances: 1 } } } },
    again: {},
  },
};

const sum = (parts: readonly { readonly difference: number }[], scale: number) =>
  parts.reduce((total, { difference }) => total + Math.round(difference * scale), 0);

describe("variants replayed", () => {
  const { differences, variants } = runVariants(scenario);

  it("see the same requests and the same faults", () => {
    const [two, one, again] = variants.map(({ result }) => result.summary);
    expect(one?.requests.offered).toBe(two?.requests.offered);
    expect(again?.fingerprint).toBe(two?.fingerprint);
    expect(variants[1]?.result.summary).toEqual(run(validate(scenario).variants[1] as never).summary);
  });

  it("differ by parts that add up exactly, in failed requests and in down time", () => {
    const [two, one] = variants.map(({ result }) => result.summary);
    const [difference, none] = differences;
    expect(difference).toMatchObject({ variant: "one", against: "two" });
    expect(difference?.failed.difference).toBe((one?.requests.failed ?? 0) - (two?.requests.failed ?? 0));
    expect(difference?.failed.difference).toBeGreaterThan(0);
    expect(sum(difference?.failed.parts ?? [], 1)).toBe(difference?.failed.difference);
    expect(sum(difference?.downtime.parts ?? [], 1e6)).toBe(Math.round((difference?.downtime.difference ?? 0) * 1e6));
    expect(difference?.downtime.parts.map(({ kind }) => kind).sort()).toEqual(["app-crash", "vm-failure"]);
    expect(none?.failed.difference).toBe(0);
    expect(none?.failed.parts.every((part) => part.difference === 0)).toBe(true);
    expect(none?.figures["requests.failed"]).toEqual({ difference: 0, interval: null, varianceReduction: null });
  });

  it("put down time that no availability hides down to what caused it", () => {
    const summary = variants[1]?.result.summary;
    const seconds = summary?.downtime.byAttribution.reduce((total, part) => total + part.seconds, 0) ?? 0;
    expect(seconds).toBeCloseTo(summary?.downtime.seconds ?? 0, 6);
    expect(1 - seconds / 1200).toBeCloseTo(summary?.availability.time ?? 0, 9);
  });

  it("have paired intervals from two runs on, narrower than those of each by itself", () => {
    const several = runVariants(scenario, { runs: 8 });
    const difference = several.differences[0]?.figures["requests.failed"];
    const [two, one] = several.variants.map(({ result }) => result.summary);
    expect(difference?.difference).toBeCloseTo((one?.requests.failed ?? 0) - (two?.requests.failed ?? 0), 6);
    expect(difference?.interval?.low).toBeLessThan(difference?.difference ?? 0);
    expect(difference?.interval?.high).toBeGreaterThan(difference?.difference ?? 0);
    expect(several.differences[1]?.figures["requests.failed"]).toEqual({
      difference: 0,
      interval: { low: 0, high: 0 },
      varianceReduction: null,
    });
  });

  it("are needed", () => {
    const { variants: _, ...plain } = scenario;
    expect(() => runVariants(plain)).toThrow("shop has no variants");
  });
});
