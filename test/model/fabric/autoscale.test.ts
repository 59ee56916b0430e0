import { expect, test } from "vitest";
import { day, hour, minute } from "../../../src/kernel/time.ts";
import type { AutoscaledRoleDesign } from "../../../src/model/design.ts";
import { profileAt } from "../../../src/model/fabric/autoscaleProfile.ts";
import { type Plot, tell } from "../story.ts";

const out = { metric: "cpu", operator: ">", threshold: 70, scale: "out" } as const;
const inward = { metric: "cpu", operator: "<", threshold: 30, scale: "in" } as const;
/** One second of work a request, one at a time an instance: so many requests a second keep so many instances busy. */
const plot = (more: Partial<Plot>, setting: Record<string, unknown> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "1s" } } },
    balancer: { policy: "least-outstanding", probe: "none" },
    clients: { a: { endpoint: "web", arrivals: "constant(1.8/s)" } },
    fabric: { provision: "2min" },
    autoscale: { roles: { web: { capacity: { min: 2, max: 6 }, rules: [out, inward], ...setting } } },
    horizon: "15min",
    ...more,
  } as Plot);

test("the job looks every 45 s, scales out once a busy minute is known, and rests for the cool-down", () => {
  const { lines, summary } = plot({});
  expect(lines(/scaled out|web.* ready$|cool/)).toEqual([
    "90 scaled out from 2 to 3: cpu 89.2 % > 70 %",
    "135 in cool-down: cpu 89.6 % > 70 %",
    "210 web/2 ready",
    "405 scaled out from 3 to 4: cpu 74.9 % > 70 %",
    "450 in cool-down: cpu 72.7 % > 70 %",
    "525 web/3 ready",
  ]);
  expect(summary.autoscale).toEqual([{ name: "web", scaledOut: 2, scaledIn: 0, flappingAvoided: 0, frozen: 0 }]);
  expect(summary.operations).toMatchObject([
    { kind: "autoscale", title: "autoscale web", startedAtSeconds: 90, finishedAtSeconds: 525, outcome: "succeeded" },
  ]);
  const midway = plot({ horizon: "500s" }).summary.operations;
  expect(midway).toMatchObject([{ outcome: "running", finishedAtSeconds: null }]);
});

test("a metric is known only after its delay", () => {
  const { lines } = plot({ autoscale: { metricDelay: "3min", roles: { web: { capacity: { min: 2, max: 6 }, rules: [out, inward] } } } });
  expect(lines(/scaled out/)[0]).toMatch(/^270 scaled out from 2 to 3/);
});

test("processors that share work are as busy as their cores, and idle stores keep none busy", () => {
  const shared = { kind: "web", instances: 2, discipline: "processor-sharing", size: "Medium", concurrency: 50 } as const;
  const stores = { db: { kind: "sql", read: "500ms", write: "500ms" } } as const;
  const handler = [{ compute: "1s" }, { store: "db", operation: "read" }] as const;
  const { lines } = plot({
    service: { roles: { web: { ...shared, handler: [...handler] } } },
    stores,
    clients: { a: { endpoint: "web", arrivals: "constant(3/s)" } },
  });
  expect(lines(/scaled out/)[0]).toMatch(/^90 scaled out from 2 to 3: cpu 7[45]/);
});

test("work that an instance has begun and could not do in a minute keeps it busy in the next", () => {
  const service = { roles: { web: { kind: "web", instances: 1, concurrency: 1, service: "150s" } } } as const;
  const rules = [
    { ...out, threshold: 99, window: "1min", cooldown: "1h" },
    { ...inward, threshold: 60, window: "1min", cooldown: "0s" },
  ];
  const told = plot(
    { service, clients: { a: { endpoint: "web", arrivals: { instants: ["1s"] } } } },
    { capacity: { min: 1, max: 2 }, rules },
  ).lines(/scaled/);
  expect(told).toEqual([
    "90 scaled out from 1 to 2: cpu 100 % > 99 %",
    "180 not scaled in: it would flap, cpu 100 % > 99 % afterwards",
    "270 scaled in from 2 to 1: cpu 0 % < 60 %",
  ]);
});

test("what is lost when it scales in is attributed to it", () => {
  const { summary } = plot({
    service: { roles: { web: { kind: "web", instances: 3, concurrency: 10, service: "5min" } } },
    clients: { a: { endpoint: "web", arrivals: { instants: ["1s", "2s", "3s"] } } },
    fabric: { drainTimeout: "10s" },
  });
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "autoscale web", cause: "drained", failed: 1 }]);
});

test("after a swap the autoscaler looks at the role that is in the slot then", () => {
  const operations: Plot["operations"] = [
    { at: "10s", kind: "deploy", version: "v2", roles: { web: { instances: 5 } } },
    { at: "200s", kind: "swap" },
  ];
  const told = plot({ operations, clients: {} }).lines(/scaled|swapped/);
  expect(told.slice(0, 2)).toEqual(["200 slots swapped", "225 scaled in from 5 to 4: cpu 0 % < 30 %"]);
});

test("profiles: fixed windows go before days of the week, which may pass midnight, and the role's own rules are last", () => {
  const limits = { min: 1, max: 2, default: 1, rules: [] };
  const role: AutoscaledRoleDesign = {
    role: "web",
    slot: "production",
    profiles: [
      { name: "sale", when: { kind: "fixed", from: 2 * day, to: 3 * day }, ...limits },
      { name: "night", when: { kind: "recurrence", days: [0, 4], from: 22 * hour, to: 6 * hour }, ...limits },
      { name: "default", when: { kind: "always" }, ...limits },
    ],
  };
  const at = (now: number, startsAt = 0) => role.profiles[profileAt({ startsAt }, role, now)]?.name;
  expect([at(0), at(22 * hour), at(day + 5 * hour), at(day + 6 * hour), at(day + 23 * hour)]).toEqual([
    "default",
    "night",
    "night",
    "default",
    "default",
  ]);
  expect([at(2 * day), at(3 * day - 1), at(3 * day)]).toEqual(["sale", "sale", "default"]);
  // a run that starts on Friday at 21:59
  expect([at(0, 4 * day + 22 * hour - minute), at(minute, 4 * day + 22 * hour - minute)]).toEqual(["default", "night"]);
});

test("a profile of some hours of a day begins and ends on that day", () => {
  const limits = { min: 1, max: 2, default: 1, rules: [] };
  const profiles: AutoscaledRoleDesign["profiles"] = [
    { name: "office", when: { kind: "recurrence", days: [0, 4], from: 8 * hour, to: 17 * hour }, ...limits },
    { name: "default", when: { kind: "always" }, ...limits },
  ];
  const isOffice = (now: number) => profileAt({ startsAt: 0 }, { role: "web", slot: "production", profiles }, now) === 0;
  const monday = [8 * hour - 1, 8 * hour, 17 * hour - 1, 17 * hour].map(isOffice);
  expect(monday).toEqual([false, true, true, false]);
  expect([day + 9 * hour, 4 * day + 9 * hour, 7 * day + 9 * hour].map(isOffice)).toEqual([false, true, true]);
});

test("mistakes in a setting are told", () => {
  const wrong = (setting: Record<string, unknown>) => () => plot({}, setting);
  expect(wrong({ capacity: { min: 3, max: 2 } })).toThrow(/max is below min/);
  expect(wrong({ capacity: { min: 2, max: 4, default: 5 } })).toThrow(/the default is not from 2 to 4/);
  expect(wrong({ rules: [{ ...out, metric: "queue" }] })).toThrow(/needs a queue/);
  expect(wrong({ rules: [{ ...out, window: "30s" }] })).toThrow(/never holds a value/);
  expect(wrong({ rules: Array.from({ length: 11 }, () => out) })).toThrow(/10/);
  expect(wrong({ profiles: Array.from({ length: 20 }, () => ({ from: "0s", to: "1s", capacity: { min: 1, max: 1 } })) })).toThrow(
    /at most 20 profiles/,
  );
  expect(() => plot({ autoscale: { roles: { wbe: { capacity: { min: 1, max: 2 } } } } })).toThrow(/did you mean "web"/);
});
