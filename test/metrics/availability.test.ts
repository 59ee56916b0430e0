import { expect, test } from "vitest";
import { type Plot, tell } from "../model/story.ts";

type Fault = Exclude<NonNullable<Plot["faults"]>, string>[number];
/** Down from one second to another, by an explicit crash. */
const down = (instance: string, from: number, to: number): Fault => ({
  at: `${from}s`,
  kind: "app-crash",
  instance,
  repairAfter: `${to - from}s`,
});
const plot = (faults: Fault[], more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, service: "1s" } } },
    clients: { a: { endpoint: "web", arrivals: { instants: ["1s"] } } },
    faults,
    ...more,
  }).summary;

test("time: the share of time in which every role that has clients has measure.ready instances ready", () => {
  const faults = [down("web/0", 100, 200), down("web/1", 150, 250)];
  expect(plot(faults).availability.time).toBe(550 / 600);
  expect(plot(faults, { measure: { ready: 2 } }).availability.time).toBe(450 / 600);
});

test("time: roles without clients do not count, unless no role has any", () => {
  const roles = { web: { kind: "web", instances: 1 }, work: { kind: "worker", instances: 1 } } as const;
  const faults = [down("work/0", 100, 200)];
  expect(plot(faults, { service: { roles } }).availability.time).toBe(1);
  const { clients: _, ...idle } = { service: { roles }, clients: {}, faults };
  expect(tell(idle).summary.availability.time).toBe(500 / 600);
});

test("reachable: the rotation is not empty, whoever is ready", () => {
  const balancer = { probe: { phase: "7s" } };
  const both = [down("web/0", 100, 200), down("web/1", 150, 250)];
  // out from 112 s to 202 s, and from 157 s to 262 s
  const { availability } = plot(both, { balancer });
  expect(availability.reachable).toBe(1 - 45 / 600);
  expect(availability.time).toBe(550 / 600);
});

test("capacity: ready over asked", () => {
  const faults = [down("web/0", 100, 200), down("web/1", 150, 250)];
  expect(plot(faults).availability.capacity).toBe(1000 / 1200);
  const scaled = plot([], { fabric: { provision: "100s" }, operations: [{ at: "300s", kind: "scale", role: "web", instances: 4 }] });
  expect(scaled.availability.capacity).toBe((2 * 300 + 2 * 100 + 4 * 200) / (2 * 300 + 4 * 300));
});

test("atLeast k: the share of time in which every role has k ready, and null when not asked for", () => {
  const faults = [down("web/0", 100, 200)];
  expect(plot(faults, { measure: { atLeast: 2 } }).availability.atLeast).toBe(500 / 600);
  expect(plot(faults).availability.atLeast).toBeNull();
});

test("request: succeeded over offered; latency: succeeded within the threshold over offered", () => {
  const { availability } = plot([down("web/0", 100, 200), down("web/1", 100, 200)], {
    service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "1s" } } },
    balancer: { policy: "least-outstanding" },
    clients: { a: { endpoint: "web", arrivals: { instants: ["1s", "1s", "1s", "150s"] } } },
    measure: { latencyThreshold: "1s" },
  });
  expect(availability).toMatchObject({ request: 3 / 4, latency: 2 / 4 });
});

test("nothing was asked: no request availability, neither 0 nor 100 %, in a window and over all", () => {
  const { availability, windows, requests, byClient } = plot([], {
    clients: { a: { endpoint: "web", arrivals: { instants: ["1s"] } } },
    measure: { warmUp: "2s", window: "100s" },
  });
  expect(requests.offered).toBe(0);
  expect(availability).toMatchObject({ request: null, latency: null, time: 1 });
  expect(byClient[0]?.availability).toBeNull();
  expect(windows[0]).toMatchObject({ requests: 0, availability: null, latencyMs: { mean: null, p99: null, max: null } });
});

test("sla: a minute of the clock is down when throughout it no instance in rotation could accept a connection", () => {
  const outage = (from: number, to: number) => plot([down("web/0", from, to), down("web/1", from, to)]).availability.sla;
  expect(outage(100, 170)).toBe(1);
  expect(outage(100, 180)).toBe(1 - 1 / 10);
  expect(outage(120, 240)).toBe(1 - 2 / 10);
  expect(outage(121, 299)).toBe(1 - 1 / 10);
  expect(outage(120, 179)).toBe(1);
});

test("sla: instances that are dead but still in rotation accept nothing", () => {
  const host = (id: number): Fault => ({ at: "119s", kind: "host-failure", host: `hostOf(web/${id})`, repairAfter: "2min" });
  const { availability } = plot([host(0), host(1)], { balancer: { probe: { evictAfter: "1h", phase: "7s" } } });
  expect(availability.reachable).toBe(1);
  expect(availability.sla).toBe(1 - 1 / 10);
});

test("sla: single-instance roles have none", () => {
  const service = { roles: { web: { kind: "web", instances: 1 } } } as const;
  expect(plot([down("web/0", 100, 300)], { service }).availability.sla).toBeNull();
});

test("sla: minutes in which nothing was deployed are not its minutes", () => {
  const operations = [
    { at: "120s", kind: "delete", slot: "production" },
    { at: "300s", kind: "deploy", slot: "production", version: "v1" },
  ] as const;
  const { availability } = plot([], { operations: [...operations], fabric: { provision: "60s" } });
  // deployed for 2 + 5 minutes, and without anybody for the first of the five
  expect(availability.sla).toBeCloseTo(1 - 1 / 7, 12);
});

test("a hung role accepts connections: only request and latency show it", () => {
  const hang = (instance: string): Fault => ({ at: "120s", kind: "app-hang", instance, repairAfter: "3min" });
  const { availability } = plot([hang("web/0"), hang("web/1")], {
    clients: { a: { endpoint: "web", arrivals: { instants: ["1s", "150s"] }, timeout: "10s" } },
    measure: { atLeast: 2 },
  });
  expect(availability).toEqual({ request: 0.5, latency: 0.5, time: 1, reachable: 1, capacity: 1, sla: 1, atLeast: 1 });
});

test("a frozen role accepts no connection", () => {
  const freeze = (instance: string): Fault => ({ at: "120s", kind: "pause", instance, repairAfter: "3min" });
  const { availability } = plot([freeze("web/0"), freeze("web/1")]);
  expect(availability).toMatchObject({ time: 420 / 600, sla: 1 - 3 / 10 });
});

test("time measures are by the clock in [from, to)", () => {
  const measure = { warmUp: "150s", to: "350s" };
  const { availability, byRole } = plot([down("web/0", 100, 200), down("web/1", 100, 450)], { measure });
  expect(availability).toMatchObject({ time: 150 / 200, capacity: 150 / 400 });
  expect(byRole[0]).toMatchObject({ readyMean: 150 / 200, readyMin: 0, degradedSeconds: 200 });
});

test("only production counts: what happens in staging, or leaves production by a swap, is not measured", () => {
  const operations = [
    { at: "0s", kind: "deploy", version: "v2" },
    { at: "100s", kind: "swap" },
  ] as const;
  const { availability } = plot([down("web/0", 50, 60), down("staging:web/0", 200, 500), down("staging:web/1", 200, 500)], {
    operations: [...operations],
  });
  expect(availability).toMatchObject({ time: 1, capacity: (1200 - 10) / 1200 });
});

test("byRole says how few were ready and in rotation at any time", () => {
  const { byRole } = plot([down("web/0", 100, 200), down("web/1", 150, 250)]);
  expect(byRole[0]).toMatchObject({ name: "web", kind: "web", asked: 2, readyMin: 0, inRotationMin: 0, degradedSeconds: 150 });
});

test("instances say how long they were not ready", () => {
  const { instances } = plot([down("web/0", 100, 200), down("web/1", 580, 700)]);
  expect(instances.map(({ downSeconds }) => downSeconds)).toEqual([100, 20]);
});

const addressed = (faults: Fault[], more: Partial<Plot> = {}) =>
  plot(faults, {
    service: { roles: { web: { kind: "web", instances: 3, endpoints: { public: {}, debug: { instanceInput: true } } } } },
    clients: { a: { endpoint: "web/debug/2", arrivals: { instants: ["1s"] } } },
    ...more,
  });

test("of clients that address one instance past the balancer, that one counts", () => {
  expect(addressed([down("web/0", 100, 200)]).availability).toMatchObject({ time: 1, reachable: 1 });
  const { availability, downtime } = addressed([down("web/2", 100, 200)]);
  expect(availability).toMatchObject({ time: 500 / 600, reachable: 500 / 600 });
  expect(downtime.byAttribution).toEqual([{ source: "app-crash of web/2", kind: "app-crash", seconds: 100 }]);
  // its own port does not wait for a probe, but a hung process still accepts connections
  expect(addressed([{ at: "100s", kind: "app-hang", instance: "web/2", repairAfter: "50s" }]).availability.reachable).toBe(1);
});

test("clients of the balancer and of one instance count both", () => {
  const clients = { a: { endpoint: "web/debug/2", users: 1 }, b: { endpoint: "web/public", users: 1 } };
  const faults = [down("web/0", 50, 350), down("web/1", 100, 300), down("web/2", 200, 400)];
  expect(addressed(faults, { clients, balancer: { probe: "none" } }).availability).toMatchObject({ time: 400 / 600, reachable: 400 / 600 });
});

test("an instance that was scaled in is down for who addresses it, because of that", () => {
  const { downtime, requests } = addressed([], {
    operations: [{ at: "200s", kind: "scale", role: "web", instances: 2 }],
    clients: { a: { endpoint: "web/debug/2", arrivals: { instants: ["1s", "300s"] } } },
  });
  expect(downtime.byAttribution).toEqual([{ source: "scale web to 2", kind: "scale", seconds: 400 }]);
  expect(requests.failedByAttribution).toMatchObject([{ source: "scale web to 2", cause: "no-backend", failed: 1 }]);
});
