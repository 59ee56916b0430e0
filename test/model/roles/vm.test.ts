import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const plot = (faults: Plot["faults"], more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 1, concurrency: 1, service: "4s" } } },
    horizon: "2h",
    faults,
    ...more,
  });
const at = (instants: string[], timeout = "5min") => ({ a: { endpoint: "web", arrivals: { instants }, timeout } });
const freeze = (instant: string, repairAfter: string) => ({ at: instant, kind: "pause", instance: "web/0", repairAfter });

test("a guest OS that dies is restarted by the host agent 10 min after its last heartbeat, on the same host", () => {
  const { lines, summary } = plot([{ at: "60s", kind: "vm-failure", instance: "web/0" }], {
    fabric: { healing: "platform", guestHeartbeat: { period: "1us", timeout: "10min" }, guestReboot: "75s" },
  });
  expect(lines(/web\/0/)).toEqual([
    "60 vm-failure of web/0 strikes",
    "60 web/0 dead",
    "660 web/0 guest declared dead",
    "660 web/0 rebooting",
    "735 vm-failure of web/0 ends",
    "735 web/0 ready",
  ]);
  expect(summary.instances[0]).toMatchObject({ host: 0, restarts: 1 });
});

test("a guest whose failure ends by itself boots then, if the host agent was not faster", () => {
  const { lines } = plot(
    [
      { at: "60s", kind: "vm-failure", instance: "web/0", repairAfter: "40s" },
      { at: "30min", kind: "vm-failure", instance: "web/0", repairAfter: "20min" },
    ],
    { fabric: { healing: "platform", guestHeartbeat: { period: "1us", timeout: "10min" }, guestReboot: "75s" } },
  );
  expect(lines(/rebooting|ready/)).toEqual(["100 web/0 rebooting", "175 web/0 ready", "2400 web/0 rebooting", "2475 web/0 ready"]);
});

test("a guest that dies again while it boots starts from the beginning, and every strike ends once", () => {
  const { lines, summary } = plot(
    [
      { at: "60s", kind: "vm-failure", instance: "web/0", repairAfter: "10s" },
      { at: "100s", kind: "vm-failure", instance: "random(web)", repairAfter: "10s" },
    ],
    { fabric: { guestReboot: "75s" } },
  );
  expect(lines(/rebooting|ready|strikes|ends/)).toEqual([
    "60 vm-failure of web/0 strikes",
    "70 web/0 rebooting",
    "100 vm-failure of web/0 strikes",
    "100 vm-failure of web/0 ends",
    "110 web/0 rebooting",
    "185 vm-failure of web/0 ends",
    "185 web/0 ready",
  ]);
  expect(summary.instances[0]?.restarts).toBe(2);
});

test("a fault that strikes a target again before it was healed leaves nothing open", () => {
  const { lines } = plot([{ every: "50s", kind: "vm-failure", instance: "random(web)", repairAfter: "10s" }], {
    fabric: { guestReboot: "75s" },
    horizon: "160s",
  });
  expect(lines(/strikes|ends/)).toEqual([
    "50 vm-failure of web/0 strikes",
    "100 vm-failure of web/0 strikes",
    "100 vm-failure of web/0 ends",
    "150 vm-failure of web/0 strikes",
    "150 vm-failure of web/0 ends",
  ]);
});

test("paused: keeps connections, queues arrivals, resumes where it was", () => {
  const { lines } = plot([freeze("2s", "10s")], { clients: at(["1s", "5s"]) });
  expect(lines(/paused|ready|ok/)).toEqual(["2 web/0 paused", "12 web/0 ready", "15 a 1 ok", "19 a 2 ok"]);
});

test("paused: answers no probe, so a long freeze evicts and a short one is not noticed", () => {
  const service = { roles: { web: { kind: "web", instances: 2 } } } as const;
  const balancer = { probe: { phase: "7s" } };
  const { lines } = plot([freeze("10s", "20s"), freeze("2min", "1min")], { service, balancer });
  expect(lines(/(in|out)$/)).toEqual(["143 web/0 out", "187 web/0 in"]);
});

test("a request that times out at a paused instance fails as timeout-silent and is the pause's", () => {
  const { summary, lines } = plot([freeze("2s", "20s")], { clients: at(["1s", "5s", "21s"], "6s") });
  expect(lines(/timeout|ok/).filter((line) => !line.includes(" to "))).toEqual([
    "7 a 1 timeout-silent",
    "11 a 2 timeout-silent",
    "27 a 3 timeout-slow",
  ]);
  expect(summary.requests.failedByAttribution).toMatchObject([
    { source: "pause of web/0", cause: "timeout-silent", failed: 2 },
    { cause: "timeout-slow", failed: 1 },
  ]);
});

test("a service whose rest happens to equal the clock at its time-out has timed out all the same", () => {
  const { lines } = plot([freeze("2s", "30s")], {
    service: { roles: { web: { kind: "web", instances: 1, service: "8s" } } },
    clients: at(["1s"], "6s"),
  });
  expect(lines(/timeout-/)).toEqual(["7 a 1 timeout-silent"]);
});

test("a frozen queue is full when it is full", () => {
  const { lines } = plot([freeze("2s", "10s")], {
    service: { roles: { web: { kind: "web", instances: 1, concurrency: 1, queueLimit: 1, service: "4s" } } },
    clients: at(["1s", "3s", "4s"]),
  });
  expect(lines(/ok|queue-full/)).toEqual(["4 a 3 queue-full", "15 a 1 ok", "19 a 2 ok"]);
});

test("processor sharing: a frozen VM does no work, even while clients give up", () => {
  const service = {
    roles: { web: { kind: "web", instances: 1, discipline: "processor-sharing", cancelOnTimeout: true, service: "4s" } },
  } as const;
  const clients = {
    hasty: { endpoint: "web", arrivals: { instants: ["1s"] }, timeout: "5s" },
    patient: { endpoint: "web", arrivals: { instants: ["1s"] } },
  };
  const { lines } = plot([freeze("3s", "100s")], { service, clients });
  // both had 1 s of 4 s when they were frozen; the one that is left has the core to itself
  expect(lines(/ok|timeout-/)).toEqual(["6 hasty 1 timeout-silent", "106 patient 1 ok"]);
});

test("processor sharing: computing and calls of stores stand still alike", () => {
  const handler = [{ compute: "2s" }, { store: "db", operation: "read" as const }];
  const { lines } = plot([freeze("4s", "10s")], {
    service: { roles: { web: { kind: "web", instances: 1, discipline: "processor-sharing", handler } } },
    stores: { db: { kind: "sql", read: "3s" } },
    clients: at(["1s", "3500ms"]),
  });
  // the first was in its store for 1 s of 3 s, the second had computed for 0.5 s of 2 s
  expect(lines(/ok/)).toEqual(["16 a 1 ok", "18.5 a 2 ok"]);
});

test("a paused worker resumes its job where it was, and takes what has come meanwhile with its free threads", () => {
  const { lines } = plot([{ at: "2s", kind: "pause", instance: "work/0", repairAfter: "10s" }], {
    service: { roles: { work: { kind: "worker", instances: 1, concurrency: 3, queue: "jobs", service: "4s" } } },
    queues: { jobs: { arrivals: { instants: ["1s", "5s", "6s"] } } },
  });
  expect(lines(/taken|completed/)).toEqual([
    "1 jobs 1 taken by work/0",
    "12 jobs 2 taken by work/0",
    "12 jobs 3 taken by work/0",
    "15 jobs 1 completed",
    "16 jobs 2 completed",
    "16 jobs 3 completed",
  ]);
});

test("a message in the hands of a frozen worker is visible again after its visibility time-out", () => {
  const { lines } = plot([{ at: "2s", kind: "pause", instance: "work/0", repairAfter: "100s" }], {
    service: { roles: { work: { kind: "worker", instances: 2, queue: "jobs", service: "4s" } } },
    queues: { jobs: { arrivals: { instants: ["1s"] } } },
  });
  expect(lines(/jobs/)).toEqual([
    "1 jobs 1 enqueued",
    "1 jobs 1 taken by work/0",
    "31 jobs 1 visible again",
    "31 jobs 1 taken by work/1",
    "35 jobs 1 completed",
    "105 jobs 1 duplicated",
  ]);
});

test("a hang outlives a pause: it is still the hang, and still healed", () => {
  const hang = { at: "1s", kind: "app-hang", instance: "web/0", repairAfter: "1min" };
  const { lines, summary } = plot([hang, freeze("11s", "20s")], { clients: at(["40s"], "5s") });
  expect(lines(/strikes|ends|web\/0 (paused|hung|ready)/)).toEqual([
    "1 app-hang of web/0 strikes",
    "1 web/0 hung",
    "11 pause of web/0 strikes",
    "11 web/0 paused",
    "31 pause of web/0 ends",
    "31 web/0 hung",
    "81 app-hang of web/0 ends",
    "81 web/0 ready",
  ]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "app-hang of web/0", failed: 1 }]);
});

test("a restart goes on after a pause with what was left of it", () => {
  const fabric = { healing: "platform", roleRestart: "30s" } as const;
  const { lines } = plot([{ at: "10s", kind: "app-crash", instance: "web/0" }, freeze("20s", "1min")], { fabric });
  expect(lines(/strikes|ends|web\/0 (paused|recycling|ready)/)).toEqual([
    "10 app-crash of web/0 strikes",
    "10 web/0 recycling",
    "20 pause of web/0 strikes",
    "20 web/0 paused",
    "80 pause of web/0 ends",
    "80 web/0 recycling",
    "100 app-crash of web/0 ends",
    "100 web/0 ready",
  ]);
});

test("a VM frozen without a running process is silent, and keeps nothing for later", () => {
  const crash = { at: "10s", kind: "app-crash", instance: "web/0", repairAfter: "30s" };
  const { lines } = plot([crash, freeze("20s", "1min")], { clients: at(["30s", "90s", "2min"], "10s") });
  expect(lines(/ (ok|refused|timeout-silent|ready)$/)).toEqual([
    "40 a 1 timeout-silent",
    "90 a 2 refused",
    "100 web/0 ready",
    "124 a 3 ok",
  ]);
});

test("a host that dies under a paused VM takes the pause with it", () => {
  const host = { at: "15s", kind: "host-failure", host: "hostOf(web/0)", repairAfter: "1min" };
  const hang = { at: "1s", kind: "app-hang", instance: "web/0", repairAfter: "1h" };
  const { lines } = plot([hang, freeze("10s", "1h"), host]);
  expect(lines(/ends|web\/0 (dead|ready)/)).toEqual([
    "15 pause of web/0 ends",
    "15 app-hang of web/0 ends",
    "15 web/0 dead",
    "75 host-failure of host 0 ends",
    "75 web/0 ready",
  ]);
});

test("a guest whose repair is over while its host is down boots with the host", () => {
  const { lines } = tell({
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 1 },
    service: { roles: { web: { kind: "web", instances: 1 } } },
    fabric: { healing: "none", guestReboot: "10s" },
    faults: [
      { at: "5s", kind: "vm-failure", instance: "web/0", repairAfter: "10s" },
      { at: "10s", kind: "host-failure", host: "host(0)", repairAfter: "20s" },
    ],
  });
  expect(lines(/host 0 (down|up)|web\/0 (dead|rebooting|ready)/)).toEqual([
    "5 web/0 dead",
    "10 host 0 down",
    "30 host 0 up",
    "30 web/0 rebooting",
    "40 web/0 ready",
  ]);
});

test("a foreground task that holds up a restart stands still while its VM is paused", () => {
  const restarted = (...pauses: readonly Extract<NonNullable<Plot["faults"]>[number], object>[]) =>
    tell({
      service: {
        roles: {
          web: { kind: "web", instances: 1, onStart: "30s", startupTasks: [{ name: "warm", type: "foreground", duration: "60s" }] },
        },
      },
      fabric: { healing: "platform", guestReboot: "10s", crashDetection: "1s" },
      faults: [
        { at: "100s", kind: "vm-failure", instance: "web/0", repairAfter: "1s" },
        ...pauses,
        { at: "165s", kind: "app-crash", instance: "web/0" },
      ],
    }).lines(/web\/0 (busy|ready|recycling|paused)/);
  // the task ends 60 s after the boot
  expect(restarted()).toEqual(["111 web/0 busy", "141 web/0 ready", "165 web/0 recycling", "171 web/0 busy", "201 web/0 ready"]);
  expect(restarted({ at: "120s", kind: "pause", instance: "web/0", repairAfter: "20s" })).toEqual([
    "111 web/0 busy",
    "120 web/0 paused",
    "140 web/0 busy",
    "161 web/0 ready",
    "165 web/0 recycling",
    "191 web/0 busy",
    "221 web/0 ready",
  ]);
});
