import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/scenario/parse.ts";
import { ScenarioError } from "../../src/scenario/problem.ts";
import { validate } from "../../src/scenario/validate.ts";

const whole = {
  name: "whole",
  horizon: "1h",
  preset: "classic-2011",
  datacenter: { faultDomains: 3, host: { cores: 16, memory: "112GiB" } },
  subscription: { cores: 400 },
  service: {
    upgradeDomains: 4,
    roles: {
      web: { kind: "web", instances: 3, handler: [{ compute: "80ms" }, { store: "db", operation: "read" }, { enqueue: "orders" }] },
      jobs: { kind: "worker", queue: "orders", service: { law: "erlang", mean: "1s", stages: 3 }, startupTasks: [{ duration: "3s" }] },
    },
  },
  balancer: { policy: "round-robin", probe: { interval: "5s", misses: 2 } },
  fabric: { healing: { host: false }, hostHeartbeat: { timeout: "1min" }, operator: "none" },
  queues: { orders: { arrivals: "poisson(1/s)" } },
  stores: { db: { kind: "sql" } },
  clients: {
    open: { endpoint: "web", arrivals: { rates: [{ from: "0s", rate: "10/s" }] }, session: { requests: 5 } },
    closed: { endpoint: "web", users: 5, think: "exponential(3s)" },
  },
  faults: [
    { at: "5min", kind: "host-failure", host: "hostOf(web/0)", class: "reboot" },
    { every: "exponential(3d)", kind: "pause", instance: "each(web)", repairAfter: "10s" },
  ],
  operations: [
    { at: "1min", kind: "deploy", version: "v2", roles: { web: { instances: 4 } } },
    { at: "9min", kind: "swap" },
  ],
  measure: { warmUp: "1min", atLeast: 1 },
  expect: ["availability.request >= 99%", "queues.orders.backlog <= 10"],
};

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.double(),
  fc.constantFrom(
    "10",
    "10s",
    "-1s",
    "web/0",
    "web",
    "lognormal(80ms",
    "none",
    "never",
    "each(host)",
    "poisson(1/s)",
    "",
    "unlimited",
    "1e400s",
    "((",
    "~",
  ),
);

describe("validate", () => {
  it("accepts the scenario that is broken below", () => {
    expect(validate(whole).warnings).toEqual([]);
  });

  it("answers every value anywhere with a scenario or with its mistakes", () => {
    const paths = pathsOf(whole, []);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), junk), { minLength: 1, maxLength: 4 }), (changes) => {
        const scenario = structuredClone(whole) as unknown;
        for (const [path, value] of changes) put(scenario, path, value);
        expectAnswer(() => validate(scenario as object));
      }),
      { numRuns: 3000, seed: 7 },
    );
  });

  it("answers a scenario of which anything is missing", () => {
    for (const path of pathsOf(whole, [])) {
      const scenario = structuredClone(whole) as unknown;
      put(scenario, path, undefined);
      expectAnswer(() => validate(scenario as object));
    }
  });

  it("answers every text with a scenario or with its mistakes", () => {
    const lines = [
      "name: a",
      "horizon: 1h",
      "service:",
      "  roles: { web: { kind: web } }",
      "- x",
      "&a [*a]",
      "a: |",
      "\t",
      "{",
      "]",
      "'",
      "? b",
      "!!set",
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...lines), fc.string()), { maxLength: 8 }), (text) => {
        expectAnswer(() => validate(parse(text.join("\n"))));
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  it("takes a text and nothing else", () => {
    expect(() => parse(new Uint8Array(3) as never)).toThrow(
      "parse takes the text of a scenario; bytes need decoding, an object goes to validate",
    );
  });
});

function expectAnswer(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { column, line, message } of error.problems) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(message).not.toMatch(/undefined|\[object|Invalid/);
    }
  }
}

function pathsOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function put(whole: unknown, path: readonly string[], value: unknown): void {
  let holder = whole as Record<string, unknown>;
  for (const key of path.slice(0, -1)) {
    const next = holder[key];
    if (typeof next !== "object" || next === null) return;
    holder = next as Record<string, unknown>;
  }
  const last = path[path.length - 1] ?? "";
  if (value === undefined) delete holder[last];
  else holder[last] = value;
}
