import { expect } from "vitest";
import { type Plot, tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts } from "./section06.ts";

const fact = factsOf(facts);

type Operation = NonNullable<Plot["operations"]>[number];

/** OnStop 10 s, package 30 s, start 20 s, guest boot 60 s. */
const web = (instances: number, more: object = {}) => ({
  web: { kind: "web" as const, instances, onStop: "10s", roleStart: "15s", onStart: "5s", ...more },
});
const upgrade = (more: object = {}) => ({ at: "100s", kind: "upgrade", version: "v2", ...more }) as Operation;
const plot = (instances: number, operations: readonly Operation[], more: Partial<Plot> = {}) =>
  tell({
    service: { roles: web(instances) },
    fabric: {
      install: "30s",
      guestReboot: "60s",
      reimage: "2min",
      healing: "platform",
      restartBackoff: { first: "10s", max: "5min", reset: "10min" },
    },
    patching: {
      hostOs: { every: "never", duration: "uniform(15min, 20min)", between: "uniform(2h, 12h)" },
      guestOs: { every: "never" },
      guestAgent: { every: "never", duration: "30s" },
    },
    operations: [...operations],
    horizon: "4h",
    ...more,
  });
/** A version whose OnStart fails always. */
const bad = { roles: { web: { onStartFails: "100%" } } };
const good = { roles: { web: { onStartFails: "0%" } } };
const day = 86_400;
const secondsOf = (lines: readonly string[]) => lines.map((line) => Number.parseFloat(line));

fact("6.1", () => {
  const { lines, summary } = plot(5, [upgrade()]);
  expect(lines(/web\/\d (stopping|ready)/)).toEqual(
    [0, 1, 2, 3, 4].flatMap((id) => [`${100 + 60 * id} web/${id} stopping`, `${160 + 60 * id} web/${id} ready`]),
  );
  expect(summary.byRole[0]?.readyMin).toBe(4);
});

fact("6.2", () => {
  const { lines } = plot(5, [upgrade(), upgrade({ at: "200s", version: "v3" })]);
  expect(lines(/upgrade production to v\d (starts|gives way|done)/)).toEqual([
    "100 upgrade production to v2 starts",
    "200 upgrade production to v3 starts",
    "200 upgrade production to v2 gives way",
    "500 upgrade production to v3 done",
  ]);
});

fact("6.3", () => {
  const { lines } = plot(2, [upgrade()], {
    service: { roles: { ...web(2), work: { kind: "worker", instances: 2, onStop: "10s", roleStart: "20s" } } },
  });
  expect(lines(/stopping/)).toEqual(["100 web/0 stopping", "100 work/0 stopping", "160 web/1 stopping", "160 work/1 stopping"]);
});

fact("6.4", () => {
  const { lines } = plot(3, [upgrade()], { faults: [{ at: "110s", kind: "vm-failure", instance: "web/2", repairAfter: "1h" }] });
  expect(lines(/domain \d starts|v2 done/)).toEqual([
    "100 upgrade domain 0 starts",
    "160 upgrade domain 1 starts",
    "220 upgrade domain 2 starts",
    "220 upgrade production to v2 done",
  ]);
});

fact("6.5", () => {
  const walk = (at: string): Operation => ({ at, kind: "walk-upgrade-domain" });
  const { lines, summary } = plot(2, [upgrade({ mode: "manual" }), walk("10min"), walk("20min")]);
  expect(lines(/stopping/)).toEqual(["600 web/0 stopping", "1200 web/1 stopping"]);
  expect(summary.operations[0]).toMatchObject({ outcome: "succeeded", finishedAtSeconds: 1260 });
});

fact("6.6", () => {
  const { lines } = plot(3, [upgrade({ mode: "simultaneous" })]);
  expect(lines(/stopping/)).toEqual(["100 web/0 stopping", "100 web/1 stopping", "100 web/2 stopping"]);
});

fact("6.7", () => {
  const { lines, summary } = plot(5, [upgrade({ roles: { web: { onStart: "70min" } } })]);
  expect(secondsOf(lines(/domain \d starts/))).toEqual([100, 1900, 3700, 5500, 7300]);
  // each domain is away for 70 min, the next follows after 30
  expect(summary.byRole[0]?.readyMin).toBe(2);
});

fact("6.8", () => {
  const { lines, summary } = plot(5, [upgrade(bad)]);
  expect(lines(/domain \d starts/)).toEqual(["100 upgrade domain 0 starts"]);
  expect(summary.operations[0]).toMatchObject({ outcome: "stuck", reason: "upgrade domain 0 is recycling on v2" });
  expect(summary.byRole[0]?.readyMin).toBe(4);
});

fact("6.9", () => {
  const { lines, summary } = plot(5, [upgrade(bad), { at: "1h", kind: "rollback" }]);
  expect(lines(/roll.*done|web\/0 ready/)).toEqual(["3650 web/0 ready", "3650 roll production back done"]);
  expect(lines(/web\/[1-4]/)).toEqual([]);
  expect(summary.byRole[0]).toMatchObject({ readyMin: 4, degradedSeconds: 3550 });
});

fact("6.10", () => {
  const { lines, summary } = plot(5, [upgrade(bad), upgrade({ at: "1h", version: "v3", ...good })]);
  expect(lines(/web\/0 ready/)).toEqual(["3650 web/0 ready"]);
  expect(summary.operations.map(({ outcome }) => outcome)).toEqual(["replaced", "succeeded"]);
});

fact("6.11", () => {
  const { lines, summary } = plot(5, [upgrade(), upgrade({ at: "240s", version: "v3" })]);
  expect(lines(/web\/\d stopping/).slice(0, 4)).toEqual([
    "100 web/0 stopping",
    "160 web/1 stopping",
    "220 web/2 stopping",
    "240 web/0 stopping",
  ]);
  expect(summary.byRole[0]?.readyMin).toBe(3);
});

fact("6.12", () => {
  const at = (instant: string): Operation => ({ at: instant, kind: "rollback" });
  const { lines } = plot(5, [at("50s"), upgrade(), at("20min")]);
  expect(lines(/rollback/).map((line) => line.slice(0, 42))).toEqual([
    "50 rollback refused: no update is in progr",
    "1200 rollback refused: no update is in pro",
  ]);
  expect(plot(5, [upgrade(), at("150s")]).summary.operations[1]).toMatchObject({ outcome: "succeeded" });
});

fact("6.13", () => {
  const { lines } = plot(5, [upgrade(), { at: "225s", kind: "rollback" }]);
  // web/2 was on its way out
  expect(lines(/web\/\d (stopping|ready)/).slice(4)).toEqual([
    "220 web/2 stopping",
    "225 web/0 stopping",
    "280 web/2 ready",
    "285 web/0 ready",
    "285 web/1 stopping",
    "345 web/1 ready",
  ]);
});

fact("6.14", () => {
  const storage = (size: string) => ({ localStorage: { cache: { size } } });
  const { lines } = plot(5, [upgrade({ roles: { web: storage("200MiB") } }), { at: "150s", kind: "rollback" }], {
    service: { roles: web(5, storage("100MiB")) },
  });
  expect(lines(/refused/)).toEqual(["150 rollback refused: the update made local storage cache larger, and local storage cannot shrink"]);
});

fact("6.15", () => {
  const operations = [
    upgrade({ roles: { web: { instances: 2 } } }),
    { at: "120s", kind: "deploy", version: "x" },
    { at: "130s", kind: "rollback" },
  ];
  const { lines } = plot(4, operations as Operation[], { subscription: { cores: 5 } });
  expect(lines(/rollback/)).toEqual(["130 rollback refused: the subscription's quota of 5 cores is used up"]);
});

fact("6.16", () => {
  const at = "1h";
  const { lines } = plot(5, [
    upgrade(bad),
    { at, kind: "scale", role: "web", instances: 6 },
    { at, kind: "delete", slot: "production" },
    { at, kind: "reboot", instance: "web/4" },
    { at, kind: "deploy", version: "v3", roles: good.roles },
  ]);
  expect(lines(/refused|(reboot|deploy).*done/)).toEqual([
    "3600 scale refused: upgrade of the production deployment is in progress",
    "3600 delete refused: upgrade of the production deployment is in progress",
    "3620 deploy v3 to staging done",
    "3690 reboot web/4 done",
  ]);
});

fact("6.17", () => {
  const { summary } = plot(1, [upgrade()], { clients: { a: { endpoint: "web", arrivals: "constant(1/s)" } }, horizon: "10min" });
  expect(summary.byRole[0]).toMatchObject({ readyMin: 0, degradedSeconds: 60 });
  expect(summary.requests.failedByCause).toEqual({ refused: 60 });
});

fact("6.18", () => {
  const single = (more: object) => plot(1, [upgrade(more)]).summary.operations[0];
  expect(single({ portal: true })).toMatchObject({
    outcome: "refused",
    reason: "the portal wants force: web has a single instance, which is down during the whole update",
  });
  expect(single({ portal: true, force: true })?.outcome).toBe("succeeded");
  expect(single({})?.outcome).toBe("succeeded");
});

fact("6.19", () => {
  const { lines, summary } = plot(5, [], { patching: { guestOs: { every: "never" }, guestAgent: { every: "never" } }, horizon: "180d" });
  expect(summary.operations).toMatchObject([{ kind: "host-os-update", passes: 6, outcome: "succeeded" }]);
  expect(summary.instances.map(({ restarts }) => restarts)).toEqual([6, 6, 6, 6, 6]);
  expect(summary.byRole[0]?.readyMin).toBe(4);
  const turns = secondsOf(lines(/domain \d starts/)).slice(0, 5);
  for (let domain = 1; domain < 5; domain++) expect((turns[domain] ?? 0) - (turns[domain - 1] ?? 0)).toBeGreaterThan(2 * 3600);
});

fact("6.20", () => {
  const { lines } = plot(5, [{ at: "0s", kind: "host-os-update" }], { horizon: "3d" });
  const down = secondsOf(lines(/host \d+ updating/));
  const up = secondsOf(lines(/host \d+ up$/));
  expect(up).toHaveLength(5);
  for (const [place, at] of up.entries()) {
    expect(at - (down[place] ?? 0)).toBeGreaterThanOrEqual(900);
    expect(at - (down[place] ?? 0)).toBeLessThanOrEqual(1200);
  }
});

fact("6.21", () => {
  const { lines, summary } = plot(3, [{ at: "100s", kind: "guest-os-update" }]);
  expect(lines(/web\/\d (stopping|rebooting|ready)/)).toEqual(
    [0, 1, 2].flatMap((id) => [
      `${100 + 210 * id} web/${id} stopping`,
      `${110 + 210 * id} web/${id} rebooting`,
      `${310 + 210 * id} web/${id} ready`,
    ]),
  );
  expect(summary.operations[0]).toMatchObject({ outcome: "succeeded" });
  const year = tell({
    service: { roles: web(2) },
    patching: { hostOs: { every: "never" }, guestAgent: { every: "never" } },
    horizon: "360d",
  });
  expect(year.summary.operations).toMatchObject([{ kind: "guest-os-update", passes: 12 }]);
});

fact("6.22", () => {
  const { lines, summary } = plot(2, [{ at: "100s", kind: "guest-agent-update" }]);
  expect(lines(/web\/0 /)).toEqual([
    "100 web/0 out",
    "100 web/0 draining",
    "100 web/0 stopping",
    "110 web/0 updating",
    "140 web/0 starting",
    "155 web/0 busy",
    "160 web/0 ready",
    "160 web/0 in",
  ]);
  expect(summary.instances[0]?.restarts).toBe(0);
});

fact("6.23", () => {
  const { lines, summary } = tell({ service: { roles: web(2) }, patching: "default", horizon: "360d" });
  expect(summary.instances.map(({ restarts }) => restarts)).toEqual([24, 24]);
  expect(lines(/web\/0 updating/)).toHaveLength(12);
});

fact("6.24", () => {
  const { lines } = plot(2, [{ at: "100s", kind: "host-os-update" }], { horizon: "10min" });
  expect(lines(/web\/0/).slice(0, 3)).toEqual(["100 web/0 out", "100 web/0 draining", "100 web/0 stopping"]);
});

fact("6.25", () => {
  const { summary } = tell({ service: { roles: web(2), osVersion: "WA-GUEST-OS-5.77" }, patching: "default", horizon: "60d" });
  expect(summary.operations.map(({ kind, passes }) => [kind, passes])).toEqual([
    ["host-os-update", 2],
    ["guest-agent-update", 2],
  ]);
});

fact("6.26", () => {
  const { lines } = tell({
    service: { roles: web(2), osVersion: "WA-GUEST-OS-5.77", osAge: "10d" },
    patching: { hostOs: { every: "never" }, guestAgent: { every: "never" }, guestOs: { disabledAfter: "60d", forcedAfter: "14d" } },
    horizon: "360d",
  });
  expect(secondsOf(lines(/guest OS update starts/))).toEqual([64 * day]);
});

fact("6.27", () => {
  const { lines } = plot(2, [{ at: "100s", kind: "host-os-update" }], { service: { roles: web(2, { onStop: "1h" }) }, horizon: "2h" });
  expect(lines(/web\/0|host 0/).map((line) => line.replace(/^\S+ /, ""))).toEqual([
    "web/0 out",
    "web/0 draining",
    "web/0 stopping",
    "web/0 OnStop cut",
    "web/0 rebooting",
    "host 0 updating",
    "host 0 up",
    "web/0 starting",
    "web/0 busy",
    "web/0 ready",
    "web/0 in",
  ]);
  expect(secondsOf(lines(/web\/0 rebooting/))).toEqual([400]);
});

fact("6.28", () => {
  const { lines, summary } = plot(2, [{ at: "100s", kind: "host-os-update" }], { horizon: "3d" });
  expect(lines(/ on host /)).toEqual([]);
  expect(summary.instances).toHaveLength(2);
  expect(summary.byRole[0]?.readyMin).toBe(1);
});

fact("6.29", () => {
  const least = (upgradeDomains: number) =>
    plot(10, [upgrade()], { service: { roles: web(10), upgradeDomains } }).summary.byRole[0]?.readyMin;
  expect([least(2), least(5)]).toEqual([5, 8]);
});

fact("6.30", () => {
  const quarterly = { hostOs: { every: "91d" }, guestOs: { every: "never" }, guestAgent: { every: "never" } };
  expect(tell({ service: { roles: web(2) }, patching: quarterly, horizon: "364d" }).summary.operations).toMatchObject([{ passes: 4 }]);
});
