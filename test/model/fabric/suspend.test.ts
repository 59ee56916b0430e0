import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Operations = NonNullable<Plot["operations"]>;
const plot = (operations: Operations, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, onStop: "10s", roleStart: "15s", onStart: "5s" } } },
    fabric: { provision: "6min", guestReboot: "60s", install: "30s" },
    operations,
    horizon: "2h",
    ...more,
  });

test("stop: the instances stop in good order and keep their hosts; start boots them where they are", () => {
  const { lines, summary } = plot([
    { at: "100s", kind: "stop" },
    { at: "200s", kind: "stop" },
    { at: "1000s", kind: "start" },
    { at: "2000s", kind: "start" },
  ]);
  expect(lines(/web\/0|stop|start/)).toEqual([
    "100 stop production starts",
    "100 web/0 out",
    "100 web/0 draining",
    "100 web/0 stopping",
    "100 web/1 stopping",
    "110 web/0 stopped",
    "110 web/1 stopped",
    "110 stop production done",
    "200 stop refused: the production deployment is stopped already",
    "1000 start production starts",
    "1000 web/0 rebooting",
    "1060 web/0 starting",
    "1060 web/1 starting",
    "1075 web/0 busy",
    "1080 web/0 ready",
    "1080 web/0 in",
    "1080 start production done",
    "2000 start refused: the production deployment is not stopped",
  ]);
  expect(summary.instances.map(({ host, restarts }) => [host, restarts])).toEqual([
    [0, 1],
    [20, 1],
  ]);
});

test("a stopped deployment answers nobody, and costs what it costs", () => {
  const { summary } = plot([{ at: "10min", kind: "stop" }], {
    preset: "azure",
    clients: { a: { endpoint: "web", arrivals: { instants: ["1h"] } } },
  });
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "stop production", cause: "no-backend", failed: 1 }]);
  expect(summary.cost).toMatchObject({ instanceHours: 4 });
});

test("an instance that was starting, crashed or came back late is off too", () => {
  const { lines } = plot([{ at: "100s", kind: "stop" }], {
    faults: [
      { at: "90s", kind: "app-crash", instance: "web/0", repairAfter: "1min" },
      { at: "90s", kind: "vm-failure", instance: "web/1", repairAfter: "10min" },
    ],
  });
  expect(lines(/web\/\d (stopped|ready)|done/)).toEqual(["100 web/0 stopped", "100 stop production done", "750 web/1 stopped"]);
});

test("a stopped deployment can be scaled, upgraded and deleted, and starts on what it was given", () => {
  const { lines } = plot([
    { at: "100s", kind: "stop" },
    { at: "200s", kind: "scale", role: "web", instances: 3 },
    { at: "700s", kind: "upgrade", version: "v2", roles: { web: { onStart: "95s" } } },
    { at: "1000s", kind: "start" },
    { at: "1500s", kind: "stop" },
    { at: "1600s", kind: "delete", slot: "production" },
  ]);
  expect(lines(/done|web\/2 (stopped|ready)/)).toEqual([
    "110 stop production done",
    "560 web/2 stopped",
    "560 scale web to 3 done",
    "700 upgrade production to v2 done",
    "1170 web/2 ready",
    "1170 start production done",
    "1510 web/2 stopped",
    "1510 stop production done",
    "1600 delete production done",
  ]);
});

test("rebuild: the instance stops in good order, leaves its host and is made anew where there is room", () => {
  const { lines } = plot([{ at: "100s", kind: "rebuild", instance: "web/0" }]);
  expect(lines(/web\/0 (stopping|on|creating|starting|ready)|done/)).toEqual([
    "100 web/0 stopping",
    "110 web/0 on host 0",
    "110 web/0 creating",
    "470 web/0 starting",
    "490 web/0 ready",
    "490 rebuild web/0 done",
  ]);
});

test("an instance that hangs is switched off with its deployment, and its fault is over", () => {
  const { lines } = plot([{ at: "100s", kind: "stop" }], {
    faults: [{ at: "50s", kind: "app-hang", instance: "web/0", repairAfter: "10min" }],
  });
  expect(lines(/app-hang|web\/0 stopped/)).toEqual(["50 app-hang of web/0 strikes", "100 app-hang of web/0 ends", "100 web/0 stopped"]);
});

test("a reboot is over when its instance is gone, or stays off with its deployment", () => {
  const { lines } = plot([
    { at: "100s", kind: "reboot", instance: "web/0" },
    { at: "105s", kind: "reboot", instance: "web/1" },
    { at: "112s", kind: "stop" },
    { at: "120s", kind: "delete", slot: "production" },
  ]);
  expect(lines(/done|web\/\d stopped|refused/)).toEqual([
    "120 delete refused: stop of the production deployment is in progress",
    "170 web/0 stopped",
    "170 reboot web/0 done",
    "175 web/1 stopped",
    "175 stop production done",
    "175 reboot web/1 done",
  ]);
  const gone = plot([
    { at: "100s", kind: "reboot", instance: "web/0" },
    { at: "120s", kind: "delete", slot: "production" },
  ]);
  expect(gone.lines(/done/)).toEqual(["120 delete production done", "120 reboot web/0 done"]);
});

test("an instance that died with its host while its deployment was stopped is not waited for by the start, and boots with the host", () => {
  const { lines } = plot(
    [
      { at: "60s", kind: "stop" },
      { at: "200s", kind: "start" },
    ],
    {
      datacenter: { faultDomains: 2, hostsPerFaultDomain: 1 },
      service: { roles: { web: { kind: "web", instances: 2 } } },
      fabric: { healing: "none", guestReboot: "10s" },
      faults: [{ at: "100s", kind: "host-failure", host: "host(0)", repairAfter: "200s" }],
    },
  );
  expect(lines(/host 0 (up|down)|(web\/\d (dead|rebooting|ready|stopped))|start production/)).toEqual([
    "60 web/0 stopped",
    "60 web/1 stopped",
    "100 host 0 down",
    "100 web/0 dead",
    "200 start production starts",
    "200 web/1 rebooting",
    "210 web/1 ready",
    "210 start production done",
    "300 host 0 up",
    "300 web/0 rebooting",
    "310 web/0 ready",
  ]);
});

test("a host that comes back with instances of a stopped deployment boots them, and they are off again", () => {
  const { lines } = plot([{ at: "60s", kind: "stop" }], {
    datacenter: { faultDomains: 1, hostsPerFaultDomain: 1 },
    service: { roles: { web: { kind: "web", instances: 1 } } },
    fabric: { healing: "none", guestReboot: "10s" },
    faults: [{ at: "100s", kind: "host-failure", host: "host(0)", repairAfter: "50s" }],
  });
  expect(lines(/web\/0 (dead|rebooting|ready|stopped)/)).toEqual([
    "60 web/0 stopped",
    "100 web/0 dead",
    "150 web/0 rebooting",
    "160 web/0 stopped",
  ]);
});
