import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

/** Two racks of two hosts; heartbeats so dense that detection takes exactly 30 s; every step of healing has its own length. */
const healed = (faults: Plot["faults"], more: Partial<Plot> = {}) =>
  tell({
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 2 },
    service: { roles: { web: { kind: "web", instances: 2, roleStart: "10s", onStart: "5s" } } },
    fabric: fabric(),
    horizon: "30min",
    faults,
    ...more,
  });
const fabric = (more: Plot["fabric"] = {}): Plot["fabric"] => ({
  healing: "platform",
  hostHeartbeat: { period: "1us", timeout: "30s" },
  hostRestart: "7min",
  guestReboot: "75s",
  provision: "6min",
  ...more,
});
const host0 = /\d host 0|web\/0 (dead|on|creating|rebooting|starting|busy|ready|pending)/;

test("a dead host is silent: requests it held fail at their time-out as timeout-silent, so do those it is sent", () => {
  const { lines, summary } = tell({
    service: { roles: { web: { kind: "web", instances: 2, service: "8s", concurrency: 1 } } },
    balancer: { policy: "round-robin", probe: { phase: "7s" } },
    faults: [{ at: "25s", kind: "host-failure", host: "hostOf(web/0)" }],
    clients: { a: { endpoint: "web", arrivals: { instants: ["20s", "21s", "22s", "23s", "24s", "40s"] }, timeout: "30s" } },
  });
  expect(lines(/a \d (ok|t)/).filter((line) => !line.includes(" to "))).toEqual([
    "29 a 2 ok",
    "37 a 4 ok",
    "48 a 6 ok",
    "50 a 1 timeout-silent",
    "52 a 3 timeout-silent",
    "54 a 5 timeout-silent",
  ]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "host-failure of host 0", cause: "timeout-silent", failed: 3 }]);
});

test("without a client time-out requests at a silent instance fail at once", () => {
  const { lines } = tell({
    service: { roles: { web: { kind: "web", instances: 2, service: "8s" } } },
    balancer: { policy: "round-robin", probe: { phase: "7s" } },
    faults: [{ at: "25s", kind: "host-failure", host: "hostOf(web/0)" }],
    clients: { a: { endpoint: "web", arrivals: { instants: ["20s", "26s", "27s"] } } },
  });
  expect(lines(/silent/)).toEqual(["25 a 1 timeout-silent", "27 a 3 timeout-silent"]);
});

test("the controller declares a host dead uniform(T-h, T) after its failure", () => {
  const silences = Array.from({ length: 40 }, (_, seed) => {
    const plot = { fabric: fabric({ hostHeartbeat: { period: "10s", timeout: "30s" } }) };
    const story = tell(
      {
        service: { roles: { web: { kind: "web", instances: 1 } } },
        faults: [{ at: "1min", kind: "host-failure", host: "host(0)" }],
        ...plot,
      },
      seed,
    );
    return Number(story.lines(/declared dead/)[0]?.split(" ")[0]) - 60;
  });
  expect(Math.min(...silences)).toBeGreaterThan(20);
  expect(Math.max(...silences)).toBeLessThanOrEqual(30);
  expect(Math.min(...silences)).toBeLessThan(22);
  expect(Math.max(...silences)).toBeGreaterThan(28);
});

test("a host that returns before its declaration boots its instances where they were", () => {
  const { lines } = healed([{ at: "1min", kind: "host-failure", host: "host(0)", repairAfter: "20s" }]);
  expect(lines(host0)).toEqual([
    "60 host 0 down",
    "60 web/0 dead",
    "80 host 0 up",
    "80 web/0 rebooting",
    "155 web/0 starting",
    "165 web/0 busy",
    "170 web/0 ready",
  ]);
});

test("reboot class: the restart attempt succeeds and the instances boot where they were", () => {
  const { lines, summary } = healed([{ at: "1min", kind: "host-failure", host: "host(0)", class: "reboot" }]);
  expect(lines(host0)).toEqual([
    "60 host 0 down",
    "60 web/0 dead",
    "90 host 0 declared dead",
    "90 host 0 restarting",
    "510 host 0 restart succeeds",
    "510 host 0 up",
    "510 web/0 rebooting",
    "585 web/0 starting",
    "595 web/0 busy",
    "600 web/0 ready",
  ]);
  expect(lines(/host-failure of host 0/)).toEqual(["60 host-failure of host 0 strikes", "510 host-failure of host 0 ends"]);
  expect(summary.instances[0]).toMatchObject({ name: "web/0", host: 0, restarts: 1, downSeconds: 540 });
});

test("hardware class: it fails and the instances are placed elsewhere in id order", () => {
  const { lines } = healed([{ at: "1min", kind: "host-failure", host: "host(0)" }], {
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 3, host: { cores: 2 } },
    service: { roles: { a: { kind: "web", instances: 2 }, b: { kind: "web", instances: 2, roleStart: "10s", onStart: "5s" } } },
  });
  expect(lines(/on host/, true).slice(0, 4)).toEqual(["0 a/0 on host 0", "0 a/1 on host 1", "0 b/0 on host 2", "0 b/1 on host 0"]);
  expect(lines(/(\d host 0|(a\/0|b\/1) (dead|on|creating|starting|busy|ready))/)).toEqual([
    "60 host 0 down",
    "60 a/0 dead",
    "60 b/1 dead",
    "90 host 0 declared dead",
    "90 host 0 restarting",
    "510 host 0 restart fails",
    "510 host 0 outForRepair",
    "510 a/0 on host 1",
    "510 a/0 creating",
    "510 b/1 on host 2",
    "510 b/1 creating",
    "870 a/0 ready",
    "870 b/1 starting",
    "880 b/1 busy",
    "885 b/1 ready",
  ]);
});

test("an injected fault whose repairAfter is not over fails the attempt, whatever its class", () => {
  const { lines } = healed([{ at: "1min", kind: "host-failure", host: "host(0)", class: "reboot", repairAfter: "20min" }]);
  expect(lines(/restart |web\/0 on/)).toEqual(["510 host 0 restart fails", "510 web/0 on host 1"]);
});

test("an injected fault whose repairAfter is over meanwhile lets the attempt succeed", () => {
  const { lines } = healed([{ at: "1min", kind: "host-failure", host: "host(0)", repairAfter: "5min" }]);
  expect(lines(/restart |web\/0 (on|rebooting)/)).toEqual(["510 host 0 restart succeeds", "510 web/0 rebooting"]);
});

test("fabric.restartHostFirst: false does not wait for the attempt", () => {
  const { lines } = healed([{ at: "1min", kind: "host-failure", host: "host(0)", class: "reboot" }], {
    fabric: fabric({ restartHostFirst: false }),
  });
  expect(lines(/web\/0 (on|ready)/)).toEqual(["90 web/0 on host 1", "465 web/0 ready"]);
});

test("when that host comes back it is empty, and has room", () => {
  const { lines } = healed([{ at: "1min", kind: "host-failure", host: "host(0)", repairAfter: "15min" }], {
    operations: [{ at: "20min", kind: "scale", role: "web", instances: 4 }],
  });
  expect(lines(/\d host 0 up|on host/)).toEqual(["510 web/0 on host 1", "960 host 0 up", "1200 web/2 on host 0", "1200 web/3 on host 3"]);
});

test("a host dying under a moving instance restarts the move", () => {
  const { lines } = healed([
    { at: "1min", kind: "host-failure", host: "host(0)" },
    { at: "10min", kind: "host-failure", host: "hostOf(web/0)" },
  ]);
  expect(lines(/web\/0 (on|dead|creating|ready)/)).toEqual([
    "60 web/0 dead",
    "510 web/0 on host 1",
    "510 web/0 creating",
    "600 web/0 dead",
    "1050 web/0 on host 3",
    "1050 web/0 creating",
    "1425 web/0 ready",
  ]);
});

test("a host fault silences booting instances too", () => {
  const { lines } = healed(
    [
      { at: "1min", kind: "vm-failure", instance: "web/0", repairAfter: "10s" },
      { at: "80s", kind: "host-failure", host: "host(0)", repairAfter: "10s" },
    ],
    {},
  );
  expect(lines(/web\/0 (dead|rebooting|ready)/)).toEqual([
    "60 web/0 dead",
    "70 web/0 rebooting",
    "80 web/0 dead",
    "90 web/0 rebooting",
    "180 web/0 ready",
  ]);
});

test("a reboot-class fault is over when the same host comes back from a repair", () => {
  const { lines } = healed([
    { at: "1min", kind: "host-failure", host: "host(0)", repairAfter: "15min" },
    { at: "61s", kind: "host-failure", host: "host(0)", class: "reboot" },
  ]);
  expect(lines(/\d host 0/)).toEqual([
    "60 host 0 down",
    "90 host 0 declared dead",
    "90 host 0 restarting",
    "510 host 0 restart fails",
    "510 host 0 outForRepair",
    "960 host 0 up",
  ]);
});

test("without healing of hosts nobody acts on a dead one", () => {
  const { lines } = healed([{ at: "1min", kind: "host-failure", host: "host(0)" }], { fabric: { healing: "none" } });
  expect(lines(host0)).toEqual(["60 host 0 down", "60 web/0 dead"]);
});

test("identity survives a move: id, upgrade domain and name stay, and the restart is counted", () => {
  const { summary } = healed([{ at: "1min", kind: "host-failure", host: "host(0)" }]);
  expect(summary.instances[0]).toMatchObject({ name: "web/0", upgradeDomain: 0, faultDomain: 0, host: 1, restarts: 1, downSeconds: 825 });
  expect(summary.instances).toHaveLength(2);
});

test("without a first attempt instances move at once, and a host that only needs a restart comes back empty", () => {
  const { lines } = tell({
    fabric: fabric({ restartHostFirst: false }),
    service: { roles: { web: { kind: "web", instances: 1 } } },
    faults: [{ at: "1min", kind: "host-failure", host: "hostOf(web/0)", class: "reboot" }],
  });
  expect(lines(/./).slice(-7)).toEqual([
    "90 host 0 outForRepair",
    "90 web/0 on host 1",
    "90 web/0 creating",
    "450 web/0 ready",
    "510 host 0 restart succeeds",
    "510 host-failure of host 0 ends",
    "510 host 0 up",
  ]);
});

test("a host that reports a fault while it restarts on a new host OS reports it when it is back", () => {
  const { lines } = tell({
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 2 },
    service: { roles: { web: { kind: "web", instances: 1 } } },
    fabric: { healing: "platform" },
    patching: { hostOs: { every: "never", duration: "60s" }, guestOs: { every: "never" }, guestAgent: { every: "never" } },
    operations: [{ at: "100s", kind: "host-os-update" }],
    faults: [{ at: "110s", kind: "host-failure", class: "reported", host: "host(0)" }],
  });
  expect(lines(/host 0 (reports|up$|out)|web\/0 (on|ready)/)).toEqual([
    "160 host 0 up",
    "160 web/0 ready",
    "160 host 0 reports a fault",
    "160 host 0 outForRepair",
    "160 web/0 on host 1",
    "160 web/0 ready",
  ]);
});

test("a fault that a host reports while nobody decides is acted upon when the controller is back", () => {
  const { lines } = tell({
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 2 },
    service: { roles: { web: { kind: "web", instances: 1 } } },
    fabric: { healing: "platform", controller: { failover: "20s" } },
    faults: [
      { at: "100s", kind: "controller-failure" },
      { at: "105s", kind: "host-failure", class: "reported", host: "host(0)" },
    ],
  });
  expect(lines(/host 0 (reports|out|down)|web\/0 (dead|on|ready)/)).toEqual([
    "120 host 0 reports a fault",
    "120 web/0 dead",
    "120 host 0 outForRepair",
    "120 web/0 on host 1",
    "120 web/0 ready",
  ]);
});
