import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Probe = Exclude<NonNullable<Plot["balancer"]>["probe"], string | undefined>;

/** Two instances, so that probes decide; ticks at 7, 22, 37, 52, 67 s and so on. */
const probed = (probe: Probe, faults: Plot["faults"], more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2 } } },
    balancer: { probe: { interval: "15s", phase: "7s", ...probe } },
    faults,
    ...more,
  });

test("an explicit negative answer evicts at that tick", () => {
  const { lines } = probed({}, [{ at: "25s", kind: "app-crash", instance: "web/0" }]);
  expect(lines(/(in|out)$/)).toEqual(["37 web/0 out"]);
});

test("silence evicts at the last success + evictAfter", () => {
  const { lines } = probed({}, [{ at: "25s", kind: "vm-failure", instance: "web/0" }]);
  expect(lines(/(in|out)$/)).toEqual(["53 web/0 out"]);
  const shorter = probed({ evictAfter: "20s" }, [{ at: "25s", kind: "vm-failure", instance: "web/0" }]);
  expect(shorter.lines(/(in|out)$/)).toEqual(["42 web/0 out"]);
});

test("an instance that was ready from the start counts as answering then", () => {
  const { lines } = probed({}, [{ at: "3s", kind: "vm-failure", instance: "web/0" }]);
  expect(lines(/(in|out)$/)).toEqual(["31 web/0 out"]);
});

test("a probe tick at the instant of a change is evaluated before that change", () => {
  const crash = probed({}, [{ at: "22s", kind: "app-crash", instance: "web/0" }]);
  expect(crash.lines(/(in|out)$/)).toEqual(["37 web/0 out"]);
  const silence = probed({}, [{ at: "22s", kind: "vm-failure", instance: "web/0" }]);
  expect(silence.lines(/(in|out)$/)).toEqual(["53 web/0 out"]);
});

test("one success readmits", () => {
  const { lines } = probed({}, [{ at: "25s", kind: "app-crash", instance: "web/0", repairAfter: "30s" }]);
  expect(lines(/(in|out)$/)).toEqual(["37 web/0 out", "67 web/0 in"]);
});

test("with readmitAfter so many successes in a row readmit", () => {
  const faults = [
    { at: "25s", kind: "app-crash", instance: "web/0", repairAfter: "30s" },
    { at: "80s", kind: "app-crash", instance: "web/0", repairAfter: "15s" },
  ];
  const { lines } = probed({ readmitAfter: 3 }, faults);
  expect(lines(/(in|out)$/)).toEqual(["37 web/0 out", "127 web/0 in"]);
});

test("an instance that is ready again before its eviction simply goes on", () => {
  const { lines } = probed({}, [
    { at: "23s", kind: "app-crash", instance: "web/0", repairAfter: "10s" },
    { at: "40s", kind: "vm-failure", instance: "web/1", repairAfter: "20s" },
  ]);
  expect(lines(/(in|out)$/)).toEqual([]);
});

test("silence that turns into a negative answer evicts at the next tick", () => {
  const { lines } = probed({}, [{ at: "25s", kind: "vm-failure", instance: "web/0", repairAfter: "10s" }], {
    service: { roles: { web: { kind: "web", instances: 2, roleStart: "1min" } } },
  });
  expect(lines(/web\/0 (starting|out|in)$/)).toEqual(["35 web/0 starting", "37 web/0 out", "97 web/0 in"]);
});

test("with misses n failed ticks in a row evict, whatever their kind", () => {
  const crash = { at: "25s", kind: "app-crash", instance: "web/0" };
  expect(probed({ misses: 2 }, [crash]).lines(/out$/)).toEqual(["52 web/0 out"]);
  expect(probed({ misses: 1 }, [crash]).lines(/out$/)).toEqual(["37 web/0 out"]);
});

test("with misses a silent tick counts one response time-out after it", () => {
  const death = { at: "25s", kind: "vm-failure", instance: "web/0" };
  expect(probed({ misses: 2 }, [death]).lines(/out$/)).toEqual(["67 web/0 out"]);
  expect(probed({ misses: 2, responseTimeout: "4s" }, [death]).lines(/out$/)).toEqual(["56 web/0 out"]);
});

test("with misses the late silent tick evicts even if the instance recovered meanwhile, and the next success readmits", () => {
  const { lines } = probed({ misses: 2, responseTimeout: "10s" }, [
    { at: "25s", kind: "vm-failure", instance: "web/0", repairAfter: "30s" },
  ]);
  expect(lines(/web\/0 (ready|out|in)$/)).toEqual(["55 web/0 ready", "62 web/0 out", "67 web/0 in"]);
});

test("with misses a late eviction is not put off by another change of the answer", () => {
  const { lines } = probed({ misses: 1, responseTimeout: "10s" }, [
    { at: "20s", kind: "vm-failure", instance: "web/0", repairAfter: "3s" },
    { at: "25s", kind: "app-crash", instance: "web/0" },
  ]);
  expect(lines(/web\/0 (out|in)$/)).toEqual(["32 web/0 out"]);
});

test("with misses one success between two misses starts the count anew", () => {
  const { lines } = probed({ misses: 2 }, [
    { at: "20s", kind: "app-crash", instance: "web/0", repairAfter: "10s" },
    { at: "50s", kind: "app-crash", instance: "web/0", repairAfter: "10s" },
  ]);
  expect(lines(/web\/0 (out|in)$/)).toEqual([]);
});

test("hung: with the default probe it stays in rotation, with an application probe it is evicted after evictAfter", () => {
  const hang = { at: "25s", kind: "app-hang", instance: "web/0" };
  expect(probed({}, [hang]).lines(/(in|out)$/)).toEqual([]);
  expect(probed({ asks: "application" }, [hang]).lines(/(in|out)$/)).toEqual(["53 web/0 out"]);
});

test("probe none: rotation follows readiness at once", () => {
  const { lines } = probed({}, [{ at: "25s", kind: "app-crash", instance: "web/0", repairAfter: "3s" }], { balancer: { probe: "none" } });
  expect(lines(/(in|out)$/)).toEqual(["25 web/0 out", "28 web/0 in"]);
});

test("probe and rotation belong to the endpoint: each has its own", () => {
  const { lines } = probed({}, [{ at: "25s", kind: "app-hang", instance: "web/0" }], {
    service: {
      roles: {
        web: {
          kind: "web",
          instances: 2,
          endpoints: { plain: {}, deep: { probe: { asks: "application", evictAfter: "40s" } } },
        },
      },
    },
    clients: {
      plain: { endpoint: "web/plain", arrivals: { instants: ["1min", "1min"] }, timeout: "5s" },
      deep: { endpoint: "web/deep", arrivals: { instants: ["80s", "80s"] }, timeout: "5s" },
    },
  });
  expect(lines(/(in|out)$/)).toEqual(["62 web/0 out"]);
});

test("phases spread evenly stand in id order, and a fixed one is everybody's", () => {
  const crash = [{ at: "25s", kind: "app-crash", instance: "each(web)" }];
  expect(probed({ phase: "even" }, undefined).lines(/out$/)).toEqual([]);
  const faults = [0, 1].map((id) => ({ at: "26s", kind: "app-crash", instance: `web/${id}` }));
  expect(probed({ phase: "even" }, faults).lines(/out$/)).toEqual(["30 web/0 out", "37.5 web/1 out"]);
  expect(probed({}, faults).lines(/out$/)).toEqual(["37 web/0 out", "37 web/1 out"]);
  expect(probed({}, crash).lines(/out$/)).toHaveLength(2);
});

test("identity survives: the probe clock of an instance that moved to another host ticks as before", () => {
  const { lines } = probed({}, [{ at: "25s", kind: "host-failure", host: "hostOf(web/0)" }], {
    fabric: { healing: "platform", hostHeartbeat: { period: "1us", timeout: "30s" }, restartHostFirst: false, provision: "60s" },
  });
  expect(lines(/web\/0 (on|ready|in|out|dead|creating)/)).toEqual([
    "25 web/0 dead",
    "53 web/0 out",
    "55 web/0 on host 1",
    "55 web/0 creating",
    "115 web/0 ready",
    "127 web/0 in",
  ]);
});
