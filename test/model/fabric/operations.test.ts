import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Operations = NonNullable<Plot["operations"]>;
const plot = (operations: Operations, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, service: "1s", onStop: "10s", roleStart: "10s", onStart: "5s" } } },
    fabric: { provision: "6min", guestReboot: "75s", reimage: "2min", install: "30s" },
    balancer: { policy: "round-robin" },
    operations,
    horizon: "1h",
    ...more,
  });
const at = (...instants: string[]) => ({ a: { endpoint: "web", arrivals: { instants } } });

test("a deployment at time 0 is ready at time 0", () => {
  const { lines } = plot([], { clients: at("0s") });
  expect(lines(/a 1|web\/0 (ready|in)/, true)).toEqual(["0 web/0 ready", "0 web/0 in", "0 a 1 arrives", "0 a 1 to web/0", "1 a 1 ok"]);
});

test("deploy as an operation takes its time: placed, created, started, ready", () => {
  const { lines, summary } = plot([{ at: "100s", kind: "deploy", slot: "production", version: "v1" }], {
    service: { roles: { web: { kind: "web", instances: 1, service: "1s", roleStart: "10s", onStart: "5s" } }, deployedAtStart: false },
    clients: { a: { endpoint: "web", arrivals: { instants: ["50s", "200s", "471s", "480s"] }, timeout: "30s" } },
  });
  expect(lines(/web\/0|deploy|a \d (ok|no|ref|time)/)).toEqual([
    "50 a 1 no-backend",
    "100 deploy v1 to production starts",
    "100 web/0 in",
    "100 web/0 on host 0",
    "100 web/0 creating",
    "200 a 2 to web/0",
    "230 a 2 timeout-silent",
    "460 web/0 starting",
    "470 web/0 busy",
    "471 a 3 to web/0",
    "471 a 3 refused",
    "475 web/0 ready",
    "475 deploy v1 to production done",
    "480 a 4 to web/0",
    "481 a 4 ok",
  ]);
  expect(summary.requests.failedByAttribution).toMatchObject([
    { source: "deploy v1 to production", failed: 1, cause: "refused" },
    { source: "deploy v1 to production", failed: 1, cause: "timeout-silent" },
    { cause: "no-backend", failed: 1 },
  ]);
});

test("deploying into a slot that is taken is refused, and so is what needs a deployment that is not there", () => {
  const { lines } = plot([
    { at: "1s", kind: "deploy", slot: "production", version: "v2" },
    { at: "2s", kind: "delete", slot: "staging" },
    { at: "3s", kind: "upgrade", slot: "staging", version: "v2" },
    { at: "4s", kind: "scale", slot: "staging", role: "web", instances: 3 },
  ]);
  expect(lines(/refused/)).toEqual([
    "1 deploy refused: the production slot is taken",
    "2 delete refused: there is no staging deployment",
    "3 upgrade refused: there is no staging deployment",
    "4 scale refused: there is no staging deployment",
  ]);
});

test("a deployment that would exceed the core quota is refused", () => {
  const { lines } = plot([{ at: "1s", kind: "deploy", version: "v2" }], { subscription: { cores: 3 } });
  expect(lines(/refused|v2/)).toEqual(["1 deploy refused: the subscription's quota of 3 cores is used up"]);
});

test("delete: everything is gone at once, what it holds fails, and later requests find no backend; all of that is the operation's", () => {
  const { lines, summary } = plot([{ at: "100s", kind: "delete", slot: "production" }], {
    service: { roles: { web: { kind: "web", instances: 2, service: "10s" } } },
    clients: at("95s", "96s", "110s"),
  });
  expect(lines(/deleted|a \d (d|n)|done/)).toEqual([
    "100 a 1 drained",
    "100 web/0 deleted",
    "100 a 2 drained",
    "100 web/1 deleted",
    "100 delete production done",
    "110 a 3 no-backend",
  ]);
  expect(summary.requests.failedByAttribution).toMatchObject([
    { source: "delete production", cause: "drained", failed: 2 },
    { source: "delete production", cause: "no-backend", failed: 1 },
  ]);
  expect(summary.operations).toMatchObject([{ kind: "delete", failedRequests: 3 }]);
});

test("what was deleted counts no more as asked for, ready or reachable", () => {
  const { summary } = plot([{ at: "15min", kind: "delete", slot: "production" }], {
    clients: at("10s"),
    horizon: "1h",
  });
  expect(summary.availability).toMatchObject({ time: 0.25, reachable: 0.25, capacity: 1 });
  expect(summary.byRole[0]).toMatchObject({ readyMean: 0.5 });
});

test("a deleted deployment makes room for the pending", () => {
  const { lines } = plot(
    [
      { at: "0s", kind: "deploy", version: "v2" },
      { at: "300s", kind: "delete", slot: "staging" },
    ],
    {
      datacenter: { faultDomains: 2, hostsPerFaultDomain: 1, host: { cores: 2 } },
      fabric: { healing: "platform", hostHeartbeat: { period: "1us", timeout: "30s" }, restartHostFirst: false },
      faults: [{ at: "100s", kind: "host-failure", host: "host(0)" }],
    },
  );
  expect(lines(/(pending|on host|done)/)).toEqual([
    "15 deploy v2 to staging done",
    "130 web/0 pending",
    "130 web/0@v2 pending",
    "300 web/0 on host 1",
    "300 delete staging done",
  ]);
});

test("of a deployment that is deleted nobody gets a place that another one leaves", () => {
  const { lines } = tell({
    service: {
      roles: { web: { kind: "web", instances: 2 }, extra: { kind: "web", instances: 1 } },
    },
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 1, host: { cores: 2 } },
    operations: [{ at: "100s", kind: "delete", slot: "production" }],
  });
  expect(lines(/pending|on host|creating|deleted/, true)).toEqual([
    "0 extra/0 on host 0",
    "0 web/0 on host 0",
    "0 web/1 pending",
    "100 web/1 deleted",
    "100 extra/0 deleted",
    "100 web/0 deleted",
  ]);
});

test("reboot: rotation, drain, OnStop, guest OS, start, on the same host", () => {
  const { lines, summary } = plot([{ at: "100s", kind: "reboot", instance: "web/0" }], { clients: at("99500ms") });
  expect(lines(/web\/0 |reboot /)).toEqual([
    "100 reboot web/0 starts",
    "100 web/0 out",
    "100 web/0 draining",
    "100.5 web/0 stopping",
    "110.5 web/0 rebooting",
    "185.5 web/0 starting",
    "195.5 web/0 busy",
    "200.5 web/0 ready",
    "200.5 web/0 in",
    "200.5 reboot web/0 done",
  ]);
  expect(summary.instances[0]).toMatchObject({ host: 0, restarts: 1 });
});

test("a reimage takes longer than a reboot, and leaves the instance on its host", () => {
  const { lines } = plot([{ at: "100s", kind: "reimage", instance: "web/0" }]);
  expect(lines(/web\/0 (rebooting|starting|ready|on)/)).toEqual(["110 web/0 rebooting", "305 web/0 starting", "320 web/0 ready"]);
});

test("rebooting an instance that is not ready is refused", () => {
  const { lines } = plot([{ at: "100s", kind: "reboot", instance: "web/0" }], {
    faults: [{ at: "90s", kind: "app-crash", instance: "web/0" }],
  });
  expect(lines(/refused/)).toEqual(["100 reboot refused: the instance is not ready"]);
});

test("a random instance is drawn once: the one that is checked is the one that is rebooted", () => {
  for (let seed = 0; seed < 12; seed++) {
    const { lines } = tell(
      {
        service: { roles: { web: { kind: "web", instances: 4 } } },
        operations: [{ at: "100s", kind: "reboot", instance: "random(web)" }],
        faults: [{ at: "50s", kind: "app-crash", instance: "web/1" }],
      },
      seed,
    );
    const refused = lines(/refused/).length;
    expect(lines(/web\/\d ready/).length + refused).toBe(1);
  }
});

test("one mutating operation at a time per service, whatever the slot; restarts of single instances are none", () => {
  const { lines } = plot([
    { at: "10s", kind: "deploy", version: "v2" },
    { at: "20s", kind: "scale", role: "web", instances: 3 },
    { at: "30s", kind: "upgrade", version: "v3" },
    { at: "40s", kind: "reboot", instance: "web/0" },
    { at: "10min", kind: "scale", role: "web", instances: 3 },
  ]);
  expect(lines(/refused|done/)).toEqual([
    "20 scale refused: deploy of the staging deployment is in progress",
    "30 upgrade refused: deploy of the staging deployment is in progress",
    "140 reboot web/0 done",
    "385 deploy v2 to staging done",
    "975 scale web to 3 done",
  ]);
});

test("operations and incidents close: nothing is attributed to one that is over and made good", () => {
  const { summary } = plot([{ at: "100s", kind: "reboot", instance: "each(web)" }], {
    clients: at("150s", "30min"),
    faults: [{ at: "29min", kind: "app-crash", instance: "each(web)" }],
  });
  expect(summary.requests.failedByAttribution).toMatchObject([
    { source: "app-crash of web/0", failed: 1 },
    { source: "reboot an instance of web", failed: 1 },
  ]);
});
