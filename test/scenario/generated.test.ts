import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { faults } from "../../src/model/faults/index.ts";
import { explain } from "../../src/scenario/explain.ts";
import { jsonSchema, writeJsonSchema } from "../../src/scenario/jsonSchema.ts";
import { allKeys } from "../../src/scenario/keys.ts";
import { parse } from "../../src/scenario/parse.ts";
import { writeReference } from "../../src/scenario/reference.ts";
import { validate } from "../../src/scenario/validate.ts";
import { writeInvariants } from "../invariants/page.ts";

const committed = (name: string) => readFileSync(new URL(`../../scenarios/${name}`, import.meta.url), "utf8");

const scenario = (fault: string) => `name: a
horizon: 30min
service:
  roles:
    web: { kind: web, service: { law: lognormal, mean: 80ms, cv: 1.2 }, queueLimit: unlimited, idleTimeout: never }
clients:
  all: { endpoint: web, arrivals: { rates: [{ from: 0s, rate: 10/s }], period: 1d }, timeout: 10s }
balancer: { probe: { interval: 5s, phase: even } }
stores: { db: { kind: sql } }
queues: { jobs: {} }
faults:
  - ${fault}
operations:
  - { at: 1min, kind: upgrade, version: v2, roles: { web: { service: 90ms } } }
`;

describe("scenarios/schema.json", () => {
  it("is the one that `nines schema` prints", () => {
    expect(committed("schema.json")).toBe(writeJsonSchema());
  });

  it("accepts what validate accepts, with every kind of fault as its example shows", () => {
    const accepts = new Ajv({ strict: false }).compile(jsonSchema());
    for (const { example } of faults) {
      const parsed = parse(scenario(example));
      expect(() => validate(parsed)).not.toThrow();
      expect(accepts(parsed.value), JSON.stringify(accepts.errors)).toBe(true);
    }
  });

  it("refuses unknown keys, bare numbers for durations and unknown kinds", () => {
    const accepts = new Ajv({ strict: false }).compile(jsonSchema());
    const good = faults[0]?.example ?? "";
    for (const [from, to] of [
      ["timeout: 10s", "timeout: 10"],
      ["timeout: 10s", "timeot: 10s"],
      ["kind: web", "kind: wbe"],
      ["cv: 1.2", "sd: 1.2"],
      ["kind: upgrade", "kind: upgrad"],
    ] as const) {
      expect(accepts(parse(scenario(good).replace(from, to)).value), to).toBe(false);
    }
  });
});

describe("scenarios/REFERENCE.md", () => {
  it("is the one that is generated", () => {
    expect(committed("REFERENCE.md")).toBe(writeReference());
  });

  it("has every key, fault and operation", () => {
    const text = writeReference();
    // rules of profiles have the keys of the rules of their role
    const keys = allKeys().filter(({ isGroup, path }) => !isGroup && !path.includes(".profiles.*.rules."));
    for (const { shown } of keys) expect(text).toContain(`\`${shown}\``);
    for (const { kind } of faults) expect(text).toContain(`### ${kind}\n`);
  });
});

describe("scenarios/INVARIANTS.md", () => {
  it("is the one that is generated", () => {
    expect(committed("INVARIANTS.md")).toBe(writeInvariants());
  });
});

describe("explain", () => {
  it("tells meaning, unit, default and source of a key, with or without the names in its path", () => {
    expect(explain("clients.timeout")).toBe(
      [
        "clients.NAME.timeout",
        "  The client gives up on an attempt after so long.",
        "  Unit: duration or never",
        "  Default",
        "    azure: 100s",
        "      Microsoft Docs, HttpClient.Timeout: 100 s",
        "    ideal: never",
        "      By definition of the preset: nothing takes time unless the scenario says so",
      ].join("\n"),
    );
    expect(explain("clients.browsers.timeout")).toBe(explain("clients.timeout"));
  });

  it("knows every key, and faults, laws, policies and metrics too", () => {
    for (const { path, shown } of allKeys()) expect(explain(path)).toContain(shown);
    for (const topic of ["host-failure", "lognormal", "round-robin", "availability.request", "swap", "selectors", "faults.at"]) {
      expect(explain(topic).length).toBeGreaterThan(topic.length + 10);
    }
  });

  it("proposes the nearest names for what it does not know", () => {
    expect(() => explain("clients.timeot")).toThrow('there is no "clients.timeot", did you mean "clients.timeout"?');
    expect(() => explain("evictAfter")).toThrow('there is no "evictAfter", perhaps: balancer.probe.evictAfter');
  });
});
