import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Clients = NonNullable<Plot["clients"]>;

/** One role of two instances behind round robin, one second of work, one client that sends at instants. */
function plot(client: object, more: Partial<Plot> = {}, role: object = {}) {
  return tell({
    service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "1s", ...role } } },
    balancer: { policy: "round-robin" },
    clients: { a: { endpoint: "web", arrivals: { instants: ["1s"] }, ...client } } as Clients,
    ...more,
  });
}
const crash = (at: string, repairAfter = "1min") => ({ at, kind: "app-crash", instance: "web/0", repairAfter });
const blind = { policy: "round-robin", probe: { interval: "5min", phase: "4min", misses: 1 } };

test("a failed attempt is tried again, on another instance, and the request succeeds with the latency of all of it", () => {
  const { lines, summary } = plot({ retry: { attempts: 3, backoff: "2s" } }, { balancer: blind, faults: [crash("500ms")] });
  expect(lines(/^\d.* a 1/)).toEqual([
    "1 a 1 arrives",
    "1 a 1.1 starts",
    "1 a 1.1 to web/0",
    "1 a 1.1 refused",
    "3 a 1.2 starts",
    "3 a 1.2 to web/1",
    "4 a 1 ok",
  ]);
  expect(summary.requests).toMatchObject({
    offered: 1,
    succeeded: 1,
    attempts: 2,
    retries: 1,
    hedges: 0,
    amplification: 2,
    attemptsFailedByCause: { refused: 1 },
    failedByCause: {},
  });
  expect(summary.latencyMs.max).toBe(3000);
});

test("the back-off doubles from first to max, and the last cause is the request's", () => {
  const { lines, summary } = plot(
    { retry: { attempts: 6, backoff: { first: "1s", max: "4s" } } },
    { faults: [crash("500ms"), { ...crash("500ms"), instance: "web/1" }] },
  );
  expect(lines(/starts/).map((line) => Number.parseFloat(line))).toEqual([1, 2, 4, 8, 12, 16]);
  expect(lines(/a 1 no-backend/)).toEqual(["16 a 1 no-backend"]);
  expect(summary.requests).toMatchObject({ failed: 1, attempts: 6, retries: 5, attemptsFailedByCause: { "no-backend": 6 } });
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "app-crash of web/0", failed: 1 }]);
});

test("each attempt has its own time-out, and the work of those given up goes on for nobody", () => {
  const { lines, summary } = plot({ timeout: "600ms", retry: { attempts: 3, backoff: "400ms" } }, {}, { instances: 1 });
  // one slot, one second of work: the second try waits behind the zombie of the first until 2 s, the third behind that of the second
  expect(lines(/a 1/)).toEqual([
    "1 a 1 arrives",
    "1 a 1.1 starts",
    "1 a 1.1 to web/0",
    "1.6 a 1.1 timeout-slow",
    "2 a 1.2 starts",
    "2 a 1.2 to web/0",
    "2.6 a 1.2 timeout-slow",
    "3 a 1.3 starts",
    "3 a 1.3 to web/0",
    "3.6 a 1.3 timeout-slow",
    "3.6 a 1 timeout-slow",
  ]);
  expect(summary.latencyWithTimeoutsMs.max).toBe(2600);
});

test("no try starts that would start after the deadline, and what is under way at the deadline times out", () => {
  const late = plot(
    { deadline: "10s", retry: { attempts: 9, backoff: "6s" } },
    { faults: [crash("500ms", "1min"), { ...crash("500ms"), instance: "web/1" }] },
  );
  expect(late.lines(/starts|a 1 no/)).toEqual(["1 a 1.1 starts", "7 a 1.2 starts", "7 a 1 no-backend"]);
  const slow = plot(
    { timeout: "3s", deadline: "5s", retry: { attempts: 9, backoff: "1s" } },
    {},
    { service: "1min", cancelOnTimeout: true },
  );
  expect(slow.lines(/starts|timeout/)).toEqual([
    "1 a 1.1 starts",
    "4 a 1.1 timeout-slow",
    "5 a 1.2 starts",
    "6 a 1.2 timeout-slow",
    "6 a 1 timeout-slow",
  ]);
});

test("an answer at the very instant of the deadline is a success", () => {
  expect(plot({ deadline: "1s" }).lines(/ok|timeout/)).toEqual(["2 a 1 ok"]);
});

test("only causes in `on` are retried", () => {
  const faults = [crash("500ms")];
  const retry = { attempts: 5, backoff: "1s", on: ["timeout-slow"] };
  expect(plot({ retry }, { balancer: blind, faults }).lines(/refused/)).toEqual(["1 a 1.1 refused", "1 a 1 refused"]);
});

test("every attempt has the demand that was drawn at the first arrival", () => {
  const { summary } = plot(
    { arrivals: { instants: ["1s", "40s", "80s"] }, retry: { attempts: 2, backoff: "1s" } },
    { faults: [{ at: "500ms", kind: "app-crash", instance: "each(web)", repairAfter: "1s" }] },
    { service: "exponential(1s)" },
  );
  const plain = plot({ arrivals: { instants: ["1s", "40s", "80s"] } }, {}, { service: "exponential(1s)" });
  expect(summary.requests).toMatchObject({ succeeded: 3, attempts: 4 });
  expect(summary.latencyMs.mean ?? 0).toBeCloseTo((plain.summary.latencyMs.mean ?? 0) + 1000 / 3, 6);
});

test("jitter: full draws from all of the wait, equal from its upper half, decorrelated from first to three times the last", () => {
  const starts = (jitter: string) => {
    const instants = Array.from({ length: 200 }, (_, k) => `${k + 1}s`);
    const { lines } = plot(
      { arrivals: { instants }, retry: { attempts: 2, backoff: { first: "100s", max: "250s" }, jitter } },
      { balancer: { probe: "none" }, faults: [{ at: "0s", kind: "app-crash", instance: "each(web)", repairAfter: "1h" }] },
    );
    return lines(/\.2 starts/).map((line) => Number.parseFloat(line) - Number(/a (\d+)\./.exec(line)?.[1]));
  };
  const range = (waits: number[]) => [Math.min(...waits), Math.max(...waits)];
  const mean = (waits: number[]) => waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  const within = (jitter: string, low: number, high: number) => {
    const waits = starts(jitter);
    const [least = 0, most = 0] = range(waits);
    expect(waits).toHaveLength(200);
    expect([least >= low, least < low + (high - low) / 20, most <= high, most > high - (high - low) / 20]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(Math.abs(mean(waits) - (low + high) / 2)).toBeLessThan((high - low) / 10);
  };
  expect(range(starts("none"))).toEqual([100, 100]);
  within("full", 0, 100);
  within("equal", 50, 100);
  within("decorrelated", 100, 250);
});

test("a retry budget: a bucket of tokens filled by requests and time, one for each retry", () => {
  const instants = Array.from({ length: 20 }, (_, k) => `${k + 1}s`);
  const faults = [{ at: "0s", kind: "app-crash", instance: "each(web)", repairAfter: "1h" }];
  const retries = (budget: object) =>
    plot({ arrivals: { instants }, retry: { attempts: 2, backoff: "1ms", budget } }, { faults }).summary.requests.retries;
  expect(retries({ ratio: "10%", min: "0/s", burst: 1 })).toBe(2);
  expect(retries({ ratio: "50%", min: "0/s", burst: 3 })).toBe(12);
  expect(retries({ ratio: "0%", min: "0.25/s", burst: 1 })).toBe(5);
});

test("draws of retries shift nobody's luck: the same arrivals and demands with and without them", () => {
  const offered = (client: object) => {
    const { lines } = plot({ arrivals: "poisson(1/s)", ...client }, { balancer: { policy: "hash" } }, { service: "exponential(1s)" });
    return lines(/arrives/);
  };
  expect(offered({ timeout: "1s", retry: { attempts: 4, backoff: "100ms", jitter: "full" }, hedge: "300ms" })).toEqual(
    offered({ timeout: "1s" }),
  );
});

test("a client with a policy that never acts lives the same history as one without", () => {
  const outcome = (client: object) =>
    plot({ arrivals: "poisson(1/s)", ...client }, { balancer: { policy: "hash" } }, { service: "exponential(1s)" })
      .lines(/ok/)
      .map((line) => line.replace(/\.\d+ /, " "));
  expect(outcome({ retry: { attempts: 3 } })).toEqual(outcome({}));
});

test("a session keeps its connection until an attempt fails, and goes on when the request is settled", () => {
  const { lines } = plot(
    { session: { requests: 1_000_000, think: "10s" }, timeout: "5s", retry: { attempts: 2, backoff: "1s" } },
    { horizon: "35s", faults: [{ at: "5s", kind: "app-hang", instance: "web/0" }] },
  );
  expect(lines(/ to |silent|ok/)).toEqual([
    "1 a 1.1 to web/0",
    "2 a 1 ok",
    "12 a 2.1 to web/0",
    "17 a 2.1 timeout-silent",
    "18 a 2.2 to web/1",
    "19 a 2 ok",
    "29 a 3.1 to web/1",
    "30 a 3 ok",
  ]);
});

test("a closed user goes on when the request has failed for good", () => {
  const { lines } = plot(
    { arrivals: undefined, users: 1, think: "10s", retry: { attempts: 2, backoff: "2s" } },
    { horizon: "30s", faults: [{ at: "5s", kind: "app-crash", instance: "each(web)" }] },
  );
  expect(lines(/arrives|a \d no/)).toEqual(["10 a 1 arrives", "12 a 1 no-backend", "22 a 2 arrives", "24 a 2 no-backend"]);
});
