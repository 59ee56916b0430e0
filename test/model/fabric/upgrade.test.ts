import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Operations = NonNullable<Plot["operations"]>;

/** OnStop 10 s, package 30 s, start 20 s: an empty instance is away for a minute. */
const web = (instances: number, more: object = {}) => ({
  web: { kind: "web" as const, instances, concurrency: 1, onStop: "10s", roleStart: "15s", onStart: "5s", ...more },
});
const upgrade = (more: object = {}): Operations[number] => ({ at: "100s", kind: "upgrade", version: "v2", ...more }) as Operations[number];
const plot = (instances: number, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: web(instances), upgradeDomains: 3 },
    fabric: { install: "30s" },
    operations: [upgrade()],
    horizon: "3h",
    ...more,
  });
const turns = /upgrade domain|upgrade production/;

test("one upgrade domain at a time: its instances stop and start together, the next domain when they are ready", () => {
  const { lines, summary } = plot(4);
  expect(lines(/upgrade|web\/\d (stopping|updating|starting|busy|ready)/)).toEqual([
    "100 upgrade production to v2 starts",
    "100 upgrade domain 0 starts",
    "100 web/0 stopping",
    "100 web/3 stopping",
    "110 web/0 updating",
    "110 web/3 updating",
    "140 web/0 starting",
    "140 web/3 starting",
    "155 web/0 busy",
    "155 web/3 busy",
    "160 web/0 ready",
    "160 web/3 ready",
    "160 upgrade domain 1 starts",
    "160 web/1 stopping",
    "170 web/1 updating",
    "200 web/1 starting",
    "215 web/1 busy",
    "220 web/1 ready",
    "220 upgrade domain 2 starts",
    "220 web/2 stopping",
    "230 web/2 updating",
    "260 web/2 starting",
    "275 web/2 busy",
    "280 web/2 ready",
    "280 upgrade production to v2 done",
  ]);
  expect(summary.operations).toMatchObject([{ kind: "upgrade", outcome: "succeeded", startedAtSeconds: 100, finishedAtSeconds: 280 }]);
});

test("instances leave rotation before they stop, and serve what they hold until they are empty", () => {
  const { lines } = plot(2, {
    service: { roles: web(2, { service: "40s" }), upgradeDomains: 2 },
    balancer: { policy: "round-robin", probe: { phase: "7s" } },
    clients: { a: { endpoint: "web", arrivals: { instants: ["90s", "92s", "93s", "120s"] } } },
  });
  expect(lines(/web\/0 (out|draining|stopping|in)$|a \d (ok|to)/)).toEqual([
    "90 a 1 to web/0",
    "92 a 2 to web/1",
    "93 a 3 to web/0",
    "100 web/0 out",
    "100 web/0 draining",
    "120 a 4 to web/1",
    "130 a 1 ok",
    "132 a 2 ok",
    "170 a 3 ok",
    "170 web/0 stopping",
    "172 a 4 ok",
    "232 web/0 in",
  ]);
});

test("what the drain time-out finds fails as drained, and is the operation's", () => {
  const { lines, summary } = plot(2, {
    service: { roles: web(2, { service: "2min" }), upgradeDomains: 2 },
    balancer: { policy: "round-robin" },
    clients: { a: { endpoint: "web", arrivals: { instants: ["90s", "91s", "92s"] } } },
  });
  expect(lines(/web\/0 (draining|stopping)$|drained/)).toEqual([
    "100 web/0 draining",
    "190 a 1 drained",
    "190 a 3 drained",
    "190 web/0 stopping",
  ]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "upgrade production to v2", cause: "drained", failed: 2 }]);
  expect(summary.operations[0]).toMatchObject({ failedRequests: 2, requestsInFlight: 3 });
});

test("OnStop is cut after 5 min", () => {
  const { lines } = plot(1, { service: { roles: web(1, { onStop: "1h" }) } });
  expect(lines(/stopping|updating/)).toEqual(["100 web/0 stopping", "400 web/0 updating"]);
});

test("without anything that takes time an upgrade is done at the instant it is asked for", () => {
  const { lines } = plot(3, { service: { roles: { web: { kind: "web", instances: 3 } }, upgradeDomains: 3 }, fabric: {} });
  expect(lines(turns)).toEqual([
    "100 upgrade production to v2 starts",
    "100 upgrade domain 0 starts",
    "100 upgrade domain 1 starts",
    "100 upgrade domain 2 starts",
    "100 upgrade production to v2 done",
  ]);
});

test("instances not ready at their domain's turn are skipped, and start on the new version when they start again", () => {
  const { lines, summary } = plot(2, {
    service: { roles: web(2), upgradeDomains: 2 },
    faults: [{ at: "90s", kind: "vm-failure", instance: "web/0", repairAfter: "100s" }],
    operations: [upgrade({ roles: { web: { service: "9s" } } })],
    clients: { a: { endpoint: "web", arrivals: { instants: ["300s"] } } },
    balancer: { policy: "round-robin" },
  });
  expect(lines(/upgrade|web\/\d (stopping|ready)/)).toEqual([
    "100 upgrade production to v2 starts",
    "100 upgrade domain 0 starts",
    "100 upgrade domain 1 starts",
    "100 web/1 stopping",
    "160 web/1 ready",
    "160 upgrade production to v2 done",
    "210 web/0 ready",
  ]);
  expect(lines(/a 1 (to|ok)/)).toEqual(["300 a 1 to web/0", "309 a 1 ok"]);
  expect(summary.operations[0]?.outcome).toBe("succeeded");
});

test("a skipped instance that comes back on the old version is updated then, even after the last domain", () => {
  const { lines } = plot(2, {
    service: { roles: web(2), upgradeDomains: 2 },
    faults: [{ at: "90s", kind: "pause", instance: "web/0", repairAfter: "200s" }],
  });
  expect(lines(/upgrade production|web\/\d (stopping|ready)/)).toEqual([
    "100 upgrade production to v2 starts",
    "100 web/1 stopping",
    "160 web/1 ready",
    "290 web/0 ready",
    "290 web/0 stopping",
    "350 web/0 ready",
    "350 upgrade production to v2 done",
  ]);
});

test("a skipped process that is restarted starts on the new version", () => {
  const { lines } = plot(2, {
    service: { roles: web(2), upgradeDomains: 2 },
    faults: [
      { at: "90s", kind: "app-hang", instance: "web/0", repairAfter: "200s" },
      { at: "95s", kind: "app-crash", instance: "web/1", repairAfter: "210s" },
    ],
    operations: [upgrade({ roles: { web: { service: "9s" } } })],
    clients: { a: { endpoint: "web", arrivals: { instants: ["310s", "311s"] } } },
    balancer: { policy: "round-robin" },
  });
  expect(lines(/done|web\/\d (stopping|ready)|ok/)).toEqual([
    "100 upgrade production to v2 done",
    "290 web/0 ready",
    "305 web/1 ready",
    "319 a 1 ok",
    "320 a 2 ok",
  ]);
});

test("the start time-out of 30 min passes over instances that are starting or busy", () => {
  const { lines } = plot(2, { operations: [upgrade({ roles: { web: { onStart: "2h" } } })], horizon: "5h" });
  expect(lines(turns)).toEqual([
    "100 upgrade production to v2 starts",
    "100 upgrade domain 0 starts",
    "1900 upgrade domain 1 starts",
    "3700 upgrade production to v2 done",
  ]);
  expect(lines(/ready/)).toEqual(["7355 web/0 ready", "9155 web/1 ready"]);
});

test("an instance whose VM died while it was updated holds the walk up, until the start time-out", () => {
  const dying = (repairAfter: string) =>
    plot(2, { faults: [{ at: "120s", kind: "vm-failure", instance: "web/0", repairAfter }] }).lines(turns);
  expect(dying("10min")).toContain("740 upgrade domain 1 starts");
  expect(dying("2h")).toContain("1900 upgrade domain 1 starts");
});

test("an instance that crashes again and again on the new version blocks the walk without limit: stuck", () => {
  const crashes = Array.from({ length: 100 }, (_, k) => ({ at: `${170 + 60 * k}s`, kind: "app-crash", instance: "web/0" }));
  const story = plot(2, {
    fabric: { install: "30s", healing: "platform", roleRestart: "45s", restartBackoff: { first: "10s", max: "5min", reset: "10min" } },
    // it is busy for so long that the next crash finds it before it is ready
    operations: [upgrade({ roles: { web: { onStart: "10min" } } })],
    faults: crashes,
    horizon: "100min",
  });
  expect(story.lines(turns)).toEqual([
    "100 upgrade production to v2 starts",
    "100 upgrade domain 0 starts",
    "1900 upgrade production to v2 stuck at domain 0",
  ]);
  expect(story.summary.operations).toMatchObject([
    { outcome: "stuck", reason: "upgrade domain 0 is recycling on v2", finishedAtSeconds: null },
  ]);
});

test("a stuck walk goes on when the crashing instance is ready at last, and has been for as long as it takes to be forgiven", () => {
  const crashes = Array.from({ length: 40 }, (_, k) => ({ at: `${170 + 60 * k}s`, kind: "app-crash", instance: "web/0" }));
  const { lines } = plot(2, {
    fabric: { install: "30s", healing: "platform", roleRestart: "5s", restartBackoff: { first: "10s", max: "10s", reset: "10min" } },
    operations: [upgrade({ roles: { web: { onStart: "10min" } } })],
    faults: crashes,
  });
  // the last crash is at 2510 s; back-off 10 s, restart 5 s, OnStart 10 min
  expect(lines(/domain 1|web\/0 ready/)).toEqual(["3125 web/0 ready", "3725 upgrade domain 1 starts"]);
});

test("a crash during draining fails what is left as crash, and the process starts on the new version", () => {
  const { lines } = plot(2, {
    service: { roles: web(2, { service: "2min" }), upgradeDomains: 2 },
    fabric: { install: "30s", healing: "platform", roleRestart: "15s" },
    balancer: { policy: "round-robin" },
    faults: [{ at: "110s", kind: "app-crash", instance: "web/0" }],
    clients: { a: { endpoint: "web", arrivals: { instants: ["90s"] } } },
  });
  expect(lines(/web\/0 (draining|recycling|stopping|ready)|a 1 c|domain 1/)).toEqual([
    "100 web/0 draining",
    "110 web/0 recycling",
    "110 a 1 crash",
    "130 web/0 ready",
    "130 upgrade domain 1 starts",
  ]);
});

test("only the roles named are upgraded", () => {
  const { lines } = plot(1, {
    service: { roles: { ...web(1), work: { kind: "worker", instances: 1, roleStart: "15s" } } },
    operations: [upgrade({ only: ["work"] })],
  });
  expect(lines(/(web|work)\/\d/)).toEqual([
    "100 work/0 draining",
    "100 work/0 stopping",
    "100 work/0 updating",
    "130 work/0 starting",
    "145 work/0 ready",
  ]);
});

test("all roles of one upgrade domain go together", () => {
  const { lines } = plot(2, { service: { roles: { ...web(2), work: { kind: "worker", instances: 2 } }, upgradeDomains: 2 } });
  expect(lines(/stopping|domain/)).toEqual([
    "100 upgrade domain 0 starts",
    "100 web/0 stopping",
    "100 work/0 stopping",
    "160 upgrade domain 1 starts",
    "160 web/1 stopping",
    "160 work/1 stopping",
  ]);
});

test("with walkPoll the walk looks only so often whether its domain is done", () => {
  const { lines } = plot(2, { fabric: { install: "30s", walkPoll: "15s" }, service: { roles: web(2), upgradeDomains: 2 } });
  expect(lines(/domain \d starts/)).toEqual(["100 upgrade domain 0 starts", "175 upgrade domain 1 starts"]);
});

test("an upgrade that asks for fewer instances lets the highest ids go, drained, and is done when they are gone", () => {
  const { lines, summary } = plot(3, {
    service: { roles: web(3, { service: "3min" }), upgradeDomains: 3 },
    fabric: { install: "30s", drainTimeout: "10min" },
    balancer: { policy: "round-robin" },
    operations: [upgrade({ roles: { web: { instances: 1 } } })],
    clients: { a: { endpoint: "web", arrivals: { instants: ["90s", "91s", "92s"] } } },
  });
  expect(lines(/a \d ok|deleted|done/)).toEqual([
    "270 a 1 ok",
    "271 a 2 ok",
    "272 a 3 ok",
    "281 web/1 deleted",
    "282 web/2 deleted",
    "330 upgrade production to v2 done",
  ]);
  expect(summary.requests.failed).toBe(0);
});

test("an instance that an upgrade lets go and that dies on its way out is gone at once", () => {
  const { lines } = plot(2, {
    service: { roles: web(2, { service: "3min" }), upgradeDomains: 2 },
    operations: [upgrade({ roles: { web: { instances: 1 } } })],
    faults: [{ at: "120s", kind: "vm-failure", instance: "web/1" }],
    balancer: { policy: "round-robin" },
    clients: { a: { endpoint: "web", arrivals: { instants: ["90s", "91s"] }, timeout: "10min" } },
  });
  expect(lines(/web\/1 (dead|deleted)|done/)).toEqual(["120 web/1 dead", "120 web/1 deleted", "250 upgrade production to v2 done"]);
});

test("identity survives an upgrade: names, upgrade domains and hosts stay", () => {
  const { summary } = plot(4);
  expect(summary.instances.map(({ name, upgradeDomain, host }) => [name, upgradeDomain, host])).toEqual([
    ["web/0", 0, 0],
    ["web/1", 1, 20],
    ["web/2", 2, 1],
    ["web/3", 0, 21],
  ]);
});

test("a web site that is dead is updated like one that serves, and one that flaps is waited for", () => {
  const { lines } = tell({
    service: { roles: { web: { kind: "web", instances: 2 } } },
    fabric: { install: "10s" },
    faults: [
      { at: "50s", kind: "web-process-crash", instance: "web/0", repairAfter: "1h" },
      { at: "55s", kind: "flap", instance: "web/1", down: "90s", up: "1h" },
    ],
    operations: [{ at: "100s", kind: "upgrade", version: "v2" }],
  });
  expect(lines(/web\/\d (webDown|hung|ready|updating|draining)|done/)).toEqual([
    "50 web/0 webDown",
    "55 web/1 hung",
    "100 web/0 updating",
    "110 web/0 ready",
    "145 web/1 ready",
    "145 web/1 draining",
    "145 web/1 updating",
    "155 web/1 ready",
    "155 upgrade production to v2 done",
  ]);
});

test("mode simultaneous gives slow starters their time-out although the last upgrade domain is empty", () => {
  const { lines } = plot(2, {
    service: { roles: web(2, { onStart: "1h" }), upgradeDomains: 3 },
    fabric: { install: "30s", startTimeout: "10min" },
    operations: [upgrade({ mode: "simultaneous" })],
  });
  expect(lines(turns)).toEqual([
    "100 upgrade production to v2 starts",
    "100 upgrade domain 0 starts",
    "100 upgrade domain 1 starts",
    "700 upgrade production to v2 done",
  ]);
});
