import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Operations = NonNullable<Plot["operations"]>;
const to = (instances: number, at = "100s"): Operations[number] => ({ at, kind: "scale", role: "web", instances });
const plot = (instances: number, operations: Operations, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances, service: "30s", onStop: "10s", roleStart: "10s", onStart: "5s" } } },
    fabric: { provision: "6min" },
    balancer: { policy: "round-robin", probe: { phase: "7s" } },
    operations,
    horizon: "1h",
    ...more,
  });

test("scale out: placed now, ready after provisioning, in rotation at the next successful probe", () => {
  const { lines, summary } = plot(2, [to(3)]);
  expect(lines(/web\/2|scale/)).toEqual([
    "100 scale web to 3 starts",
    "100 web/2 on host 1",
    "100 web/2 creating",
    "460 web/2 starting",
    "470 web/2 busy",
    "475 web/2 ready",
    "475 scale web to 3 done",
    "487 web/2 in",
  ]);
  expect(summary.byRole[0]).toMatchObject({ asked: 3, readyMin: 2, degradedSeconds: 375 });
});

test("scale in: the highest ids, out of rotation at once, drained, gone", () => {
  const { lines, summary } = plot(3, [to(1)], { clients: { a: { endpoint: "web", arrivals: { instants: ["90s", "91s", "92s"] } } } });
  expect(lines(/web\/\d (out|draining|stopping|deleted)|ok|done/)).toEqual([
    "100 web/1 out",
    "100 web/1 draining",
    "100 web/2 out",
    "100 web/2 draining",
    "120 a 1 ok",
    "121 a 2 ok",
    "121 web/1 stopping",
    "122 a 3 ok",
    "122 web/2 stopping",
    "131 web/1 deleted",
    "132 web/2 deleted",
    "132 scale web to 1 done",
  ]);
  expect(summary.instances.map(({ slot, host }) => [slot, host])).toEqual([
    ["production", 0],
    ["deleted", null],
    ["deleted", null],
  ]);
});

test("what a leaving instance still holds at the drain time-out fails as drained", () => {
  const { summary } = plot(2, [to(1)], {
    service: { roles: { web: { kind: "web", instances: 2, service: "10min" } } },
    clients: { a: { endpoint: "web", arrivals: { instants: ["90s", "91s"] } } },
  });
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "scale web to 1", cause: "drained", failed: 1 }]);
});

test("a leaving instance that is not ready goes at once", () => {
  const { lines } = plot(2, [to(1)], { faults: [{ at: "90s", kind: "vm-failure", instance: "web/1" }] });
  expect(lines(/deleted|done|ends/)).toEqual(["100 vm-failure of web/1 ends", "100 web/1 deleted", "100 scale web to 1 done"]);
});

test("a leaving instance that dies or crashes on its way goes at once", () => {
  const clients = { a: { endpoint: "web", arrivals: { instants: ["90s", "91s"] }, timeout: "2min" } };
  const dead = plot(2, [to(1)], { faults: [{ at: "110s", kind: "vm-failure", instance: "web/1" }], clients });
  expect(dead.lines(/deleted|done|timeout-|ok/)).toEqual([
    "110 web/1 deleted",
    "110 scale web to 1 done",
    "120 a 1 ok",
    "211 a 2 timeout-silent",
  ]);
  const crashed = plot(2, [to(1)], { faults: [{ at: "110s", kind: "app-crash", instance: "web/1" }], clients });
  expect(crashed.lines(/deleted|crash$/)).toEqual(["110 a 2 crash", "110 web/1 deleted"]);
});

test("a leaving instance that is made anew elsewhere on its way, behind a switch that failed, goes at once and does not come back", () => {
  const cutOff: Partial<Plot> = {
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 1 },
    fabric: { healing: "platform", restartHostFirst: false, hostHeartbeat: { period: "1us", timeout: "30s" } },
    faults: [{ at: "105s", kind: "rack-switch", faultDomain: "faultDomain(1)" }],
  };
  expect(plot(2, [to(1)], cutOff).lines(/web\/1 (?!out)|done/)).toEqual([
    "100 web/1 draining",
    "100 web/1 stopping",
    "105 web/1 unreachable",
    "135 web/1 dead",
    "135 web/1 on host 0",
    "135 web/1 starting",
    "135 web/1 deleted",
    "135 scale web to 1 done",
  ]);
  // ready again within the instant: it is stopped once more
  const service = { roles: { web: { kind: "web" as const, instances: 2, onStop: "10s" } } };
  expect(plot(2, [to(1)], { ...cutOff, service, fabric: { ...cutOff.fabric, provision: "0s" } }).lines(/web\/1 (?!out)|done/)).toEqual([
    "100 web/1 draining",
    "100 web/1 stopping",
    "105 web/1 unreachable",
    "135 web/1 dead",
    "135 web/1 on host 0",
    "135 web/1 ready",
    "135 web/1 draining",
    "135 web/1 stopping",
    "145 web/1 deleted",
    "145 scale web to 1 done",
  ]);
});

test("a pending instance that is scaled in is waited for no more", () => {
  const { lines } = plot(2, [to(3, "50s"), to(1, "700s")], { datacenter: { faultDomains: 1, hostsPerFaultDomain: 1, host: { cores: 2 } } });
  expect(lines(/web\/2|done|refused/)).toEqual([
    "50 web/2 pending",
    "700 scale refused: scale of the production deployment is in progress",
  ]);
});

test("a role can be scaled to nothing and back", () => {
  const { lines } = plot(1, [to(0), to(2, "200s")], {
    clients: { a: { endpoint: "web", arrivals: { instants: ["150s", "1000s"] } } },
  });
  expect(lines(/a \d (no|ok)|done|deleted/)).toEqual([
    "110 web/0 deleted",
    "110 scale web to 0 done",
    "150 a 1 no-backend",
    "575 scale web to 2 done",
    "1030 a 2 ok",
  ]);
});

test("no-backend after a scale to nothing is the operation's", () => {
  const { summary } = plot(1, [to(0)], { clients: { a: { endpoint: "web", arrivals: { instants: ["150s"] } } } });
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "scale web to 0", cause: "no-backend", failed: 1 }]);
});

test("beyond the core quota of the subscription a scale out is refused, and without one there is no quota", () => {
  const { lines, summary } = plot(2, [to(4)], { subscription: { cores: 3 } });
  expect(lines(/refused|web\/2/)).toEqual(["100 scale refused: the subscription's quota of 3 cores is used up"]);
  expect(summary.operations).toMatchObject([{ outcome: "refused", reason: "the subscription's quota of 3 cores is used up" }]);
  expect(plot(2, [to(40)]).summary.operations[0]?.outcome).toBe("succeeded");
});

test("an index is given again only when nobody has it: not while whoever had it is on the way out", () => {
  const { lines } = plot(
    3,
    [
      { at: "10s", kind: "upgrade", version: "v2", roles: { web: { instances: 2 } } },
      { at: "15s", kind: "upgrade", version: "v3", roles: { web: { instances: 3 } } },
      to(4, "20min"),
    ],
    { fabric: { provision: "1s" } },
  );
  expect(lines(/web\/\d on host/)).toEqual(["15 web/3 on host 21", "1200 web/2 on host 1"]);
});

test("an instance that has come while others are on the way out is no leaver: it stays when it crashes", () => {
  const { lines, summary } = plot(
    3,
    [
      { at: "10s", kind: "upgrade", version: "v2", roles: { web: { instances: 2 } } },
      { at: "15s", kind: "upgrade", version: "v3", roles: { web: { instances: 3 } } },
      to(4, "59min"),
    ],
    {
      service: { roles: { web: { kind: "web", instances: 3, onStop: "4min" } } },
      fabric: { healing: "none" },
      faults: [{ at: "30s", kind: "app-crash", instance: "web/3", repairAfter: "10s" }],
    },
  );
  expect(lines(/web\/3 (ready|recycling|deleted)/).slice(0, 3)).toEqual(["15 web/3 ready", "30 web/3 recycling", "40 web/3 ready"]);
  expect(summary.byRole[0]).toMatchObject({ asked: 4 });
});

test("nobody pings an instance that was scaled away while it failed its pings", () => {
  const { lines } = tell({
    hosting: "app-service",
    service: { roles: { web: { kind: "web", instances: 5 } } },
    balancer: { healthCheck: { interval: "1min", failures: 3, replaceAfter: "5min" } },
    fabric: { operator: "none" },
    faults: [{ at: "50s", kind: "app-hang", instance: "web/4" }],
    operations: [to(4)],
    horizon: "1h",
  });
  expect(lines(/web\/4 (hung|deleted|excluded|replaced)/)).toEqual(["50 web/4 hung", "100 web/4 deleted"]);
});
