import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Web = NonNullable<Plot["service"]["roles"]>[string];

const one = (web: Partial<Web> = {}): Plot["service"] => ({
  roles: { web: { kind: "web", instances: 1, concurrency: 1, service: "1s", ...web } },
});
const at = (instants: string[], more: { timeout?: string; demands?: string[] } = {}) => {
  const { timeout, demands } = more;
  return {
    endpoint: "web",
    arrivals: demands === undefined ? { instants } : { instants, demands },
    ...(timeout === undefined ? {} : { timeout }),
  };
};

test("a request that finds a free slot is served at once, and its latency is its completion minus its arrival", () => {
  const { lines, summary } = tell({ service: one(), clients: { a: at(["1s", "3s"]) } });
  expect(lines(/ok/)).toEqual(["2 a 1 ok", "4 a 2 ok"]);
  expect(summary.latencyMs).toMatchObject({ mean: 1000, max: 1000 });
  expect(summary.waitingMs.max).toBe(0);
});

test("requests beyond the concurrency wait, first come first served", () => {
  const { lines, summary } = tell({ service: one(), clients: { a: at(["1s", "1100ms", "1200ms"]) } });
  expect(lines(/ok/)).toEqual(["2 a 1 ok", "3 a 2 ok", "4 a 3 ok"]);
  expect(summary.waitingMs.max).toBe(1800);
});

test("as many as the concurrency are served side by side", () => {
  const { lines } = tell({ service: one({ concurrency: 2 }), clients: { a: at(["1s", "1s", "1s"]) } });
  expect(lines(/ok/)).toEqual(["2 a 1 ok", "2 a 2 ok", "3 a 3 ok"]);
});

test("a request that finds the queue full fails at once as queue-full", () => {
  const { lines } = tell({ service: one({ queueLimit: 1 }), clients: { a: at(["1s", "1100ms", "1200ms", "2s"]) } });
  expect(lines(/a \d (ok|queue)/)).toEqual(["1.2 a 3 queue-full", "2 a 1 ok", "3 a 2 ok", "4 a 4 ok"]);
});

test("a client time-out while queued removes the request", () => {
  const patient = at(["1s", "6s"], { demands: ["10s", "1s"] });
  const { lines } = tell({ service: one(), clients: { hasty: at(["2s"], { timeout: "3s" }), patient } });
  expect(lines(/ok|timeout/)).toEqual(["5 hasty 1 timeout-slow", "11 patient 1 ok", "12 patient 2 ok"]);
});

test("a client time-out in service fails the request, and the worker finishes the work for nobody", () => {
  const clients = { hasty: at(["1s"], { timeout: "2s" }), patient: at(["4s"]) };
  const { lines } = tell({ service: one({ service: "5s" }), clients });
  expect(lines(/ok|timeout/)).toEqual(["3 hasty 1 timeout-slow", "11 patient 1 ok"]);
});

test("with cancelOnTimeout the worker drops the work at the time-out and turns to the next request", () => {
  const clients = { hasty: at(["1s"], { timeout: "2s" }), patient: at(["2s"]) };
  const { lines } = tell({ service: one({ service: "5s", cancelOnTimeout: true }), clients });
  expect(lines(/ok|timeout/)).toEqual(["3 hasty 1 timeout-slow", "8 patient 1 ok"]);
});

test("a completion at the very instant of the time-out is a success", () => {
  const { lines } = tell({ service: one({ service: "3s" }), clients: { a: at(["1s"], { timeout: "3s" }) } });
  expect(lines(/ok|timeout/)).toEqual(["4 a 1 ok"]);
});

test("a request that starts at the very instant of its time-out has timed out", () => {
  const { lines } = tell({ service: one({ service: "3s" }), clients: { a: at(["1s"]), b: at(["1s"], { timeout: "3s" }) } });
  expect(lines(/ok|timeout/)).toEqual(["4 a 1 ok", "4 b 1 timeout-slow"]);
});

test("a request that needs no time, and gets a slot at the very instant of its time-out, is a success, whoever frees the slot", () => {
  const both = at(["1s", "1s", "1s"], { timeout: "3s", demands: ["3s", "0s", "0s"] });
  expect(tell({ service: one(), clients: { a: both } }).lines(/ok|timeout/)).toEqual(["4 a 1 ok", "4 a 2 ok", "4 a 3 ok"]);
  const hasty = at(["1s"], { timeout: "3s", demands: ["0s"] });
  const { lines } = tell({ service: one({ service: "3s" }), clients: { a: at(["1s"]), hasty } });
  expect(lines(/ok|timeout/)).toEqual(["4 a 1 ok", "4 hasty 1 ok"]);
  const behind = at(["1s", "1s"], { timeout: "3s", demands: ["1s", "0s"] });
  const three = tell({ service: one({ service: "3s" }), clients: { a: at(["1s"]), b: at(["1s"]), behind } });
  expect(three.lines(/ok|timeout/)).toEqual(["4 a 1 ok", "4 behind 1 timeout-slow", "4 behind 2 timeout-slow", "7 b 1 ok"]);
});

test("a role without queue limit lets everybody wait", () => {
  const { summary } = tell({ service: one(), clients: { a: { endpoint: "web", arrivals: "constant(10/s)" } }, horizon: "1min" });
  expect(summary.requests).toMatchObject({ offered: 599, succeeded: 599 });
});

test("a demand is stated at 100 ACU and divided by that of the size, unless scaleBySize is off", () => {
  const ended = (web: Partial<Web>) => tell({ service: one(web), clients: { a: at(["1s"]) } }).lines(/ok/);
  expect(ended({ size: "ExtraSmall", scaleBySize: true })).toEqual(["3 a 1 ok"]);
  expect(ended({ size: "A8", scaleBySize: true, service: "2250ms" })).toEqual(["2 a 1 ok"]);
  expect(ended({ size: "ExtraSmall", scaleBySize: false })).toEqual(["2 a 1 ok"]);
});

test("concurrency is 8 for each core unless given", () => {
  const roles = { web: { kind: "web", instances: 1, service: "1s", size: "Medium" } } as const;
  const { lines } = tell({ service: { roles }, clients: { a: at(Array.from({ length: 17 }, () => "1s")) } });
  expect(lines(/^2 .* ok/)).toHaveLength(16);
  expect(lines(/^3 .* ok/)).toHaveLength(1);
});

test("a handler does its steps one after the other: compute, store, enqueue", () => {
  const handler = [{ compute: "1s" }, { store: "db", operation: "read" }, { compute: "2s" }, { enqueue: "jobs" }] as const;
  const { lines } = tell({
    service: { roles: { web: { kind: "web", instances: 1, handler: [...handler] } } },
    stores: { db: { kind: "sql", read: "500ms" } },
    queues: { jobs: {} },
    clients: { a: at(["1s"]) },
  });
  expect(lines(/ok|enqueued/)).toEqual(["4.5 jobs 1 enqueued", "4.5 a 1 ok"]);
});

test("processor sharing: n jobs on c cores each run at min(1, c/n)", () => {
  const sharing = (size: string, instants: string[], service: string) =>
    tell({
      service: one({ discipline: "processor-sharing", concurrency: 8, size: size as "Small", service }),
      clients: { a: at(instants) },
    }).lines(/ok/);
  expect(sharing("Small", ["1s", "2s"], "2s")).toEqual(["4 a 1 ok", "5 a 2 ok"]);
  expect(sharing("Medium", ["1s", "1s"], "2s")).toEqual(["3 a 2 ok", "3 a 1 ok"]);
  expect(sharing("Medium", ["1s", "1s", "1s"], "2s")).toHaveLength(3);
  expect(sharing("Medium", ["1s", "1s", "1s"], "2s").every((line) => line.startsWith("4 "))).toBe(true);
});

test("processor sharing: jobs that complete together at the instant of their time-out all succeed", () => {
  const service = one({ discipline: "processor-sharing", concurrency: 8 });
  const { lines } = tell({ service, clients: { a: at(["1s", "1s"], { timeout: "2s" }) } });
  expect(lines(/ok|timeout/)).toEqual(["3 a 2 ok", "3 a 1 ok"]);
});

test("processor sharing: a job that was slowed down past its time-out has timed out, whatever its end once was", () => {
  const service = one({ discipline: "processor-sharing", concurrency: 8 });
  const a = at(["1s"], { demands: ["11s"], timeout: "11s" });
  const b = at(["11500ms"], { demands: ["400ms"] });
  expect(tell({ service, clients: { a, b } }).lines(/ok|timeout/)).toEqual(["12 a 1 timeout-slow", "12.3 b 1 ok"]);
});
