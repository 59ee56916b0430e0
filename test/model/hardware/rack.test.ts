import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const plot = (faults: Plot["faults"], more: Partial<Plot> = {}) =>
  tell({
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 2 },
    service: { roles: { web: { kind: "web", instances: 4 } } },
    fabric: { healing: "platform", hostHeartbeat: { period: "1us", timeout: "30s" }, hostRestart: "7min", guestReboot: "75s" },
    horizon: "30min",
    faults,
    ...more,
  });

test("rack power: every host of the fault domain stops with every VM on it, and nothing else", () => {
  const { lines } = plot([{ at: "1min", kind: "rack-power", faultDomain: "faultDomain(0)" }]);
  expect(lines(/^60 .*(down|dead)/)).toEqual(["60 host 0 down", "60 web/0 dead", "60 host 1 down", "60 web/2 dead"]);
});

test("power that returns before the declaration boots the instances where they were", () => {
  const { lines } = plot([{ at: "1min", kind: "rack-power", faultDomain: "faultDomainOf(web/0)", repairAfter: "20s" }]);
  expect(lines(/(host|web\/)\S* ?.*(up|rebooting|ready|declared)/)).toEqual([
    "80 host 0 up",
    "80 web/0 rebooting",
    "80 host 1 up",
    "80 web/2 rebooting",
    "155 web/0 ready",
    "155 web/2 ready",
  ]);
});

test("a restart attempt fails while the rack has no power, and the instances move", () => {
  const { lines } = plot([{ at: "1min", kind: "rack-power", faultDomain: "faultDomain(0)", repairAfter: "20min" }]);
  expect(lines(/restart (fails|succeeds)|on host|up$/)).toEqual([
    "510 host 0 restart fails",
    "510 web/0 on host 2",
    "510 host 1 restart fails",
    "510 web/2 on host 3",
    "1260 host 0 up",
    "1260 host 1 up",
  ]);
});

test("a host of the rack that broke down by itself stays down when the power returns", () => {
  const { lines } = plot(
    [
      { at: "50s", kind: "host-failure", host: "host(1)" },
      { at: "1min", kind: "rack-power", faultDomain: "faultDomain(0)", repairAfter: "15s" },
    ],
    { fabric: { healing: "none" } },
  );
  expect(lines(/ up$/)).toEqual(["75 host 0 up"]);
});

test("a host that only needed a restart comes back with the power", () => {
  const { lines } = plot(
    [
      { at: "50s", kind: "host-failure", host: "host(1)", class: "reboot" },
      { at: "1min", kind: "rack-power", faultDomain: "faultDomain(0)", repairAfter: "15s" },
    ],
    { fabric: { healing: "none" } },
  );
  expect(lines(/ up$| ends$/)).toEqual([
    "75 rack-power of fault domain 0 ends",
    "75 host 0 up",
    "75 host-failure of host 1 ends",
    "75 host 1 up",
  ]);
});

test("two faults of one component end one by one: it works again after the last", () => {
  const { lines } = plot(
    [
      { at: "1min", kind: "rack-power", faultDomain: "faultDomain(0)", repairAfter: "1min" },
      { at: "90s", kind: "rack-power", faultDomain: "faultDomain(0)", repairAfter: "1min" },
      { at: "5min", kind: "host-failure", host: "host(3)", repairAfter: "1min" },
      { at: "330s", kind: "host-failure", host: "host(3)", repairAfter: "1min" },
    ],
    { fabric: { healing: "none" } },
  );
  expect(lines(/host \d (up|down)$/)).toEqual([
    "60 host 0 down",
    "60 host 1 down",
    "150 host 0 up",
    "150 host 1 up",
    "300 host 3 down",
    "390 host 3 up",
  ]);
});

test("repair crews come first come first served, and a repair lasts from when a crew begins", () => {
  const { lines } = plot(
    [
      { at: "60s", kind: "host-failure", host: "host(0)", repairAfter: "2min" },
      { at: "70s", kind: "host-failure", host: "host(2)", repairAfter: "1min" },
      { at: "80s", kind: "rack-power", faultDomain: "faultDomain(1)", repairAfter: "30s" },
      { at: "90s", kind: "host-failure", host: "host(1)", repairAfter: "10s" },
    ],
    { datacenter: { faultDomains: 2, hostsPerFaultDomain: 2, repairCrews: 1 }, fabric: { healing: "none" } },
  );
  expect(lines(/ ends$/)).toEqual([
    "180 host-failure of host 0 ends",
    "240 host-failure of host 2 ends",
    "270 rack-power of fault domain 1 ends",
    "280 host-failure of host 1 ends",
  ]);
  expect(lines(/ up$/)).toEqual(["180 host 0 up", "270 host 2 up", "270 host 3 up", "280 host 1 up"]);
});

test("with crews enough every repair begins at once", () => {
  const faults = [0, 1, 2].map((id) => ({ at: `${60 + id}s`, kind: "host-failure", host: `host(${id})`, repairAfter: "1min" }));
  const { lines } = plot(faults, { fabric: { healing: "none" } });
  expect(lines(/ up$/)).toEqual(["120 host 0 up", "121 host 1 up", "122 host 2 up"]);
});
