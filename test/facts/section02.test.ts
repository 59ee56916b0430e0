import { expect } from "vitest";
import { perfetto } from "../../src/report/export/perfetto.ts";
import { type Plot, tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts } from "./section02.ts";

const fact = factsOf(facts);

const fabric = {
  healing: "platform",
  operator: "none",
  crashDetection: "1s",
  roleRestart: "10s",
  guestReboot: "30s",
  provision: "1min",
  restartBackoff: { first: "10s", max: "5min", reset: "10min" },
  guestHeartbeat: { period: "5s", timeout: "30s" },
  hostHeartbeat: { period: "5s", timeout: "30s" },
} as const;

/** Two instances of a web role whose OnStart takes 5 s and whose OnStop takes 3 s. */
const play = (role: object, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, onStart: "5s", onStop: "3s", ...role } } },
    fabric,
    horizon: "1h",
    ...more,
  } as Plot);
/** The same, upgraded to another version after a minute. */
const upgraded = (role: object, more: Partial<Plot> = {}) =>
  play({}, { operations: [{ at: "60s", kind: "upgrade", version: "v2", roles: { web: role } }], ...more });
const crash = { at: "60s", kind: "app-crash", instance: "web/0" } as const;
const reboot = { at: "60s", kind: "reboot", instance: "web/0" } as const;
const every = (...seconds: number[]) => ({ a: { endpoint: "web", arrivals: { instants: seconds.map((second) => `${second}s`) } } });

fact("2.1", () => {
  const { lines } = play({}, { faults: [crash] });
  expect(lines(/web\/0 (recycling|crash|rebooting|creating|busy|ready)/)).toEqual([
    "60 web/0 recycling",
    "61 web/0 crash noticed",
    "71 web/0 busy",
    "76 web/0 ready",
  ]);
});

fact("2.2", () => {
  const { lines } = play({}, { faults: [{ ...crash, kind: "web-process-crash" }] });
  expect(lines(/web\/0/)).toEqual(["60 web-process-crash of web/0 strikes", "60 web/0 webDown"]);
});

fact("2.5", () => {
  const { lines } = play({ roleStart: "20s" }, { operations: [{ at: "60s", kind: "scale", role: "web", instances: 3 }] });
  expect(lines(/web\/2/)).toEqual([
    expect.stringMatching(/^60 web\/2 on host \d$/),
    "60 web/2 creating",
    "120 web/2 starting",
    "140 web/2 busy",
    "145 web/2 ready",
    expect.stringMatching(/web\/2 in$/),
  ]);
});

fact("2.6", () => {
  const { lines } = play({ startupTasks: [{ duration: "7s" }, { duration: "4s" }] }, { operations: [reboot] });
  expect(lines(/web\/0 (starting|busy)/)).toEqual(["93 web/0 starting", "104 web/0 busy"]);
  // the second one fails after both have taken their time, and the third never runs
  const failing = upgraded({ startupTasks: [{ duration: "7s" }, { duration: "4s", fails: "100%" }, { duration: "9min" }] });
  expect(failing.lines(/web\/0 startup/)[0]).toBe("74 web/0 startup task 2 fails");
});

fact("2.7", () => {
  const { lines } = upgraded({ startupTasks: [{ duration: "4s", fails: "100%" }] });
  expect(lines(/web\/0 startup/).length).toBeGreaterThan(10);
  expect(lines(/web\/0 (busy|ready|in)$/)).toEqual([]);
});

fact("2.8", () => {
  const beside = [
    { type: "background", duration: "1h" },
    { type: "foreground", duration: "1h" },
  ];
  const { lines } = play({ startupTasks: beside }, { operations: [reboot] });
  expect(lines(/web\/0 (rebooting|ready)/)).toEqual(["63 web/0 rebooting", "98 web/0 ready"]);
});

fact("2.9", () => {
  const again = { ...reboot, at: "3min" } as const;
  const { lines } = play({ startupTasks: [{ type: "foreground", duration: "10min" }] }, { operations: [reboot, again] });
  // it began at 93 s
  expect(lines(/web\/0 (stopping|rebooting)/)).toEqual([
    "60 web/0 stopping",
    "63 web/0 rebooting",
    "180 web/0 stopping",
    "693 web/0 rebooting",
  ]);
});

fact("2.10", () => {
  const { lines } = play({ onStart: "40s" }, { operations: [reboot], clients: every(95, 96, 97, 98), balancer: { policy: "round-robin" } });
  expect(lines(/web\/0 busy/)).toEqual(["93 web/0 busy"]);
  expect(lines(/ to web\/0/)).toEqual([]);
  expect(lines(/ to web\/1/)).toHaveLength(4);
});

fact("2.11", () => {
  const { lines, summary } = upgraded({ onStartFails: "100%", onStop: "30s" });
  expect(lines(/web\/0 (busy|OnStart|stopping|recycling)/).slice(0, 5)).toEqual([
    "60 web/0 stopping",
    "63 web/0 busy",
    "68 web/0 OnStart fails",
    "68 web/0 recycling",
    "79 web/0 busy",
  ]);
  // that of the version before
  expect(summary.byRole[0]?.onStops).toBe(1);
});

fact("2.12", () => {
  const { lines } = upgraded({ runReturns: "50s" }, { balancer: { probe: "none" } });
  expect(lines(/web\/0 (ready|in|Run)/).slice(0, 3)).toEqual(["68 web/0 ready", "68 web/0 in", "118 web/0 Run returns"]);
});

fact("2.13", () => {
  const { lines, summary } = play({ runReturns: "20s" }, { horizon: "50s" });
  expect(lines(/web\/0 (?!on|strikes|ends)/)).toEqual([
    "20 web/0 Run returns",
    "20 web/0 out",
    "20 web/0 draining",
    "20 web/0 stopping",
    "23 web/0 recycling",
    "33 web/0 busy",
    "38 web/0 ready",
    expect.stringMatching(/web\/0 in$/),
  ]);
  expect(summary.byRole[0]?.onStops).toBe(2);
});

fact("2.14", () => {
  const { lines, summary } = play({ crashAfter: "20s" }, { horizon: "50s" });
  expect(lines(/web\/0 (throws|draining|stopping|recycling|busy|ready)/)).toEqual([
    "20 web/0 throws",
    "20 web/0 recycling",
    "31 web/0 busy",
    "36 web/0 ready",
  ]);
  expect(summary.byRole[0]?.onStops).toBe(0);
});

fact("2.15", () => {
  const task = { startupTasks: [{ duration: "4s", idempotent: false }] };
  // it worked when the instance was deployed, and fails at the first restart of its role
  expect(play(task, { faults: [crash] }).lines(/web\/0 startup/)[0]).toBe("65 web/0 startup task 1 fails");
  // on a disk that is new it works again
  expect(play(task, { operations: [{ ...reboot, kind: "reimage" }] }).lines(/web\/0 (startup|ready)/)).toEqual(["102 web/0 ready"]);
});

fact("2.16", () => {
  const { lines } = play({ answersWhileStopping: true, onStop: "1min" }, { operations: [reboot] });
  expect(lines(/web\/0 (out|stopping|rebooting)/)).toEqual(["60 web/0 out", "60 web/0 stopping", "120 web/0 rebooting"]);
});

fact("2.17", () => {
  const { lines, summary } = play(
    { answersWhileStopping: true, onStop: "1min" },
    {
      operations: [reboot],
      balancer: { policy: "round-robin", probe: { asks: "application", phase: "2s" } },
      clients: every(50, 51, 70, 71, 80, 81),
    },
  );
  expect(lines(/web\/0 (out|stopping|rebooting)/)).toEqual(["60 web/0 stopping", "120 web/0 rebooting", expect.stringMatching(/out$/)]);
  expect(lines(/ to web\/0/)).toHaveLength(3);
  expect(summary.requests.failed).toBe(0);
});

fact("2.19", () => {
  const { lines } = play({ service: "20s", concurrency: 1 }, { operations: [reboot], clients: every(50, 55) });
  const told = lines(/web\/\d (out|draining|stopping|rebooting)|a \d ok/);
  expect(told.filter((line) => /web\/0/.test(line))).toEqual([
    "60 web/0 out",
    "60 web/0 draining",
    expect.stringMatching(/web\/0 stopping$/),
    expect.stringMatching(/web\/0 rebooting$/),
  ]);
  expect(told.filter((line) => /ok$/.test(line))).toHaveLength(2);
});

fact("2.20", () => {
  const { lines, summary } = play({ onStop: "7min" }, { operations: [reboot] });
  expect(lines(/web\/0 (stopping|OnStop|rebooting)/)).toEqual(["60 web/0 stopping", "360 web/0 OnStop cut", "360 web/0 rebooting"]);
  expect(summary.byRole[0]).toMatchObject({ onStops: 1, onStopCuts: 1 });
});

fact("2.21", () => {
  const { lines } = play({ runReturns: "20s" });
  const states = lines(/web\/0 (draining|stopping|recycling|busy|ready)$/).map((line) => line.split(" ").at(-1));
  expect(states.length).toBeGreaterThan(50);
  for (let place = 5; place < states.length; place++) expect(states[place]).toBe(states[place - 5]);
});

fact("2.22", () => {
  const { result } = play(
    { crashAfter: "20s", startupTasks: [{ duration: "2s" }] },
    { horizon: "3min", operations: [{ ...reboot, at: "150s" }] },
  );
  const events: { name: string; ph: string; args?: { status?: string } }[] = JSON.parse([...perfetto(result)].join("")).traceEvents;
  const statuses = new Map(
    events.filter(({ ph, args }) => ph === "X" && args?.status !== undefined).map(({ name, args }) => [name, args?.status]),
  );
  expect(statuses.get("ready")).toBe("ReadyRole");
  expect(statuses.get("busy")).toBe("BusyRole");
  const recycling = events.filter(({ name, ph }) => name === "recycling" && ph === "X").map(({ args }) => args?.status);
  expect(recycling.slice(0, 2)).toEqual(["RestartingRole", "RestartingRole"]);
  expect(new Set(recycling.slice(2))).toEqual(new Set(["CyclingRole"]));
});

/** One item a second for a minute into a folder that is kept and one that is cleaned; what is lost of them by what happens then. */
const lost = (more: Partial<Plot>) =>
  tell({
    service: {
      roles: {
        web: {
          kind: "web",
          instances: 1,
          localStorage: { kept: { cleanOnRoleRecycle: false }, scratch: {} },
          handler: [
            { write: "local", folder: "kept", size: "1KiB" },
            { write: "local", folder: "scratch", size: "1KiB" },
          ],
          startupTasks: [{ name: "installs", duration: "1s", idempotent: false }],
        },
      },
    },
    fabric,
    horizon: "30min",
    clients: every(...Array.from({ length: 60 }, (_, second) => second)),
    ...more,
  } as Plot);
const at = "90s";
/** What is lost of local storage, and whether the Windows disk is a new one: a task that works only once works again. */
const fate = (more: Partial<Plot>) => {
  const { summary, lines } = lost(more);
  return { lost: summary.localWrites.lostBy, newWindows: lines(/startup task 1 fails/).length === 0 };
};
const hostFails = { at, kind: "host-failure", host: "hostOf(web/0)" } as const;

fact("2.25", () => {
  const dies = { at, kind: "vm-failure", instance: "web/0" } as const;
  expect(fate({ faults: [dies] })).toEqual({ lost: { "guest reboot": 60 }, newWindows: false });
});

fact("2.26", () => {
  expect(fate({ faults: [{ ...hostFails, class: "reboot" }] })).toEqual({ lost: { "power cycle of the host": 60 }, newWindows: true });
});

fact("2.27", () => {
  expect(fate({ operations: [{ ...reboot, at }] })).toEqual({ lost: { reboot: 60 }, newWindows: false });
  expect(fate({ operations: [{ at, kind: "host-os-update" }] })).toEqual({ lost: { "host OS update": 60 }, newWindows: false });
  const stopAndStart = [
    { at, kind: "stop", slot: "production" },
    { at: "3min", kind: "start", slot: "production" },
  ] as const;
  expect(fate({ operations: [...stopAndStart] })).toEqual({ lost: { "stop and start": 60 }, newWindows: false });
});

fact("2.28", () => {
  expect(fate({ operations: [{ ...reboot, at, kind: "reimage" }] })).toEqual({ lost: { reimage: 60 }, newWindows: true });
  expect(fate({ operations: [{ at, kind: "guest-os-update" }] })).toEqual({ lost: { "guest OS update": 60 }, newWindows: true });
});

fact("2.29", () => {
  expect(fate({ operations: [{ at, kind: "upgrade", version: "v2" }] })).toEqual({ lost: { upgrade: 60 }, newWindows: false });
});

fact("2.30", () => {
  expect(fate({ faults: [hostFails] })).toEqual({ lost: { "move to another host": 120 }, newWindows: true });
});

fact("2.31", () => {
  expect(fate({ operations: [{ ...reboot, at, kind: "rebuild" }] })).toEqual({ lost: { rebuild: 120 }, newWindows: true });
});

fact("2.32", () => {
  expect(lost({ faults: [{ ...crash, at }] }).summary.localWrites).toMatchObject({ written: 120, lostBy: { "role recycle": 60 } });
});

fact("2.33", () => {
  const larger = { at, kind: "upgrade", version: "v2", roles: { web: { size: "Medium" } } } as const;
  expect(fate({ operations: [larger] })).toEqual({ lost: { "change of size": 120 }, newWindows: true });
});

fact("2.35", () => {
  const change = { at: "10s", kind: "remote-desktop", instance: "web/0", change: "installed a hotfix" } as const;
  const drift = (more: Partial<Plot>) => play({}, more).summary.instances.map((instance) => instance.drift);
  expect(drift({ operations: [change, reboot] })).toEqual([["installed a hotfix"], []]);
  expect(drift({ operations: [change, { ...reboot, kind: "reimage" }] })).toEqual([[], []]);
  expect(drift({ operations: [change], faults: [hostFails] })).toEqual([[], []]);
});

/** Latencies in seconds of requests to a single instance whose pool takes 9 s to start; it is warm when the run begins. */
const latencies = (role: object, seconds: number[], horizon: string) => {
  const { lines } = play({ instances: 1, service: "1s", coldStart: "9s", ...role }, { clients: every(...seconds), horizon });
  return lines(/ok$/).map((line, place) => Number(line.split(" ")[0]) - (seconds[place] ?? 0));
};

fact("2.36", () => {
  expect(latencies({ idleTimeout: "20min" }, [60, 1200, 2600, 2700], "1h")).toEqual([1, 1, 10, 1]);
});

fact("2.37", () => {
  const hour = 3600;
  expect(latencies({ recycleEvery: "29h", idleTimeout: "never" }, [hour, 28 * hour, 30 * hour, 31 * hour], "40h")).toEqual([1, 1, 10, 1]);
});
