import { expect, test } from "vitest";
import { DiskEvent, disksMadeAnew } from "../../../src/model/roles/disks.ts";
import { type Plot, tell } from "../story.ts";

/** One request a second to web/0 for a minute, each of which writes one item to both folders; then what happens happens. */
const written = (more: Partial<Plot>) =>
  tell({
    service: {
      roles: {
        web: {
          kind: "web",
          instances: 1,
          localStorage: { kept: { cleanOnRoleRecycle: false }, scratch: {} },
          handler: [
            { write: "local", folder: "kept", size: "10KiB" },
            { write: "local", folder: "scratch", size: "10KiB" },
          ],
        },
      },
    },
    fabric: {
      healing: "platform",
      operator: "none",
      hostHeartbeat: { period: "5s", timeout: "30s" },
      guestHeartbeat: { period: "5s", timeout: "30s" },
    },
    clients: { a: { endpoint: "web", arrivals: { instants: Array.from({ length: 60 }, (_, second) => `${second}s`) } } },
    ...more,
  } as Plot);
const at = "90s";
const lostBy = (more: Partial<Plot>) => written(more).summary.localWrites;

test("the table of what each event makes anew", () => {
  const table = Object.entries(DiskEvent).map(([name, event]) => {
    const { local, windows, application } = disksMadeAnew[event] ?? { local: true, windows: true, application: true };
    return `${name} ${local ? "C" : ""}${windows ? "D" : ""}${application ? "E" : ""}`.trim();
  });
  expect(table).toEqual([
    "guestReboot",
    "powerCycle D",
    "reboot E",
    "hostUpdate E",
    "stopStart E",
    "reimage DE",
    "guestUpdate DE",
    "upgrade E",
    "move CDE",
    "rebuild CDE",
    "resize CDE",
    "roleRecycle",
    "removal CDE",
  ]);
});

test("a crash empties the folder that is cleaned at every start of the role, and keeps the other", () => {
  expect(lostBy({ faults: [{ at, kind: "app-crash", instance: "web/0" }] })).toEqual({
    written: 120,
    lost: 60,
    lostBy: { "role recycle": 60 },
  });
});

test("reboot and reimage keep local storage that is not cleaned, a move to another host loses it", () => {
  expect(lostBy({ operations: [{ at, kind: "reboot", instance: "web/0" }] }).lostBy).toEqual({ reboot: 60 });
  expect(lostBy({ operations: [{ at, kind: "reimage", instance: "web/0" }] }).lostBy).toEqual({ reimage: 60 });
  const moved = written({ faults: [{ at, kind: "host-failure", host: "hostOf(web/0)" }] });
  expect(moved.summary.localWrites).toEqual({ written: 120, lost: 120, lostBy: { "move to another host": 120 } });
  expect(moved.lines(/loses/)).toHaveLength(1);
});

test("a host that comes back keeps them too, an upgrade in place as well, another size of VM does not", () => {
  const back = { at, kind: "host-failure", host: "hostOf(web/0)", class: "reboot" } as const;
  expect(lostBy({ faults: [back] }).lostBy).toEqual({ "power cycle of the host": 60 });
  expect(lostBy({ operations: [{ at, kind: "upgrade", version: "v2" }] }).lostBy).toEqual({ upgrade: 60 });
  const resize = { at, kind: "upgrade", version: "v2", roles: { web: { size: "Medium" } } } as const;
  expect(lostBy({ operations: [resize] }).lostBy).toEqual({ "change of size": 120 });
});

test("what an instance that is removed has on its disk is lost with it", () => {
  expect(lostBy({ operations: [{ at, kind: "delete", slot: "production" }] }).lostBy).toEqual({ removal: 120 });
});

test("a folder that is full takes no more: the request fails, until the folder is emptied", () => {
  const { summary, lines } = tell({
    service: {
      roles: {
        web: {
          kind: "web",
          instances: 1,
          localStorage: { logs: { size: "1MiB" } },
          handler: [{ write: "local", folder: "logs", size: "512KiB" }],
        },
      },
    },
    fabric: { healing: "platform" },
    clients: { a: { endpoint: "web", arrivals: { instants: ["1s", "2s", "3s", "4s", "6s"] } } },
    faults: [{ at: "5s", kind: "app-crash", instance: "web/0" }],
  });
  expect(lines(/^\d+ a \d (ok|app)|storage/)).toEqual([
    "1 a 1 ok",
    "2 a 2 ok",
    "3 full-local-storage of web/0 strikes",
    "3 a 3 app-error",
    "4 a 4 app-error",
    "5 full-local-storage of web/0 ends",
    "6 a 5 ok",
  ]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "full-local-storage of web/0", cause: "app-error", failed: 2 }]);
  expect(summary.localWrites).toEqual({ written: 3, lost: 2, lostBy: { "role recycle": 2 } });
});

test("a worker whose folder is full throws, and its message comes back", () => {
  const { lines } = tell({
    service: {
      roles: {
        work: {
          kind: "worker",
          instances: 1,
          queue: "jobs",
          localStorage: { logs: { size: "1MiB" } },
          handler: [{ compute: "1s" }, { write: "local", folder: "logs", size: "1MiB" }],
        },
      },
    },
    queues: { jobs: { arrivals: { instants: ["1s", "5s"] }, maxDequeueCount: 2 } },
  });
  expect(lines(/jobs/)).toEqual([
    "1 jobs 1 enqueued",
    "1 jobs 1 taken by work/0",
    "2 jobs 1 completed",
    "5 jobs 2 enqueued",
    "5 jobs 2 taken by work/0",
    "35 jobs 2 visible again",
    "35 jobs 2 taken by work/0",
    "65 jobs 2 visible again",
    "65 jobs 2 poisoned",
  ]);
});

test("what was changed by hand shows as drift until the Windows disk is made anew", () => {
  const change = { at: "10s", kind: "remote-desktop", instance: "web/0", change: "installed a hotfix" } as const;
  const kept = written({ operations: [change, { at, kind: "reboot", instance: "web/0" }] });
  expect(kept.summary.instances[0]?.drift).toEqual(["installed a hotfix"]);
  const lost = written({ operations: [change, { at, kind: "reimage", instance: "web/0" }] });
  expect(lost.lines(/hand|changes/)).toEqual([
    "10 change an instance by hand: installed a hotfix starts",
    "10 web/0 changed by hand: installed a hotfix",
    "10 change an instance by hand: installed a hotfix done",
    "90 web/0 loses 1 changes: reimage",
  ]);
  expect(lost.summary.instances[0]?.drift).toEqual([]);
});

test("nobody logs on to an instance that does not answer", () => {
  const { summary } = written({
    faults: [{ at: "5s", kind: "vm-failure", instance: "web/0" }],
    operations: [{ at: "10s", kind: "remote-desktop", instance: "web/0", change: "a look" }],
  });
  expect(summary.operations[0]).toMatchObject({ outcome: "refused", reason: "the instance does not answer" });
});
