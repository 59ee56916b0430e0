import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const onHosts = (plot: Plot, fromStart = true) => tell(plot).lines(/ on host /, fromStart);
const room = (faultDomains: number, hostsPerFaultDomain: number, cores = 16): Plot["datacenter"] => ({
  faultDomains,
  hostsPerFaultDomain,
  host: { cores },
});
const web = (instances: number, more: object = {}) => ({ web: { kind: "web", instances, ...more } }) as const;

test("an instance goes to the fault domain that holds the fewest of its role, ties to the lowest index", () => {
  const lines = onHosts({ datacenter: room(3, 1), service: { roles: web(5) } });
  expect(lines).toEqual(["0 web/0 on host 0", "0 web/1 on host 1", "0 web/2 on host 2", "0 web/3 on host 0", "0 web/4 on host 1"]);
});

test("fault domains with as many of the role: the one with the fewest of the same upgrade domain comes first", () => {
  const { summary } = tell({ datacenter: room(2, 4), service: { roles: web(8), upgradeDomains: 2 } });
  const cells = summary.instances.map(({ faultDomain, upgradeDomain }) => `${faultDomain}/${upgradeDomain}`);
  expect(cells).toEqual(["0/0", "1/1", "1/0", "0/1", "0/0", "1/1", "1/0", "0/1"]);
});

test("inside the fault domain the host with the most free cores is chosen, ties to the lowest index", () => {
  const lines = onHosts({ datacenter: room(1, 3, 4), service: { roles: web(4, { size: "Medium" }) } });
  expect(lines).toEqual(["0 web/0 on host 0", "0 web/1 on host 1", "0 web/2 on host 2", "0 web/3 on host 0"]);
});

test("each role is spread by itself, other roles only take room", () => {
  const { summary } = tell({
    datacenter: room(2, 1, 4),
    service: { roles: { a: { kind: "web", instances: 1, size: "Large" }, b: { kind: "web", instances: 2 } } },
  });
  expect(summary.instances.map(({ name, host }) => [name, host])).toEqual([
    ["a/0", 0],
    ["b/0", 1],
    ["b/1", 1],
  ]);
});

test("the upgrade domain of instance i is i mod the number of upgrade domains", () => {
  const { summary } = tell({ service: { roles: web(7), upgradeDomains: 3 } });
  expect(summary.instances.map(({ upgradeDomain }) => upgradeDomain)).toEqual([0, 1, 2, 0, 1, 2, 0]);
});

test("memory and disk are room too, and ExtraSmall takes one core", () => {
  const { summary } = tell({
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 1, host: { cores: 16, memory: "4GiB", disk: "4TiB" } },
    service: { roles: web(3) },
  });
  expect(summary.instances.map(({ host }) => host)).toEqual([0, 0, null]);
  const small = tell({ datacenter: room(1, 1, 2), service: { roles: web(3, { size: "ExtraSmall" }) } });
  expect(small.summary.instances.map(({ host }) => host)).toEqual([0, 0, null]);
});

test("a dead host is never chosen, even before the controller has declared it dead", () => {
  const lines = onHosts(
    {
      datacenter: room(2, 1),
      service: { roles: web(2) },
      fabric: { healing: "platform" },
      faults: [{ at: "10s", kind: "host-failure", host: "host(0)" }],
      operations: [{ at: "11s", kind: "scale", role: "web", instances: 4 }],
    },
    false,
  );
  expect(lines.slice(0, 2)).toEqual(["11 web/2 on host 1", "11 web/3 on host 1"]);
});

test("instances on dead hosts count where they are", () => {
  const { lines } = tell({
    datacenter: room(2, 2),
    service: { roles: web(3) },
    faults: [{ at: "10s", kind: "host-failure", host: "hostOf(web/0)" }],
    operations: [{ at: "11s", kind: "scale", role: "web", instances: 4 }],
  });
  expect(lines(/on host/)).toEqual(["11 web/3 on host 3"]);
});

test("without a host that has room an instance is pending, and retried in order whenever room appears", () => {
  const { lines, summary } = tell({
    datacenter: room(1, 1, 2),
    service: { roles: { a: { kind: "web", instances: 2 }, b: { kind: "web", instances: 2 } } },
    operations: [{ at: "1min", kind: "scale", role: "a", instances: 1 }],
    horizon: "2min",
  });
  expect(lines(/^0 .*(pending|ready)/, true)).toEqual(["0 a/0 ready", "0 a/1 ready", "0 b/0 pending", "0 b/1 pending"]);
  expect(lines(/^60 (a|b).*(on|ready|deleted)/)).toEqual(["60 a/1 deleted", "60 b/0 on host 0", "60 b/0 ready"]);
  expect(summary.instances.map(({ name, downSeconds }) => [name, downSeconds])).toEqual([
    ["a/0", 0],
    ["a/1", 0],
    ["b/0", 60],
    ["b/1", 120],
  ]);
});

test("pending instances are placed when a repaired host comes back", () => {
  const { lines } = tell({
    datacenter: room(2, 1, 1),
    service: { roles: web(2) },
    fabric: { healing: "platform", hostHeartbeat: { period: "1us", timeout: "30s" }, restartHostFirst: false },
    faults: [{ at: "10s", kind: "host-failure", host: "host(0)", repairAfter: "5min" }],
  });
  expect(lines(/web\/0 (on|pending|ready)|\d host 0/)).toEqual([
    "10 host 0 down",
    "40 host 0 declared dead",
    "40 host 0 outForRepair",
    "40 web/0 pending",
    "310 host 0 up",
    "310 web/0 on host 0",
    "310 web/0 ready",
  ]);
});

test("room is given back as it was taken, even when an upgrade changed the size meanwhile", () => {
  const { summary } = tell({
    datacenter: room(1, 1, 8),
    service: { roles: web(2, { size: "Medium" }) },
    operations: [
      { at: "1min", kind: "upgrade", version: "v2", roles: { web: { size: "Small" } } },
      { at: "2min", kind: "scale", role: "web", instances: 1 },
      { at: "3min", kind: "scale", role: "web", instances: 7 },
    ],
  });
  // a Medium of 2 cores is left, and six Small fit beside it
  expect(summary.instances.filter(({ host, slot }) => host === 0 && slot === "production")).toHaveLength(7);
});

test("the place that an instance leaves for a larger one goes to those who wait", () => {
  const { lines } = tell({
    datacenter: room(1, 2, 2),
    service: { roles: { ...web(2), work: { kind: "worker", instances: 3 } } },
    operations: [{ at: "1min", kind: "upgrade", version: "v2", roles: { web: { size: "Large" } } }],
  });
  expect(lines(/work\/2 (pending|on|ready)/, true)).toEqual(["0 work/2 pending", "60 work/2 on host 0", "60 work/2 ready"]);
});
