import { expect, test } from "vitest";
import { type Plot, tell } from "../model/story.ts";

const at = (instants: string[], more: object = {}) => ({ endpoint: "web", arrivals: { instants }, ...more });
const plot = (clients: Plot["clients"], more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "2s" } } },
    balancer: { policy: "round-robin" },
    clients,
    ...more,
  }).summary;

test("request measures are over a window by arrival time, whenever the answer comes", () => {
  const { requests, windows } = plot(
    { a: at(["9500ms", "10s", "99s", "100s", "199s"]) },
    { measure: { warmUp: "10s", to: "199s", window: "90s" } },
  );
  expect(requests).toMatchObject({ offered: 3, succeeded: 3 });
  expect(windows.map(({ fromSeconds, toSeconds, requests: count }) => [fromSeconds, toSeconds, count])).toEqual([
    [10, 100, 2],
    [100, 190, 1],
    [190, 199, 0],
  ]);
});

test("a request that arrives in one window and fails in the next is a failure of the first", () => {
  const { windows } = plot(
    { a: at(["99s"], { timeout: "10s" }) },
    { measure: { window: "100s" }, faults: [{ at: "50s", kind: "app-hang", instance: "each(web)" }] },
  );
  expect(windows[0]).toMatchObject({ requests: 1, failed: 1, availability: 0 });
  expect(windows[1]).toMatchObject({ requests: 0, failed: 0, availability: null });
});

test("latency is of successes; beside it with time-outs, which count as long as they lasted", () => {
  const { latencyMs, latencyWithTimeoutsMs } = plot(
    { a: at(["1s", "2s", "3s"], { timeout: "3500ms" }), b: at(["60s"], { timeout: "20s" }) },
    { faults: [{ at: "50s", kind: "app-hang", instance: "each(web)" }] },
  );
  expect(latencyMs.max).toBe(2000);
  expect(latencyMs.mean).toBe(2000);
  expect(latencyWithTimeoutsMs.max).toBe(20000);
  expect(latencyWithTimeoutsMs.mean).toBe((3 * 2000 + 20000) / 4);
});

test("quantiles are of the requests, within the histogram's error", () => {
  const demands = Array.from({ length: 1000 }, (_, k) => `${k + 1}ms`);
  const instants = Array.from({ length: 1000 }, (_, k) => `${2 * k}s`);
  const { latencyMs } = plot({ a: { endpoint: "web", arrivals: { instants, demands } } }, { horizon: "1h" });
  expect(latencyMs.p50).toBeCloseTo(500, -1);
  for (const [quantile, exact] of [
    [latencyMs.p50, 500],
    [latencyMs.p90, 900],
    [latencyMs.p99, 990],
    [latencyMs.p999, 999],
  ] as const)
    expect(Math.abs((quantile ?? 0) / exact - 1)).toBeLessThan(0.009);
  expect(latencyMs.max).toBe(1000);
});

test("every cause has its name, and the causes sum to the failures", () => {
  const { requests } = plot(
    { a: at(["1s", "1s", "1s", "1s", "1s", "20s", "41s"], { timeout: "3s" }) },
    {
      service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, queueLimit: 1, service: "2s" } } },
      balancer: { policy: "round-robin", probe: { phase: "0s" } },
      faults: [
        { at: "2s", kind: "app-crash", instance: "web/1" },
        { at: "10s", kind: "app-crash", instance: "web/0" },
      ],
    },
  );
  // two are served or wait at each, the fifth is too many; web/1 crashes with two, web/0 times the second one out
  expect(requests.failedByCause).toEqual({ "no-backend": 2, "queue-full": 1, crash: 2, "timeout-slow": 1 });
  expect(requests).toMatchObject({ offered: 7, attempts: 7, succeeded: 1, failed: 6 });
});

test("overload is put down to load, with the oldest open fault as contributing", () => {
  const service = { roles: { web: { kind: "web", instances: 2, concurrency: 1, queueLimit: 0, service: "2s" } } } as const;
  const alone = plot({ a: at(["1s", "1s", "1s"]) }, { service });
  expect(alone.requests.failedByAttribution).toMatchObject([{ source: "load", cause: "queue-full", failed: 1, atSeconds: null }]);
  const beside = plot({ a: at(["100s", "100s"]) }, { service, faults: [{ at: "50s", kind: "app-crash", instance: "web/1" }] });
  expect(beside.requests.failedByAttribution).toMatchObject([
    { source: "load, while app-crash of web/1 lasted", cause: "queue-full", failed: 1, atSeconds: 50, occurrences: 1 },
  ]);
});

test("of several open faults the earliest that is still open is blamed", () => {
  const { requests } = plot(
    { a: at(["200s"], { timeout: "5s" }) },
    {
      service: { roles: { web: { kind: "web", instances: 1 } } },
      faults: [
        { at: "50s", kind: "app-hang", instance: "web/0" },
        { at: "100s", kind: "pause", instance: "web/0", repairAfter: "150s" },
      ],
    },
  );
  expect(requests.failedByAttribution).toMatchObject([{ source: "app-hang of web/0", failed: 1 }]);
});

test("a fault that is over is not blamed any more, even if it was earlier", () => {
  const { requests } = plot(
    { a: at(["120s"]) },
    {
      service: { roles: { web: { kind: "web", instances: 1 } } },
      faults: [
        { at: "50s", kind: "app-crash", instance: "web/0", repairAfter: "10s" },
        { at: "100s", kind: "app-crash", instance: "web/0" },
      ],
    },
  );
  expect(requests.failedByAttribution).toMatchObject([{ atSeconds: 100, failed: 1 }]);
});

test("one line of the scenario is one source for each target, however often it strikes", () => {
  const { requests } = plot(
    { a: at(["55s", "115s", "175s"]) },
    {
      service: { roles: { web: { kind: "web", instances: 1 } } },
      faults: [{ every: "50s", kind: "app-crash", instance: "each(web)", repairAfter: "10s" }],
    },
  );
  expect(requests.failedByAttribution).toHaveLength(1);
  expect(requests.failedByAttribution).toMatchObject([
    { source: "app-crash of web/0", cause: "refused", failed: 3, atSeconds: 590, occurrences: 10 },
  ]);
});

test("a failure while an instance of a moved host is away is the host's", () => {
  const { requests } = plot(
    { a: at(["100s"], { timeout: "5s" }) },
    {
      service: { roles: { web: { kind: "web", instances: 1 } } },
      fabric: { healing: "platform", hostHeartbeat: { period: "1us", timeout: "30s" }, restartHostFirst: false, provision: "10min" },
      faults: [{ at: "50s", kind: "host-failure", host: "hostOf(web/0)" }],
    },
  );
  expect(requests.failedByAttribution).toMatchObject([{ source: "host-failure of host 0", cause: "timeout-silent", failed: 1 }]);
});

test("by client and by role the same requests are counted", () => {
  const { byClient, byRole, requests } = plot({ a: at(["1s", "2s"]), b: at(["3s"]) });
  expect(byClient.map(({ name, offered }) => [name, offered])).toEqual([
    ["a", 2],
    ["b", 1],
  ]);
  expect(byRole[0]).toMatchObject({ name: "web", offered: 3, succeeded: 3 });
  expect(requests.offered).toBe(3);
});

test("utilisation is busy time over the time of ready slots", () => {
  const { byRole } = plot({ a: at(Array.from({ length: 30 }, (_, k) => `${20 * k}s`)) });
  expect(byRole[0]?.utilization).toBeCloseTo((30 * 2) / (600 * 2), 12);
});

test("byRole tells of production, and of clients of the staging slot apart; byClient of each", () => {
  const { byClient, byRole, requests } = plot(
    {
      a: at(["1s", "60s"]),
      testers: at(["5s", "30s", "100s"], { slot: "staging" }),
    },
    {
      operations: [
        { at: "10s", kind: "deploy", slot: "staging", version: "v2" },
        { at: "50s", kind: "swap" },
      ],
    },
  );
  expect(requests).toMatchObject({ offered: 5, succeeded: 4, failed: 1 });
  expect(byRole[0]).toMatchObject({ offered: 2, succeeded: 2, failed: 0, availability: 1 });
  expect(byRole[0]?.staging).toEqual({ offered: 3, succeeded: 2, failed: 1, availability: 2 / 3 });
  expect(byClient.map(({ availability, name }) => [name, availability])).toEqual([
    ["a", 1],
    ["testers", 2 / 3],
  ]);
  expect(plot({ a: at(["1s"]) }).byRole[0]?.staging).toBeNull();
});
