import { expect, test } from "vitest";
import { type Plot, tell } from "../model/story.ts";

const at = (instants: string[], more: object = {}) => ({ a: { endpoint: "web", arrivals: { instants }, ...more } });
const plot = (more: Partial<Plot> = {}) =>
  tell({ service: { roles: { web: { kind: "web", instances: 1, concurrency: 1, service: "1s" } } }, horizon: "100s", ...more });

test("arrivals stop at the horizon, and one at that very instant is not counted", () => {
  const { summary, lines } = plot({ clients: at(["98s", "99999ms", "100s", "101s"]) });
  expect(lines(/arrives/)).toHaveLength(2);
  expect(summary.requests).toMatchObject({ offered: 2, succeeded: 2 });
});

test("what arrived before the horizon is served after it", () => {
  const { lines, summary } = plot({ clients: at(["99s", "99s", "99s"]) });
  expect(lines(/ok/)).toEqual(["100 a 1 ok", "101 a 2 ok", "102 a 3 ok"]);
  expect(summary.simulatedSeconds).toBe(100);
});

test("requests are settled within an hour after the horizon, and the rest is unsettled", () => {
  const demands = ["3600s", "1s", "3601s"];
  const service = { roles: { web: { kind: "web", instances: 1, service: "1s" } } } as const;
  const { summary, lines } = plot({
    service,
    clients: { a: { endpoint: "web", arrivals: { instants: ["99s", "99s", "99999999us"], demands } } },
  });
  expect(lines(/ok|unsettled/)).toEqual(["100 a 2 ok", "3699 a 1 ok", "3699 a 3 unsettled"]);
  expect(summary.requests).toMatchObject({ offered: 3, succeeded: 2, failed: 1, failedByCause: { unsettled: 1 } });
  expect(summary.requests.failedByAttribution).toMatchObject([
    { source: "the end: still open an hour after it", cause: "unsettled", failed: 1 },
  ]);
});

test("faults drawn from laws stop at the horizon, those under way are still healed", () => {
  const { lines } = plot({
    clients: at(["99s"], { timeout: "30s" }),
    faults: [
      { every: "30s", kind: "app-crash", instance: "each(web)", repairAfter: "20s" },
      { at: "99500ms", kind: "app-hang", instance: "web/0", repairAfter: "5s" },
    ],
  });
  expect(lines(/strikes|ends/)).toEqual([
    "30 app-crash of web/0 strikes",
    "50 app-crash of web/0 ends",
    "80 app-crash of web/0 strikes",
    "99.5 app-hang of web/0 strikes",
    "99.5 app-hang of web/0 ends",
    "100 app-crash of web/0 ends",
  ]);
});

test("faults and operations at instants after the horizon never happen, though requests are still open", () => {
  const { lines, summary } = plot({
    service: { roles: { web: { kind: "web", instances: 1, service: "1min" } } },
    clients: at(["99s"]),
    faults: [{ at: "110s", kind: "app-crash", instance: "web/0" }],
    operations: [{ at: "120s", kind: "upgrade", version: "v2" }],
  });
  expect(lines(/ok|strikes|upgrade/)).toEqual(["159 a 1 ok"]);
  expect(summary.operations).toEqual([]);
});

test("probes and running operations go on until every request is settled", () => {
  const { lines } = plot({
    service: { roles: { web: { kind: "web", instances: 2, service: "1s", roleStart: "10s" } } },
    balancer: { policy: "round-robin", probe: { phase: "7s" } },
    fabric: { drainTimeout: "5min" },
    clients: { a: { endpoint: "web", arrivals: { instants: ["80s", "81s"], demands: ["20s", "220s"] } } },
    operations: [{ at: "90s", kind: "upgrade", version: "v2" }],
  });
  expect(lines(/ok|(in|out)$/)).toEqual(["90 web/0 out", "100 a 1 ok", "110 web/1 out", "112 web/0 in", "301 a 2 ok"]);
});

test("sessions under way end with their open request", () => {
  const { summary, lines } = plot({
    clients: { a: { endpoint: "web", arrivals: { instants: ["95s"] }, session: { requests: 1_000_000, think: "2s" } } },
  });
  expect(lines(/arrives/)).toEqual(["95 a 1 arrives", "98 a 2 arrives"]);
  expect(summary.requests).toMatchObject({ offered: 2, succeeded: 2 });
});

test("measures end at the horizon: what is healed after it was down until then", () => {
  const { summary } = plot({
    clients: at(["1s"]),
    faults: [{ at: "90s", kind: "app-crash", instance: "web/0", repairAfter: "1h" }],
  });
  expect(summary.availability.time).toBe(0.9);
  expect(summary.instances[0]?.downSeconds).toBe(10);
});

test("a request that is tried twice is unsettled once, with both of its attempts", () => {
  const { summary, lines } = plot({
    clients: {
      a: {
        endpoint: "web",
        arrivals: { instants: ["99s", "99s"], demands: ["3700s", "1s"] },
        timeout: "2h",
        retry: { attempts: 3, backoff: "1s" },
        hedge: "10s",
      },
    },
  });
  expect(lines(/unsettled/).map((line) => line.replace(/^\S+ /, ""))).toEqual([
    "a 1.1 unsettled",
    "a 1.2 unsettled",
    "a 1 unsettled",
    "a 2.1 unsettled",
    "a 2.2 unsettled",
    "a 2 unsettled",
  ]);
  expect(summary.requests).toMatchObject({ offered: 2, failed: 2, attempts: 4, hedges: 2, failedByCause: { unsettled: 2 } });
});
