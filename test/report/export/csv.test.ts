import { describe, expect, it } from "vitest";
import type { LatencySummary } from "../../../src/metrics/summary.ts";
import {
  clientsCsv,
  failuresCsv,
  instancesCsv,
  monthsCsv,
  operationsCsv,
  queuesCsv,
  rolesCsv,
  windowsCsv,
} from "../../../src/report/export/csv.ts";
import { replayScenario } from "./made.ts";

const nothing: LatencySummary = { mean: null, p50: null, p90: null, p95: null, p99: null, p999: null, max: null };

/** A reader of RFC 4180 that is no part of what it checks. */
function read(chunks: Iterable<string>): string[][] {
  const text = [...chunks].join("");
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') cell += text[++at];
      else isQuoted = false;
    } else if (char === '"') isQuoted = true;
    else if (char === "," || (char === "\r" && text[at + 1] === "\n")) {
      rows[rows.length - 1].push(cell);
      cell = "";
      if (char === "\r") {
        at++;
        rows.push([]);
      }
    } else cell += char;
  }
  expect(rows.pop()).toEqual([]);
  return rows;
}

describe("CSV", () => {
  it("has a header with units, a row for each window and empty cells where there was nothing to measure", () => {
    const windows = [
      {
        fromSeconds: 0,
        toSeconds: 5,
        requests: 4,
        attempts: 6,
        failed: 1,
        availability: 0.75,
        latencyMs: { ...nothing, p99: 12.5 },
        queueDepth: [],
      },
      { fromSeconds: 5, toSeconds: 10, requests: 0, attempts: 0, failed: 0, availability: null, latencyMs: nothing, queueDepth: [] },
    ];
    const [header, ...rows] = read(windowsCsv({ windows, queues: [] }));
    expect(header.slice(0, 7)).toEqual(["from_s", "to_s", "requests", "attempts", "failed", "availability", "latency_mean_ms"]);
    expect(rows[0][header.indexOf("latency_p99_ms")]).toBe("12.5");
    expect(rows[1]).toEqual(["5", "10", "0", "0", "0", ...Array<string>(8).fill("")]);
  });

  it("ends records with CR LF and quotes what holds commas, quotes and line ends", () => {
    const source = 'the "big", bad\none';
    const requests = { failedByAttribution: [{ source, fault: 2, atSeconds: null, occurrences: 0, cause: "queue-full", failed: 3 }] };
    const rows = failuresCsv({ requests: requests as never });
    expect([...rows]).toEqual(["cause,source,fault,at_s,occurrences,failed\r\n", 'queue-full,"the ""big"", bad\none",2,,0,3\r\n']);
    expect(read(failuresCsv({ requests: requests as never }))[1][1]).toBe(source);
  });

  it.each(["=1+1", "+1", "-1", "@x", "\tx", '=HYPERLINK("x")'])("marks the name %j as text, so that no spreadsheet runs it", (name) => {
    const queue = {
      name,
      enqueued: 1,
      completed: 1,
      duplicates: 0,
      poisoned: 0,
      deadLettered: 0,
      expired: 0,
      lost: 0,
      lostBy: [],
      refused: 0,
      deduplicated: 0,
      backlog: 0,
      depthMax: 1,
      ageMs: nothing,
    };
    expect([...queuesCsv({ queues: [queue] })][1]).toMatch(/^"'/);
    expect(read(queuesCsv({ queues: [queue] }))[1][0]).toBe(`'${name}`);
  });

  it("leaves host and fault domain empty of an instance that is on no host", () => {
    const instance = { name: "web/0", role: "web", slot: "deleted", size: "Small", faultDomain: -1, upgradeDomain: 0, host: null } as const;
    expect([...instancesCsv({ instances: [{ ...instance, restarts: 0, downSeconds: 1.5, drift: [] }] })][1]).toBe(
      "web/0,web,deleted,Small,,0,,0,1.5\r\n",
    );
  });

  it("says the same as the summary of a real run", () => {
    const { summary } = replayScenario("hardware-failure");
    const [header, ...rows] = read(windowsCsv(summary));
    expect(rows.length).toBe(summary.windows.length);
    expect(new Set([header, ...rows].map((row) => row.length)).size).toBe(1);
    const total = (name: string): number => rows.reduce((sum, row) => sum + Number(row[header.indexOf(name)]), 0);
    expect(total("requests")).toBe(summary.requests.offered);
    expect(total("failed")).toBe(summary.requests.failed);
    const [queue] = summary.queues;
    const deepest = rows.map((row) => Number(row[header.indexOf(`depth_max_${queue.name}`)]));
    expect(Math.max(...deepest)).toBe(queue.depthMax);
    expect(read(queuesCsv(summary))[1].slice(0, 3)).toEqual([queue.name, String(queue.enqueued), String(queue.completed)]);
    expect(
      read(instancesCsv(summary))
        .slice(1)
        .map(([name]) => name),
    ).toEqual(summary.instances.map(({ name }) => name));
    const failed = read(failuresCsv(summary))
      .slice(1)
      .map((row) => Number(row[5]));
    expect(failed.reduce((sum, count) => sum + count, 0)).toBe(summary.requests.failed);
  });

  it("has the figures of roles, clients, operations and months, each row as long as the header", () => {
    const { summary } = replayScenario("zero-downtime-swap");
    const tables = [rolesCsv(summary), clientsCsv(summary), operationsCsv(summary), monthsCsv(summary)].map(read);
    for (const rows of tables) expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    const [roles, clients, operations, months] = tables.map(([header, ...rows]) =>
      rows.map((row) => Object.fromEntries(row.map((cell, place) => [header[place], cell]))),
    );
    expect(roles.map(({ name, instance_hours }) => [name, Number(instance_hours)])).toEqual(
      summary.byRole.map((role) => [role.name, role.instanceHours]),
    );
    expect(clients.map(({ attempts }) => Number(attempts)).reduce((sum, count) => sum + count, 0)).toBe(summary.requests.attempts);
    expect(operations.map(({ outcome }) => outcome)).toEqual(["succeeded", "refused", "succeeded", "succeeded"]);
    expect(operations[1].reason).toBe("web/0 in staging is starting");
    expect(months[0]).toMatchObject({ service: "Cloud Services", roles: "web", month: "month 1", whole: "false" });
  });
});
