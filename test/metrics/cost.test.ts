import { expect, test } from "vitest";
import { runScenario } from "../../src/experiment/run.ts";
import { hour, minute } from "../../src/kernel/time.ts";
import { billedHours } from "../../src/metrics/cost.ts";
import { parse } from "../../src/scenario/parse.ts";
import { validate } from "../../src/scenario/validate.ts";
import { type Plot, tell } from "../model/story.ts";

const plot = (more: Partial<Plot>) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2 } } },
    pricing: { currency: "EUR", asOf: "today", hourly: { Small: 0.1, Large: 0.4 } },
    horizon: "10h",
    ...more,
  } as Plot).summary;

test("instances that are there all the time cost their price every hour", () => {
  const { byRole, cost } = plot({});
  expect(cost).toMatchObject({ currency: "EUR", asOf: "today", instanceHours: 20, staging: { instanceHours: 0, total: 0 } });
  expect(cost.total).toBeCloseTo(2, 12);
  expect(byRole[0]).toMatchObject({ instanceHours: 20 });
});

test("an instance is charged from its placement until it is gone, ready or not", () => {
  const operations: Plot["operations"] = [
    { at: "2h", kind: "scale", role: "web", instances: 3 },
    { at: "7h", kind: "scale", role: "web", instances: 2 },
  ];
  expect(plot({ operations, fabric: { provision: "4h" } }).cost.instanceHours).toBe(25);
});

test("an instance that waits for room costs nothing yet", () => {
  const datacenter = { faultDomains: 1, hostsPerFaultDomain: 1, host: { cores: 2 } };
  const operations: Plot["operations"] = [{ at: "2h", kind: "scale", role: "web", instances: 3 }];
  expect(plot({ datacenter, operations }).cost.instanceHours).toBe(20);
});

test("staging costs the same as production, and each slot is charged its time of an instance that was swapped", () => {
  const operations: Plot["operations"] = [
    { at: "1h", kind: "deploy", version: "v2" },
    { at: "4h", kind: "swap" },
    { at: "6h", kind: "delete" },
  ];
  const { cost } = plot({ operations });
  expect(cost.instanceHours).toBeCloseTo(2 * 6 + 2 * 9, 9);
  expect(cost.staging.instanceHours).toBeCloseTo(2 * 3 + 2 * 2, 9);
  expect(cost.production.instanceHours).toBeCloseTo(2 * 4 + 2 * 6, 9);
  expect(cost.total).toBeCloseTo(3, 9);
});

test("another size has another price from the moment its VM is made anew", () => {
  const operations: Plot["operations"] = [{ at: "5h", kind: "upgrade", version: "v2", roles: { web: { size: "Large" } } }];
  expect(plot({ operations }).cost.total).toBeCloseTo(2 * (5 * 0.1 + 5 * 0.4), 9);
});

test("a started clock hour is a whole one, a started minute is free, exact is exact", () => {
  const [from, to] = [hour - minute, hour + 90.5e6];
  expect(billedHours(from, to, "clock-hour")).toBe(2);
  expect(billedHours(from, to, "minute")).toBeCloseTo(2 / 60, 12);
  expect(billedHours(from, to, "exact")).toBeCloseTo(150.5 / 3600, 12);
  expect(billedHours(hour, 2 * hour, "clock-hour")).toBe(1);
  expect(billedHours(hour, hour, "clock-hour")).toBe(0);
});

test("cost over several runs is of one run, with an interval, and can be expected", () => {
  const scenario = `
name: priced
preset: ideal
horizon: 1h
seed: 5
service: { roles: { web: { kind: web, instances: 4, service: 1ms } } }
clients: { a: { endpoint: web, arrivals: "constant(10/s)" } }
pricing: { hourly: { Small: 1 } }
expect: [cost.total <= 4 USD, cost.perMillionRequests <= 112, roles.web.cost >= 4, cost.instanceHours <= 3.9]
`;
  const valid = validate(parse(scenario));
  expect(valid.expectations.map(({ unit }) => unit)).toEqual(["money", "money", "money", "count"]);
  const { summary } = runScenario({ ...valid, runs: 2 });
  expect(summary.cost).toMatchObject({ instanceHours: 4, total: 4 });
  expect(summary.intervals?.cost).toMatchObject({ currency: "USD", total: { low: 4, high: 4 } });
  expect(summary.expectations.map(({ met }) => met)).toEqual([true, true, true, false]);
});

test("a size without a price makes no guess, and an expectation of its cost is a mistake", () => {
  const service = { roles: { web: { kind: "web", size: "Standard_G5" } } } as const;
  const { cost } = tell({ service, horizon: "1h", datacenter: { host: { cores: 64, memory: "1TiB", disk: "64TiB" } } }).summary;
  expect(cost).toMatchObject({ total: null, perMillionRequests: null, instanceHours: 2 });
  expect(() => tell({ service, expect: ["cost.total <= 3"] })).toThrow(/Standard_G5 has no price/);
});

test("a cost in another currency than the prices' is a mistake", () => {
  const service = { roles: { web: { kind: "web" } } } as const;
  expect(() => tell({ service, expect: ["cost.total <= 3 EUR"] })).toThrow(/the prices are in USD, not in EUR/);
  expect(() => tell({ service, pricing: { currency: "EUR" } } as Plot)).toThrow(/give hourly or a file in EUR/);
});

test("prices may come from a file, and a size or a price in it that makes no sense is a mistake", () => {
  const text = (file: string) =>
    parse(`
name: priced
preset: ideal
horizon: 10h
service: { roles: { web: { kind: web, size: Standard_A1 } } }
pricing: { file: ${file}, currency: EUR, hourly: { Medium: 1 } }
`);
  const files = (content: string) => ({ read: () => new TextEncoder().encode(content) });
  const { design } = validate(text("prices.csv"), { files: files("size,hourly\nSmall,0.5\nLarge,2\n") });
  expect(design.pricing).toMatchObject({ currency: "EUR", asOf: "prices.csv" });
  expect(design.pricing.hourly).toMatchObject({ Small: 0.5, Standard_A1: 0.5, Medium: 1, Standard_A2: 1, Large: 2, Standard_A3: 2 });
  expect(design.pricing.hourly.ExtraLarge).toBeUndefined();
  expect(() => validate(text("prices.csv"), { files: files("size,hourly\nSmal,0.5\n") })).toThrow(/did you mean "Small"/);
  expect(() => validate(text("prices.csv"), { files: files("size,hourly\nSmall,cheap\n") })).toThrow(/a price is a number/);
});
