import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/metrics/summary.ts";
import { renderReport } from "../../src/report/html.ts";
import { renderIndex } from "../../src/report/indexPage.ts";
import { style, styleHash } from "../../src/report/page/style.ts";
import { cast, noLatency, runOf, summary } from "./fixture.ts";

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("base64");
const evil = `<script>alert(1)</script>"'&`;

describe("a report", () => {
  it("is the one that was looked at", async () => {
    const text = await renderReport(runOf({ summary: { windows: summary.windows.slice(55, 67) } }));
    await expect(text).toMatchFileSnapshot("golden/report.golden.html");
  });

  it("has the same bytes for the same result", async () => {
    expect(await renderReport(runOf())).toBe(await renderReport(runOf()));
  });

  it("begins with the verdict and the expectations, then figures, then pictures", async () => {
    const text = await renderReport(runOf());
    const order = [
      "<h1>",
      "Both expectations met",
      "availability.request ≥ 99 %",
      "449 of 1,077",
      "99.583",
      "What happened",
      "Availability",
      "Latency",
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places.every((place) => place > 0)).toBe(true);
    const sections = [...text.matchAll(/<h3>([^<]*)<\/h3>/g)].map(([, heading]) => heading);
    expect(sections).toEqual([
      "What happened",
      "Availability",
      "Latency",
      "Instances",
      "Failures by cause",
      "Queue orders",
      "Queues and stores",
      "Cost",
      "Data",
      "How far to trust it",
      "Reproduce",
    ]);
  });

  it("says in words what happened and what it cost", async () => {
    const text = await renderReport(runOf());
    expect(text).toContain(
      "449 of 107,755 requests failed: 446 were sent to an instance that had fallen silent and 3 were in its hands already (host 0 failed at 5:00)",
    );
    expect(text).toContain("web/0 was back in rotation 17 min 40 s after host 0 failed at 5:00.");
    expect(text).toContain(
      "3 web and 2 worker instances (Small) on 4 fault domains of 5 hosts; 60 requests/s, queue orders. At 5:00 host 0 dies.",
    );
    expect(text).toContain("One such failure a month: 99.99971 %, 5.5 nines");
  });

  it("runs nothing and loads nothing: the policy lets in its own style by its hash, and there is nothing else", async () => {
    const text = await renderReport(runOf());
    const [, inner] = /<style>([\s\S]*?)<\/style>/.exec(text) ?? [];
    expect(sha256(inner)).toBe(styleHash);
    expect(inner).toBe(style);
    expect(text).toContain(
      `content="default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'"`,
    );
    expect(text).not.toMatch(/<script|<link|<iframe|<object|<img|<button/i);
    expect(text).not.toMatch(/\s(?:style|on[a-z]+|srcset?|xlink:href|href)=/i);
  });

  it("escapes every text of the scenario", async () => {
    const named = { name: evil };
    const attribution = {
      source: evil,
      kind: evil,
      fault: 0,
      atSeconds: null,
      occurrences: 1,
      cause: "crash",
      failed: 449,
      held: 0,
    } as const;
    const operation = { kind: evil, title: evil, startedAtSeconds: 1, finishedAtSeconds: 2, outcome: "refused", reason: evil } as const;
    const dirty: Partial<Summary> = {
      scenario: evil,
      version: evil,
      reproduce: evil,
      requests: { ...summary.requests, failedByAttribution: [attribution] },
      byRole: summary.byRole.map((role) => ({ ...role, ...named })),
      byClient: summary.byClient.map((client) => ({ ...client, ...named })),
      queues: summary.queues.map((queue) => ({ ...queue, ...named })),
      operations: [{ id: 0, ...operation, passes: 1, failedRequests: 0, requestsInFlight: 0, sessionsInFlight: 0 }],
      expectations: summary.expectations.map((expectation) => ({ ...expectation, text: evil, metric: evil })),
    };
    const instances = cast.instances.map((instance) => ({ ...instance, name: evil, role: evil }));
    const incidents = [{ kind: evil, target: evil }];
    const result = runOf({ title: evil, summary: dirty, cast: { instances, incidents, queues: [evil], roles: [evil, evil] } });
    for (const text of [await renderReport(result), renderIndex([result])]) {
      expect(text).not.toContain("<script");
      expect(text).not.toMatch(/=""'|alert\(1\)<(?!\/)/);
      expect(text).toContain("&lt;script&gt;");
    }
  });

  it("leaves out what was not measured", async () => {
    const nothing: Partial<Summary> = {
      requests: { ...summary.requests, offered: 0, succeeded: 0, failed: 0, failedByCause: {}, failedByAttribution: [] },
      availability: { request: null, time: 1, reachable: null, capacity: 0.8, sla: null, latency: null, atLeast: null },
      latencyMs: noLatency,
      latencyWithTimeoutsMs: noLatency,
      byClient: [],
      queues: [],
      windows: summary.windows.map((window) => ({
        ...window,
        requests: 0,
        failed: 0,
        availability: null,
        latencyMs: noLatency,
        queueDepth: [],
      })),
      expectations: [],
    };
    const text = await renderReport(runOf({ summary: nothing }));
    expect(text).not.toMatch(/>null|NaN|undefined|Infinity/);
    expect(text).toContain("Nothing was expected");
    expect(text).toContain("No client calls the service.");
    expect(text).not.toContain('id="availability"');
  });

  it("has intervals beside its figures when there are several runs", async () => {
    const none = JSON.parse(JSON.stringify(summary, (_, value) => (typeof value === "number" ? null : value)));
    const windows = summary.windows.map((window) => ({
      ...none.windows[0],
      availability: { low: (window.availability ?? 1) - 0.01, high: 1 },
    }));
    const intervals = { ...none, windows, availability: { ...none.availability, request: { low: 0.9951, high: 0.9962 } } };
    const text = await renderReport(runOf({ summary: { runs: 12, intervals } }));
    expect(text).toContain("95 % interval 99.510 to 99.620 %");
    expect(text).toContain("Grey: 95 % interval over the runs.");
    expect(text).toContain("Figures are over 12 independent runs");
    expect(text).toContain('<th scope="col" class="r">95 % interval</th>');
  });
});

describe("the index of reports", () => {
  it("links each scenario to its report", () => {
    const text = renderIndex([runOf(), runOf({ summary: { scenario: "a b/c" } })]);
    expect(text).toContain('<a href="hardware-failure/report.html">hardware-failure</a>');
    expect(text).toContain('<a href="a%20b%2Fc/report.html">a b/c</a>');
    expect(text).toContain("Two scenarios replayed, every expectation met");
    expect(text).toContain(`style-src 'sha256-${styleHash}'`);
  });
});
