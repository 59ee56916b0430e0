import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const session = (instants: string[], more: object = {}) => ({
  a: { endpoint: "web", arrivals: { instants }, session: { requests: 1_000_000, think: "10s" }, ...more },
});
const plot = (clients: Plot["clients"], more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 4, service: "1s" } } },
    clients,
    horizon: "3min",
    ...more,
  });
const where = (lines: string[]) => lines.map((line) => line.split(" to ")[1]);

test("a session keeps one connection: all its requests go to one instance", () => {
  const { lines } = plot(session(["1s"]));
  expect(lines(/ to /)).toHaveLength(17);
  expect(new Set(where(lines(/ to /))).size).toBe(1);
});

test("sessions spread over the instances by the hash of their 5-tuples", () => {
  const { lines } = plot(session(Array.from({ length: 40 }, (_, k) => `${k + 1}s`)));
  expect(new Set(where(lines(/ to /))).size).toBe(4);
});

test("the next request comes a think time after the last answer", () => {
  const { lines } = plot(session(["1s"]), { horizon: "30s" });
  expect(lines(/arrives/)).toEqual(["1 a 1 arrives", "12 a 2 arrives", "23 a 3 arrives"]);
});

test("after a failure the next request opens a new connection", () => {
  const hang = [{ at: "5s", kind: "app-hang", instance: "web/0" }];
  const { lines } = plot(session(["1s"], { timeout: "5s" }), {
    balancer: { policy: "round-robin" },
    faults: hang,
  });
  expect(lines(/ to |silent/).slice(0, 5)).toEqual([
    "1 a 1 to web/0",
    "12 a 2 to web/0",
    "17 a 2 timeout-silent",
    "27 a 3 to web/1",
    "38 a 4 to web/1",
  ]);
});

test("a connection outlives its instance's leaving rotation", () => {
  const { lines } = plot(session(["1s"], { timeout: "5s" }), {
    balancer: { policy: "round-robin", probe: { interval: "5s", phase: "1s", evictAfter: "6s", asks: "application" } },
    faults: [{ at: "13500ms", kind: "pause", instance: "web/0", repairAfter: "8s" }],
  });
  expect(lines(/web\/0 (in|out)/)).toEqual(["17 web/0 out", "26 web/0 in"]);
  expect(new Set(where(lines(/ to /)))).toEqual(new Set(["web/0"]));
});

test("a planned stop closes the connection when it begins", () => {
  const { lines } = plot(session(["1s", "2s"]), {
    balancer: { policy: "round-robin" },
    operations: [{ at: "20s", kind: "scale", role: "web", instances: 1 }],
    service: { roles: { web: { kind: "web", instances: 2, service: "1s", onStop: "1min" } } },
    horizon: "40s",
  });
  expect(lines(/a \d to /)).toEqual([
    "1 a 1 to web/0",
    "2 a 2 to web/1",
    "12 a 3 to web/0",
    "13 a 4 to web/1",
    "23 a 5 to web/0",
    "24 a 6 to web/0",
    "34 a 7 to web/0",
    "35 a 8 to web/0",
  ]);
});

test("an idle connection is dropped after idleTimeout, and the next request opens a new one from another port", () => {
  const slow = { a: { endpoint: "web", arrivals: { instants: ["1s"] }, session: { requests: 1_000_000, think: "5min" } } };
  const { lines } = plot(slow, { horizon: "3h" });
  expect(lines(/ to /)).toHaveLength(36);
  expect(new Set(where(lines(/ to /))).size).toBe(4);
  const kept = plot(slow, { horizon: "3h", balancer: { idleTimeout: "10min" } });
  expect(new Set(where(kept.lines(/ to /))).size).toBe(1);
});

test("a session has a geometric number of requests with the mean that was asked for", () => {
  const arrivals = "constant(100/s)";
  const { summary } = plot(
    { a: { endpoint: "web", arrivals, session: { requests: 4, think: "10ms" } } },
    { horizon: "100s", service: { roles: { web: { kind: "web", instances: 4, service: "1ms" } } } },
  );
  expect(Math.abs(summary.requests.offered / 9999 - 4)).toBeLessThan(0.15);
});

test("closed users: each sends its next request a think time after the last answer, and all think first", () => {
  const { lines } = plot({ a: { endpoint: "web", users: 2, think: "10s" } }, { horizon: "30s" });
  expect(lines(/arrives/)).toEqual(["10 a 1 arrives", "10 a 2 arrives", "21 a 3 arrives", "21 a 4 arrives"]);
});

test("a closed user whose request failed thinks and tries again", () => {
  const { lines } = plot(
    { a: { endpoint: "web", users: 1, think: "10s" } },
    { horizon: "45s", faults: [{ at: "5s", kind: "app-crash", instance: "each(web)", repairAfter: "10s" }] },
  );
  expect(lines(/arrives|no-backend|ok/)).toEqual([
    "10 a 1 arrives",
    "10 a 1 no-backend",
    "20 a 2 arrives",
    "21 a 2 ok",
    "31 a 3 arrives",
    "32 a 3 ok",
    "42 a 4 arrives",
    "43 a 4 ok",
  ]);
});

test("a request trace carries each request's demand", () => {
  const { lines } = plot({ a: { endpoint: "web", arrivals: { instants: ["1s", "2s"], demands: ["5s", "3s"] } } });
  expect(lines(/ok/)).toEqual(["5 a 2 ok", "6 a 1 ok"]);
});

test("counts: so many arrivals in each interval", () => {
  const { lines } = plot({ a: { endpoint: "web", arrivals: { counts: [3, 0, 5], every: "1min" } } });
  const minutes = lines(/arrives/).map((line) => Math.floor(Number.parseFloat(line) / 60));
  expect(minutes).toEqual([0, 0, 0, 2, 2, 2, 2, 2]);
});

test("sessions of one request on average have one each", () => {
  const { summary, lines } = tell({
    service: { roles: { web: { kind: "web", instances: 1, service: "1s" } } },
    clients: { a: { endpoint: "web", arrivals: { instants: ["1s", "2s", "3s"] }, session: { requests: 1, think: "1s" } } },
  });
  expect(lines(/ok/)).toEqual(["2 a 1 ok", "3 a 2 ok", "4 a 3 ok"]);
  expect(summary.requests.offered).toBe(3);
});
