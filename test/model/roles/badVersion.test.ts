import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const fabric = {
  healing: "platform",
  crashDetection: "1s",
  roleRestart: "10s",
  guestReboot: "30s",
  restartBackoff: { first: "10s", max: "5min", reset: "10min" },
} as const;
const role = (more: object, plot: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, onStart: "5s", onStop: "3s", ...more } } },
    fabric,
    horizon: "1h",
    ...plot,
  } as Plot);
const seconds = (lines: readonly string[]) => lines.map((line) => Number(line.split(" ")[0]));
const deployed = (changes: object, more: Partial<Plot> = {}) =>
  role({}, { operations: [{ at: "60s", kind: "upgrade", version: "v2", roles: { web: changes } }], ...more });

test("a version that crashes is restarted with back-off again and again, without Stopping and OnStop", () => {
  const { lines, summary } = role(
    { instances: 1, crashAfter: "20s" },
    { clients: { a: { endpoint: "web", arrivals: { instants: ["25s"] } } } },
  );
  expect(lines(/web\/0 (?!out|in)|-exception/).slice(0, 8)).toEqual([
    "20 unhandled-exception of web/0 strikes",
    "20 web/0 throws",
    "20 web/0 recycling",
    "21 web/0 crash noticed",
    "31 web/0 busy",
    "36 unhandled-exception of web/0 ends",
    "36 web/0 ready",
    "56 unhandled-exception of web/0 strikes",
  ]);
  expect(lines(/stopping/)).toEqual([]);
  expect(seconds(lines(/web\/0 ready/)).slice(0, 5)).toEqual([36, 82, 138, 214, 330]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "unhandled-exception of web/0", cause: "refused", failed: 1 }]);
});

test("Run that returns recycles the role in good order: out of rotation, OnStop, and the start path again", () => {
  const { lines } = role({ runReturns: "20s" });
  expect(lines(/web\/0/).slice(0, 9)).toEqual([
    "20 run-return of web/0 strikes",
    "20 web/0 Run returns",
    "20 web/0 out",
    "20 web/0 draining",
    "20 web/0 stopping",
    "23 web/0 recycling",
    "33 web/0 busy",
    "38 run-return of web/0 ends",
    "38 web/0 ready",
  ]);
});

test("a pause stops the clock of a bad version", () => {
  const { lines } = role({ crashAfter: "20s" }, { faults: [{ at: "10s", kind: "pause", instance: "web/0", repairAfter: "7s" }] });
  expect(lines(/throws/).slice(0, 2)).toEqual(["20 web/1 throws", "27 web/0 throws"]);
});

test("OnStart that fails kills the process without OnStop, and the instance never gets traffic", () => {
  const { lines } = deployed({ onStartFails: "100%" });
  expect(lines(/web\/0/).slice(0, 16)).toEqual([
    "60 web/0 out",
    "60 web/0 draining",
    "60 web/0 stopping",
    "63 web/0 updating",
    "63 web/0 busy",
    "68 onstart-failure of web/0 strikes",
    "68 web/0 OnStart fails",
    "68 web/0 recycling",
    "69 web/0 crash noticed",
    "79 web/0 busy",
    "84 onstart-failure of web/0 strikes",
    "84 web/0 OnStart fails",
    "84 onstart-failure of web/0 ends",
    "84 web/0 recycling",
    "85 web/0 crash noticed",
    "105 web/0 busy",
  ]);
  expect(lines(/web\/0 (ready|in)$/)).toEqual([]);
});

test("a simple startup task that fails keeps the role from starting; the tasks after it do not run", () => {
  const { lines } = deployed({ startupTasks: [{ duration: "2s" }, { duration: "4s", fails: "100%" }, { duration: "1h" }] });
  expect(lines(/web\/0 (starting|startup|re|busy)/).slice(0, 6)).toEqual([
    "63 web/0 starting",
    "69 web/0 startup task 2 fails",
    "69 web/0 recycling",
    "76 web/0 startup task 2 fails",
    "76 web/0 recycling",
    "93 web/0 startup task 2 fails",
  ]);
});

test("a task that is not idempotent works at the first boot and fails at the first restart, until the disk is made anew", () => {
  const task = { startupTasks: [{ duration: "4s", idempotent: false }] };
  const reboot = role(task, { operations: [{ at: "60s", kind: "reboot", instance: "web/0" }] });
  expect(reboot.lines(/web\/0 (startup|ready)/).slice(0, 2)).toEqual(["97 web/0 startup task 1 fails", "102 web/0 startup task 1 fails"]);
  const reimage = role(task, { operations: [{ at: "60s", kind: "reimage", instance: "web/0" }] });
  expect(reimage.lines(/web\/0 (startup|ready)/)).toEqual(["102 web/0 ready"]);
});

test("a foreground task holds up the stop, not the start", () => {
  const { lines } = role(
    {},
    {
      operations: [
        { at: "10s", kind: "upgrade", version: "v2", roles: { web: { startupTasks: [{ type: "foreground", duration: "2min" }] } } },
        { at: "60s", kind: "reboot", instance: "web/0" },
      ],
    },
  );
  expect(lines(/web\/0 (stopping|updating|ready|rebooting)/)).toEqual([
    "10 web/0 stopping",
    "13 web/0 updating",
    "18 web/0 ready",
    "60 web/0 stopping",
    "133 web/0 rebooting",
    "168 web/0 ready",
  ]);
});

test("a bad version that is restarted without any delay does not stop the clock", () => {
  const { lines } = tell({
    service: { roles: { web: { kind: "web", instances: 1, crashAfter: "0s" } } },
    fabric: { healing: "platform" },
    horizon: "10s",
  });
  expect(lines(/throws/, true)).toHaveLength(12);
});
