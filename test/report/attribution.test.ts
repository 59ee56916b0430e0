import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import type { AttributionSummary } from "../../src/metrics/summary.ts";
import { attributedGroups, sourceText, targetsText } from "../../src/report/attribution.ts";
import { failureRows } from "../../src/report/verdict.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { anyScenario } from "../model/anyScenario.ts";

const entry: AttributionSummary = {
  source: "host-failure of host 0",
  kind: "host-failure",
  fault: 0,
  atSeconds: 300,
  occurrences: 1,
  cause: "timeout-silent",
  failed: 5,
  held: 0,
};
const texts = (entries: readonly AttributionSummary[], runs = 1): readonly string[] =>
  attributedGroups(entries, runs).map(({ failed, source }) => `${failed} ${source}`);

describe("what failures are put down to", () => {
  it("is one thing for all that a line of the scenario struck, which is counted and named", () => {
    const entries = Array.from({ length: 30 }, (_, host) => ({ ...entry, source: `host-failure of host ${host}`, failed: 60 - host }));
    const [group, ...others] = attributedGroups(entries, 1);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ cause: "timeout-silent", source: "30 hosts failed at 5:00", failed: 1365 });
    expect(targetsText(group?.targets ?? [], 3)).toBe("host 0 (60), host 1 (59) and 28 more");
  });

  it("says how often it struck, and when last, where that was not once and at one instant", () => {
    const other = { ...entry, source: "host-failure of host 1", atSeconds: 360 };
    expect(texts([entry, other])).toEqual(["10 2 hosts failed, last at 6:00"]);
    expect(texts([entry, { ...other, occurrences: 3 }])).toEqual(["10 2 hosts failed, 4 times, last at 6:00"]);
    expect(texts([entry, { ...other, atSeconds: null, occurrences: 7 }], 3)).toEqual(["10 2 hosts failed, 8 times in all runs"]);
  });

  it("stays apart by cause, by line of the scenario, and for load beside a fault", () => {
    const second = { ...entry, source: "host-failure of host 1" };
    expect(texts([entry, { ...second, cause: "refused" }])).toHaveLength(2);
    expect(texts([entry, { ...second, fault: 1 }])).toHaveLength(2);
    expect(texts([entry, { ...second, source: "load, while host-failure of host 1 lasted", kind: "load" }])).toEqual([
      "5 host 0 failed at 5:00",
      "5 load, after host 1 failed at 5:00",
    ]);
  });

  it("is each operation by itself, even where two have the same words", () => {
    const scale = { ...entry, source: "scale web to 2", kind: "scale", fault: null };
    expect(texts([scale, { ...scale, atSeconds: 600 }])).toEqual(["5 scale web to 2 at 5:00", "5 scale web to 2 at 10:00"]);
  });

  it("of a bad version is told once for all its instances", () => {
    const throwing = { ...entry, source: "unhandled-exception of web/0@v2", kind: "unhandled-exception", fault: null };
    expect(texts([throwing, { ...throwing, source: "unhandled-exception of web/1@v2" }])).toEqual([
      "10 the version on 2 web instances threw at 5:00",
    ]);
  });

  it.each([
    ["pause", "web/0", "web/1", "2 web instances were paused"],
    ["pause", "web/0", "api/1", "2 instances were paused"],
    ["rack-power", "fault domain 0", "fault domain 1", "the racks of 2 fault domains lost power"],
    ["store-outage", "db", "blobs", "2 stores were out"],
    ["queue-outage", "a", "b", "2 queues were out"],
  ])("of several by %s is in the plural", (kind, one, other, expected) => {
    const both = [one, other].map((target) => ({ ...entry, kind, source: `${kind} of ${target}` }));
    expect(attributedGroups(both, 1)[0]?.source).toBe(`${expected} at 5:00`);
  });

  it("is left as it stands where there are no words for it", () => {
    expect(sourceText("load, while upgrade production to v2 lasted")).toBe("load, after upgrade production to v2");
    expect(sourceText("the end: still open an hour after it")).toBe("the end: still open an hour after it");
  });
});

const failing: Scenario = {
  name: "racks",
  summary: "Every host fails at one instant.",
  horizon: "2min",
  preset: "ideal",
  datacenter: { faultDomains: 2, hostsPerFaultDomain: 2 },
  service: { roles: { web: { kind: "web", instances: 4, size: "ExtraLarge", service: "2s" } } },
  balancer: { policy: "round-robin", probe: { phase: "0s" } },
  clients: { a: { endpoint: "web", arrivals: { instants: ["9s", "9s", "9s", "20s", "20s", "20s", "20s"] }, timeout: "5s" } },
  faults: [{ at: "10s", kind: "host-failure", host: "each(host)", repairAfter: "1h" }],
};

test("a line that struck every host is two rows: what it found in their hands, and what was sent afterwards", () => {
  const { summary } = run(failing);
  expect(summary.requests.failedByAttribution.map(({ fault }) => fault)).toEqual([0, 0, 0, 0]);
  const rows = failureRows(summary).map(({ failed, source, targets }) => ({ failed, source, targets: targets.length }));
  expect(rows).toEqual([
    { failed: 4, source: "4 hosts failed at 0:10, sent afterwards", targets: 4 },
    { failed: 3, source: "4 hosts failed at 0:10, held when they were struck", targets: 3 },
  ]);
});

test("failures of a line with a common cause are told with those that are each target's own", () => {
  const { faults } = run(
    {
      ...failing,
      faults: [
        { every: "exponential(1h)", kind: "app-crash", instance: "each(web)", commonCause: "50%" },
        { at: "1min", kind: "app-hang", instance: "web/0" },
      ],
    },
    {},
  ).design;
  expect(faults.map(({ continues }) => continues)).toEqual([undefined, true, undefined]);
});

test("whatever happens, the rows of each cause add up to its failures, and the targets of each row to the row", () => {
  fc.assert(
    fc.property(anyScenario, fc.integer({ min: 1, max: 2 }), (scenario, runs) => {
      const { summary } = run({ ...scenario, horizon: "5min" }, { runs });
      const sums: Record<string, number> = {};
      for (const { cause, failed, targets } of failureRows(summary)) {
        sums[cause] = (sums[cause] ?? 0) + failed;
        if (targets.length > 0) expect(targets.reduce((sum, target) => sum + target.failed, 0)).toBe(failed);
      }
      expect(sums).toEqual(summary.requests.failedByCause);
    }),
    { numRuns: 60, seed: 20261127 },
  );
});
