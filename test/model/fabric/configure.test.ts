import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Operation = NonNullable<Plot["operations"]>[number];
const roles = (more: object = {}) => ({
  web: { kind: "web" as const, instances: 2, onStop: "10s", roleStart: "15s", onStart: "5s", ...more },
  work: { kind: "worker" as const, instances: 1 },
});
const plot = (operation: object, service: object = {}) =>
  tell({
    service: { roles: roles(), ...service },
    operations: [{ at: "100s", ...operation } as Operation],
    horizon: "1h",
  });

test("settings that instances apply as they run: Changing, Changed, and nobody stops", () => {
  expect(plot({ kind: "configure" }).lines(/web|work|settings/)).toEqual([
    "100 change settings starts",
    "100 web/0 Changing settings",
    "100 web/0 Changed settings",
    "100 web/1 Changing settings",
    "100 web/1 Changed settings",
    "100 work/0 Changing settings",
    "100 work/0 Changed settings",
    "100 change settings done",
  ]);
});

test("a role that asks to be recycled hears Changing and stops in good order, one upgrade domain at a time", () => {
  const { lines } = plot({ kind: "configure", recycle: true, only: ["web"] });
  expect(lines(/Chang|domain|stopping|starting|ready|done/)).toEqual([
    "100 upgrade domain 0 starts",
    "100 web/0 Changing settings",
    "100 web/0 stopping",
    "110 web/0 starting",
    "130 web/0 ready",
    "130 upgrade domain 1 starts",
    "130 web/1 Changing settings",
    "130 web/1 stopping",
    "140 web/1 starting",
    "160 web/1 ready",
    "160 change settings done",
  ]);
});

test("a certificate takes every instance offline, domain by domain, and nobody hears of it", () => {
  const { lines } = plot({ kind: "configure", change: "certificate" });
  expect(lines(/Chang|stopping|done/)).toEqual([
    "100 web/0 stopping",
    "100 work/0 stopping",
    "130 web/1 stopping",
    "160 exchange certificates done",
  ]);
});

test("the rest of the service hears of more or fewer instances of a role only when that role has an internal endpoint", () => {
  const scale = { kind: "scale", role: "web", instances: 3 };
  expect(plot(scale).lines(/Chang/)).toEqual([]);
  const told = (discovery: string) =>
    plot(scale, {
      roles: roles({ instances: 7, internalEndpoints: ["cache"] }),
      upgradeDomains: 2,
      topologyChangeDiscovery: discovery,
    }).lines(/Changed/);
  expect(told("blast")).toEqual(["web/0", "web/1", "web/2", "work/0"].map((name) => `100 ${name} Changed topology`));
  expect(told("upgrade-domain-walk")).toEqual(["web/0", "web/2", "work/0", "web/1"].map((name) => `100 ${name} Changed topology`));
});

test("an instance whose web site is dead is recycled too, and is back in rotation", () => {
  const { lines } = tell({
    service: { roles: { web: { kind: "web", instances: 2 } } },
    balancer: { probe: { interval: "5s", phase: "0s" } },
    faults: [{ at: "50s", kind: "web-process-crash", instance: "web/0", repairAfter: "1h" }],
    operations: [{ at: "101s", kind: "configure", recycle: true }],
  });
  expect(lines(/web\/0 (webDown|stopping|ready|in|out)/)).toEqual([
    "50 web/0 webDown",
    "101 web/0 out",
    "101 web/0 stopping",
    "101 web/0 ready",
    "105 web/0 in",
  ]);
});
