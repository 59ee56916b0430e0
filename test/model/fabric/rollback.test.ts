import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Operations = NonNullable<Plot["operations"]>;

/** OnStop 10 s, package 30 s, start 20 s: an instance is away for a minute. */
const web = (instances: number, more: object = {}) => ({
  web: { kind: "web" as const, instances, onStop: "10s", roleStart: "15s", onStart: "5s", ...more },
});
const upgrade = (more: object = {}): Operations[number] => ({ at: "100s", kind: "upgrade", version: "v2", ...more }) as Operations[number];
const plot = (operations: Operations, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: web(5), upgradeDomains: 5 },
    fabric: { install: "30s", healing: "platform", roleRestart: "5s", restartBackoff: { first: "10s", max: "1min", reset: "10min" } },
    operations,
    horizon: "3h",
    ...more,
  });
/** The process of web/0 dies every 30 s while it starts, from 170 s to 2 h. */
const crashLoop = Array.from({ length: 230 }, (_, k) => ({ at: `${170 + 30 * k}s`, kind: "app-crash", instance: "web/0" }));
const slow = { web: { onStart: "10min" } };
const walks = /domain \d starts|stuck|done|gives way|refused/;

test("mode manual waits for somebody at every domain, in any order, and is done when the last one was walked", () => {
  const walk = (at: string, domain?: number): Operations[number] => ({
    at,
    kind: "walk-upgrade-domain",
    ...(domain === undefined ? {} : { domain }),
  });
  const { lines, summary } = plot(
    [
      upgrade({ mode: "manual" }),
      walk("200s", 2),
      walk("230s"),
      walk("300s"),
      walk("400s", 2),
      walk("500s"),
      walk("600s", 7),
      walk("700s"),
    ],
    { service: { roles: web(3), upgradeDomains: 3 } },
  );
  expect(lines(/^\S+ upgrade|refused|stopping/)).toEqual([
    "100 upgrade production to v2 starts",
    "200 upgrade domain 2 starts",
    "200 web/2 stopping",
    "230 walk-upgrade-domain refused: upgrade domain 2 is still being updated",
    "300 upgrade domain 0 starts",
    "300 web/0 stopping",
    "400 walk-upgrade-domain refused: upgrade domain 2 has been updated already",
    "500 upgrade domain 1 starts",
    "500 web/1 stopping",
    "560 upgrade production to v2 done",
    "600 walk-upgrade-domain refused: no update in mode manual is in progress",
    "700 walk-upgrade-domain refused: no update in mode manual is in progress",
  ]);
  expect(summary.operations[0]).toMatchObject({ outcome: "succeeded", finishedAtSeconds: 560 });
});

test("mode simultaneous takes every domain at once: the whole capacity leaves, and is back a minute later", () => {
  const { lines, summary } = plot([upgrade({ mode: "simultaneous" })]);
  expect(lines(/web\/\d stopping|done/)).toEqual([
    ...[0, 1, 2, 3, 4].map((id) => `100 web/${id} stopping`),
    "160 upgrade production to v2 done",
  ]);
  expect(summary.byRole[0]?.readyMin).toBe(0);
});

test("a version that crashes at its start is stuck in the first of five domains, and a rollback gives that capacity back", () => {
  const { lines, summary } = plot([upgrade({ roles: slow }), { at: "1h", kind: "rollback" }], { faults: crashLoop.slice(0, 100) });
  expect(lines(walks)).toEqual([
    "100 upgrade domain 0 starts",
    "1900 upgrade production to v2 stuck at domain 0",
    "3600 upgrade production to v2 gives way",
    "3600 upgrade domain 0 starts",
    "3650 roll production back done",
  ]);
  expect(summary.byRole[0]?.readyMin).toBe(4);
  expect(summary.operations).toMatchObject([
    { kind: "upgrade", outcome: "replaced", reason: "a rollback takes its place" },
    { kind: "rollback", outcome: "succeeded" },
  ]);
});

test("a rollback reverts updated instances domain by domain and leaves the others alone", () => {
  const { lines } = plot([upgrade(), { at: "230s", kind: "rollback" }], { service: { roles: web(5), upgradeDomains: 5, version: "v1" } });
  // domains 0 and 1 are updated, domain 2 is stopping
  expect(lines(/web\/\d (stopping|updating|ready)|gives way|back/)).toEqual([
    "100 web/0 stopping",
    "110 web/0 updating",
    "160 web/0 ready",
    "160 web/1 stopping",
    "170 web/1 updating",
    "220 web/1 ready",
    "220 web/2 stopping",
    "230 roll production back starts",
    "230 upgrade production to v2 gives way",
    "230 web/0 stopping",
    "230 web/2 updating",
    "240 web/0 updating",
    "280 web/2 ready",
    "290 web/0 ready",
    "290 web/1 stopping",
    "300 web/1 updating",
    "350 web/1 ready",
    "350 roll production back done",
  ]);
});

test("a rollback is refused when nothing is in progress, when the update is complete, and when local storage has grown", () => {
  const storage = (size: string) => ({ localStorage: { cache: { size } } });
  const { lines } = plot(
    [
      { at: "50s", kind: "rollback" },
      upgrade({ roles: { web: storage("200MiB") } }),
      { at: "150s", kind: "rollback" },
      { at: "20min", kind: "rollback" },
    ],
    { service: { roles: web(5, storage("100MiB")), upgradeDomains: 5 } },
  );
  expect(lines(/refused/)).toEqual([
    "50 rollback refused: no update is in progress: a rollback exists only until the last instance is updated",
    "150 rollback refused: the update made local storage cache larger, and local storage cannot shrink",
    "1200 rollback refused: no update is in progress: a rollback exists only until the last instance is updated",
  ]);
});

test("a rollback that needs more cores than the quota has left is refused", () => {
  const { lines } = plot(
    [upgrade({ roles: { web: { instances: 2 } } }), { at: "120s", kind: "deploy", version: "x" }, { at: "130s", kind: "rollback" }],
    {
      subscription: { cores: 5 },
      service: { roles: web(4), upgradeDomains: 5 },
    },
  );
  expect(lines(/refused|gives way/)).toContain("130 rollback refused: the subscription's quota of 5 cores is used up");
});

test("a second update during a first one starts at once with its first domain: instances of two domains are down together", () => {
  const { lines, summary } = plot([upgrade(), upgrade({ at: "230s", version: "v3" })]);
  expect(lines(/web\/\d (stopping|ready)|gives way|done/).slice(4)).toEqual([
    "220 web/2 stopping",
    "230 upgrade production to v2 gives way",
    "230 web/0 stopping",
    "280 web/2 ready",
    "290 web/0 ready",
    "290 web/1 stopping",
    "350 web/1 ready",
    "350 web/2 stopping",
    "410 web/2 ready",
    "410 web/3 stopping",
    "470 web/3 ready",
    "470 web/4 stopping",
    "530 web/4 ready",
    "530 upgrade production to v3 done",
  ]);
  expect(summary.byRole[0]?.readyMin).toBe(3);
});

test("a stuck update holds only what changes a deployment: restarts and a staging deployment go on, and a fresh update frees it", () => {
  const { lines } = plot(
    [
      upgrade({ roles: slow }),
      { at: "2000s", kind: "reboot", instance: "web/3" },
      { at: "2000s", kind: "scale", role: "web", instances: 6 },
      { at: "2000s", kind: "deploy", version: "v4" },
      { at: "2100s", kind: "delete", slot: "staging" },
      { at: "2200s", kind: "upgrade", version: "v3", roles: { web: { onStart: "5s" } } },
    ],
    { faults: crashLoop.slice(0, 68) },
  );
  expect(lines(/refused|done|gives way/)).toEqual([
    "2000 scale refused: upgrade of the production deployment is in progress",
    "2030 reboot web/3 done",
    "2100 delete refused: upgrade of the production deployment is in progress",
    "2200 upgrade production to v2 gives way",
    "2490 upgrade production to v3 done",
    "2615 deploy v4 to staging done",
  ]);
});
