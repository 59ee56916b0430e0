import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const every = (seconds: number, count: number) => Array.from({ length: count }, (_, k) => `${(k + 1) * seconds}s`);
const dead = (at: string, repairAfter: string) => [{ at, kind: "app-crash", instance: "each(web)", repairAfter }];
const plot = (client: object, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 1, service: "100ms" } } },
    clients: { a: { endpoint: "web", arrivals: { instants: every(1, 60) }, ...client } },
    ...more,
  });

test("so many failures in a row open the circuit; nothing is sent until a probe is let through, whose success closes it", () => {
  const { lines, summary } = plot({ breaker: { failures: 3, openFor: "10s" } }, { faults: dead("4500ms", "12s") });
  expect(lines(/circuit/)).toEqual([
    "7 circuit of a open",
    // the repair comes at 16.5 s: the first probe meets it
    "17 circuit of a half-open",
    "17.1 circuit of a closed",
  ]);
  expect(summary.requests).toMatchObject({ offered: 60, attempts: 51, failedByCause: { refused: 3, rejected: 9 } });
  expect(summary.requests.attemptsFailedByCause).toEqual({ refused: 3 });
  expect(summary.requests.failedByAttribution).toMatchObject([
    { source: "load, while app-crash of web/0 lasted", cause: "rejected", failed: 9 },
    { source: "app-crash of web/0", cause: "refused", failed: 3 },
  ]);
});

test("a probe that fails opens the circuit again", () => {
  const { lines } = plot({ breaker: { failures: 3, openFor: "10s" } }, { faults: dead("4500ms", "20s") });
  expect(lines(/circuit/)).toEqual([
    "7 circuit of a open",
    "17 circuit of a half-open",
    "17 circuit of a open",
    "27 circuit of a half-open",
    "27.1 circuit of a closed",
  ]);
});

test("by share: so many failures of a window with enough attempts in it open the circuit", () => {
  const breaker = { share: "50%", window: "10s", minimum: 4, openFor: "5s" };
  const { lines } = plot({ breaker }, { faults: dead("2500ms", "30s") });
  // 1 and 2 succeed, 3 and 4 fail: two of four
  expect(lines(/circuit/)[0]).toBe("4 circuit of a open");
  const few = plot({ breaker: { ...breaker, minimum: 40 } }, { faults: dead("2500ms", "30s") });
  expect(few.lines(/circuit/)).toEqual([]);
});

test("half-open lets as many probes through at once as asked for, and closes when all have succeeded", () => {
  const { lines } = plot(
    {
      arrivals: { instants: [...every(1, 9), ...Array.from({ length: 10 }, (_, k) => `${20_000 + k}ms`), "21s"] },
      breaker: { failures: 2, openFor: "10s", probes: 3 },
    },
    { faults: dead("4500ms", "10s") },
  );
  expect(lines(/ to web\/0/).filter((line) => line.startsWith("2"))).toHaveLength(1 + 3 + 1);
  expect(lines(/circuit/).slice(-2)).toEqual(["20 circuit of a half-open", "20.102 circuit of a closed"]);
});

test("a rejected request is retried when the client says so", () => {
  const client = { arrivals: { instants: ["1s", "2s"] }, breaker: { failures: 1, openFor: "5s" } };
  const faults = dead("500ms", "3s");
  expect(plot({ ...client, retry: { attempts: 3, backoff: "3s", on: ["rejected"] } }, { faults }).summary.requests).toMatchObject({
    succeeded: 1,
    failedByCause: { refused: 1 },
    attempts: 2,
  });
});
