import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runScenario } from "../src/experiment/run.ts";
import { parse } from "../src/scenario/parse.ts";
import { validate } from "../src/scenario/validate.ts";

/** Replays a scenario of the package. */
function replayed(name: string, set: readonly string[] = []) {
  const file = join(import.meta.dirname, "..", "scenarios", `${name}.yaml`);
  return runScenario(validate(parse(readFileSync(file, "utf8"), { file }), { set })).summary;
}

/** Changed only with a reason, which the commit tells: everything that happens in the scenario is in these digits. */
const fingerprints: Readonly<Record<string, string>> = {
  "app-crash": "9ebc22285234dc61",
  "hardware-failure": "203f7eb922c3b7b5",
  "rack-failure": "16224acf6243e6d6",
  "rolling-upgrade": "09f4fdedcf21dbbc",
  "scale-out": "deb708bf3f873da5",
  "zero-downtime-swap": "e2a6ba4398a46998",
};

describe("the six scenarios", () => {
  for (const [name, fingerprint] of Object.entries(fingerprints)) {
    it(`${name} replays to the same fingerprint, and meets its expectations`, () => {
      const summary = replayed(name);
      expect(summary.fingerprint).toBe(fingerprint);
      expect(summary.expectations.filter(({ met }) => !met)).toEqual([]);
    });
  }

  it("hardware-failure loses requests to the failing host alone, and recovers fully", () => {
    const { requests, windows, instances } = replayed("hardware-failure");
    expect(requests.failed).toBeGreaterThan(0);
    expect(requests.failedByAttribution.every(({ source }) => source === "host-failure of host 0")).toBe(true);
    expect(requests.failedByAttribution.reduce((sum, { failed }) => sum + failed, 0)).toBe(requests.failed);
    const dropped = 5 * 60 + 31;
    expect(windows.filter(({ fromSeconds }) => fromSeconds >= dropped).every(({ failed }) => failed === 0)).toBe(true);
    expect(instances.filter(({ role, host }) => role === "web" && host === 0)).toEqual([]);
  });

  it("zero-downtime-swap swaps with requests and sessions in flight and loses none, after a refusal", () => {
    const { operations, requests, byClient } = replayed("zero-downtime-swap");
    const [early, swap] = operations.filter(({ kind }) => kind === "swap");
    expect(early).toMatchObject({ outcome: "refused", reason: "web/0 in staging is starting" });
    expect(swap).toMatchObject({ outcome: "succeeded", failedRequests: 0 });
    expect(swap?.requestsInFlight).toBeGreaterThan(0);
    expect(swap?.sessionsInFlight).toBeGreaterThan(100);
    expect(requests.failed).toBe(0);
    const [browsers, tester] = byClient;
    expect(tester?.latencyMs.max).toBeGreaterThan(4 * (browsers?.latencyMs.p999 ?? Number.POSITIVE_INFINITY));
  });

  it("another seed tells another history", () => {
    const file = join(import.meta.dirname, "..", "scenarios", "app-crash.yaml");
    const valid = validate(parse(readFileSync(file, "utf8"), { file }), { seed: 7 });
    expect(runScenario(valid).summary.fingerprint).not.toBe(fingerprints["app-crash"]);
  });
});

describe("the workloads of the benchmark, shortened", () => {
  const shortened: Readonly<Record<string, readonly [set: readonly string[], fingerprint: string]>> = {
    "w1-single-server": [["horizon=10h"], "6c7f148e927f6402"],
    "w2-cluster": [["horizon=60s"], "e82b8b91f45cc38b"],
    "w3-heartbeats": [["service.roles.vm.instances=2000"], "9bde3cf15df491fc"],
    "w4-thousand-years": [["horizon=2y"], "1cadc9127f83aacb"],
  };
  for (const [name, [set, fingerprint]] of Object.entries(shortened)) {
    it(`${name} replays to the same fingerprint`, () => {
      expect(replayed(`bench/${name}`, set).fingerprint).toBe(fingerprint);
    });
  }
});
