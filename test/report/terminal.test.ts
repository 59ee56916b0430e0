import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/metrics/summary.ts";
import { renderRun, renderVerdictTable } from "../../src/report/terminal.ts";
import { noLatency, runOf, summary } from "./fixture.ts";

const plain = { colour: false, report: "out/hardware-failure/report.html" };
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what colours are made of
const sgr = /\u001b\[\d+m/g;

const missed: Partial<Summary> = {
  expectations: [{ ...summary.expectations[0], target: 0.999, met: false, actual: 0.99583, allowanceUsed: 4.17 }, summary.expectations[1]],
};

const nothing: Partial<Summary> = {
  requests: { ...summary.requests, offered: 0, succeeded: 0, failed: 0, failedByCause: {}, failedByAttribution: [] },
  availability: { request: null, time: null, reachable: null, capacity: null, sla: null, latency: null, atLeast: null },
  latencyMs: noLatency,
  latencyWithTimeoutsMs: noLatency,
  queues: [],
  expectations: [{ ...summary.expectations[1], actual: null, met: false, allowanceUsed: null }],
  byRole: [],
};

describe("a run in the terminal", () => {
  it("looks as the look says", async () => {
    await expect(renderRun(runOf(), plain)).toMatchFileSnapshot("golden/terminal.golden.txt");
  });

  it("puts what was missed, and mostly why, before the figures", () => {
    const text = renderRun(runOf({ summary: missed }), plain);
    expect(text).toContain("✕ 1 of 2 expectations missed");
    expect(text).toContain("exit code 99");
    expect(text).toContain("449 of 107, 4.1×");
    expect(text).toContain("Mostly timeout-silent: 449 requests were sent to an instance that had fallen\n");
    expect(text.indexOf("Expectations")).toBeLessThan(text.indexOf("Requests  "));
  });

  it("leaves out what was not measured", () => {
    const text = renderRun(runOf({ summary: nothing, lines: [] }), plain);
    expect(text).not.toMatch(/null|NaN|undefined|Infinity/);
    expect(text).toContain("Cannot tell yet");
    expect(text).toContain("not measured");
    expect(text).not.toContain("Latency");
  });

  it("has an interval beside a figure when there are several runs", () => {
    const intervals = {
      ...JSON.parse(JSON.stringify(summary, (_, value) => (typeof value === "number" ? null : value))),
      availability: { ...summary.availability, request: { low: 0.9951, high: 0.9962 } },
    };
    const text = renderRun(runOf({ summary: { runs: 12, intervals } }), plain);
    expect(text).toContain("99.510 to 99.620 %");
    expect(text).toContain("12 runs, with 95 % intervals");
    expect(text).toContain("What happened in the first of 12 runs");
  });

  it("tells operations with what they carried, and refusals with their reason", () => {
    const operation = { kind: "swap", title: "swap staging and production", failedRequests: 0, passes: 1 };
    const operations: Summary["operations"] = [
      {
        id: 0,
        ...operation,
        startedAtSeconds: 461,
        finishedAtSeconds: 461,
        outcome: "refused",
        reason: "web/1 in staging is starting",
        requestsInFlight: 3,
        sessionsInFlight: 400,
      },
      {
        id: 1,
        ...operation,
        startedAtSeconds: 600,
        finishedAtSeconds: 601.9,
        outcome: "succeeded",
        reason: null,
        requestsInFlight: 7,
        sessionsInFlight: 412,
      },
    ];
    const text = renderRun(runOf({ summary: { operations } }), { ...plain, width: 120 });
    expect(text).toContain("7:41.0  refused    swap staging and production: web/1 in staging is starting");
    expect(text).toContain("swap staging and production in 1.9 s, 7 requests and 412 sessions in flight, none lost");
    const table = renderVerdictTable([runOf({ summary: { operations } })], { colour: false });
    expect(table).toContain("Swap at 10:00: 7 requests and 412 sessions in flight, none lost.");
    expect(table).toContain("Swap refused at 7:41: web/1 in staging is starting.");
  });

  it("says the same with and without colours", () => {
    const coloured = renderRun(runOf(), { ...plain, colour: true });
    expect(coloured).toMatch(sgr);
    expect(coloured.replace(sgr, "")).toBe(renderRun(runOf(), plain));
  });

  it("fits the width it is given", () => {
    for (const width of [60, 79, 120]) {
      for (const line of renderRun(runOf(), { ...plain, width }).split("\n")) expect(line.length).toBeLessThanOrEqual(Math.max(width, 79));
    }
  });

  it("lets no name steer the terminal", () => {
    const title = "\u001b[2J\u0007evil\u202e";
    const text = renderRun(runOf({ title, summary: { scenario: "a\u001b]0;b" } }), plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});

describe("the verdicts on several scenarios", () => {
  it("stand in a table, with notes on bounds", async () => {
    const requests = { ...summary.requests, offered: 108_000, succeeded: 108_000, failed: 0, failedByCause: {}, failedByAttribution: [] };
    const perfect = runOf({ summary: { scenario: "rolling-upgrade", requests, availability: { ...summary.availability, request: 1 } } });
    const text = renderVerdictTable([runOf(), perfect], { colour: false, seconds: 2.9, index: "out/index.html" });
    await expect(text).toMatchFileSnapshot("golden/verdicts.golden.txt");
    expect(text).toContain("≥ 4.5 nines: no failure in 108,000 requests, at 95 % confidence.");
  });

  it("count what was missed", () => {
    expect(renderVerdictTable([runOf({ summary: missed })], { colour: false })).toContain("✕ One scenario replayed, 1 expectation missed");
  });
});
