import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const plot = (faults: Plot["faults"], more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 2, startupTasks: [{ duration: "3s" }, { duration: "4s" }], onStart: "5s" } } },
    fabric: {
      healing: "platform",
      crashDetection: "1s",
      roleRestart: "10s",
      restartBackoff: { first: "10s", max: "5min", reset: "10min" },
    },
    horizon: "2h",
    faults,
    ...more,
  });
const crashes = (...instants: number[]) => instants.map((at) => ({ at: `${at}s`, kind: "app-crash", instance: "web/0" }));

test("a crash fails what the process holds at once, and the guest agent restarts it: tasks, role host, OnStart, no reboot", () => {
  const { lines, summary } = plot(crashes(60), {
    service: {
      roles: {
        web: {
          kind: "web",
          instances: 1,
          concurrency: 1,
          service: "1min",
          startupTasks: [{ duration: "3s" }, { duration: "4s" }],
          onStart: "5s",
        },
      },
    },
    clients: { a: { endpoint: "web", arrivals: { instants: ["50s", "51s", "62s", "79s"] } } },
  });
  expect(lines(/web\/0 (re|busy|crash)|crash$|refused/)).toEqual([
    "60 web/0 recycling",
    "60 a 1 crash",
    "60 a 2 crash",
    "61 web/0 crash noticed",
    "62 a 3 refused",
    "78 web/0 busy",
    "79 a 4 refused",
    "83 web/0 ready",
  ]);
  expect(summary.requests.failedByAttribution).toMatchObject([
    { source: "app-crash of web/0", cause: "refused", failed: 2 },
    { source: "app-crash of web/0", cause: "crash", failed: 2 },
  ]);
  expect(summary.instances[0]).toMatchObject({ restarts: 1, downSeconds: 23 });
});

test("repeated crashes are restarted after a back-off of 10 s, doubling to 5 min", () => {
  const { lines } = plot(crashes(100, 200, 300, 400, 500, 700, 1100, 1600));
  const ready = lines(/web\/0 ready/).map((line) => Number(line.split(" ")[0]));
  expect(ready).toEqual([123, 233, 343, 463, 603, 883, 1423, 1923]);
});

test("a role that was ready for long enough is forgiven: its next crash counts as the first", () => {
  const { lines } = plot(crashes(100, 200, 900));
  expect(lines(/web\/0 ready/)).toEqual(["123 web/0 ready", "233 web/0 ready", "923 web/0 ready"]);
});

test("a crash in OnStart counts as another crash in a row", () => {
  const { lines } = plot(crashes(100, 120));
  expect(lines(/web\/0 (recycling|busy|ready|crash)/)).toEqual([
    "100 web/0 recycling",
    "101 web/0 crash noticed",
    "118 web/0 busy",
    "120 web/0 recycling",
    "121 web/0 crash noticed",
    "148 web/0 busy",
    "153 web/0 ready",
  ]);
});

test("a crash of a process that is dead already is nothing: its fault ends at once", () => {
  const { lines } = plot(crashes(100, 105));
  expect(lines(/strikes|ends|ready/)).toEqual([
    "100 app-crash of web/0 strikes",
    "105 app-crash of web/0 strikes",
    "105 app-crash of web/0 ends",
    "123 app-crash of web/0 ends",
    "123 web/0 ready",
  ]);
});

test("with repairAfter a crash is healed by that alone, and the process is ready when it is over", () => {
  const { lines } = plot([{ at: "60s", kind: "app-crash", instance: "web/0", repairAfter: "40s" }]);
  expect(lines(/web\/0/)).toEqual([
    "60 app-crash of web/0 strikes",
    "60 web/0 recycling",
    "60 web/0 out",
    "100 app-crash of web/0 ends",
    "100 web/0 ready",
    "100 web/0 in",
  ]);
});

test("without healing of processes a crashed one stays down", () => {
  const { lines } = plot(crashes(60), { fabric: { healing: "none" } });
  expect(lines(/web\/0/)).toEqual(["60 app-crash of web/0 strikes", "60 web/0 recycling", "60 web/0 out"]);
});

test("hung: silent, in-service requests fail at their time-out, and nobody on the platform notices", () => {
  const { lines, summary } = plot([{ at: "60s", kind: "app-hang", instance: "web/0" }], {
    service: { roles: { web: { kind: "web", instances: 2, service: "20s" } } },
    balancer: { policy: "round-robin", probe: {} },
    clients: { a: { endpoint: "web", arrivals: { instants: ["50s", "51s", "70s"] }, timeout: "30s" } },
  });
  expect(lines(/ready|out$| (ok|timeout-silent)/)).toEqual(["71 a 2 ok", "80 a 1 timeout-silent", "100 a 3 timeout-silent"]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ source: "app-hang of web/0", failed: 2 }]);
});

test("the operator restarts a hung role", () => {
  const { lines } = plot([{ at: "60s", kind: "app-hang", instance: "web/0" }], {
    fabric: { healing: "platform", roleRestart: "10s", operator: "30min" },
  });
  expect(lines(/web\/0 (hung|hang|re|busy|in|out)/)).toEqual([
    "60 web/0 hung",
    "1860 web/0 hang noticed",
    "1860 web/0 recycling",
    "1860 web/0 out",
    "1877 web/0 busy",
    "1882 web/0 ready",
    "1882 web/0 in",
  ]);
});

test("operator: none leaves a hung role hung, and a hang can end by itself", () => {
  const { lines } = plot([
    { at: "60s", kind: "app-hang", instance: "web/0" },
    { at: "60s", kind: "app-hang", instance: "web/1", repairAfter: "90s" },
  ]);
  expect(lines(/ready/)).toEqual(["150 web/1 ready"]);
});

test("a hung process can still crash, which heals the hang", () => {
  const { lines } = plot([{ at: "60s", kind: "app-hang", instance: "web/0" }, ...crashes(90)]);
  expect(lines(/strikes|ends|ready/)).toEqual([
    "60 app-hang of web/0 strikes",
    "90 app-crash of web/0 strikes",
    "90 app-hang of web/0 ends",
    "113 app-crash of web/0 ends",
    "113 web/0 ready",
  ]);
});

test("restarts are counted, whoever restarts", () => {
  const { summary } = plot(
    [
      ...crashes(60, 1000),
      { at: "30min", kind: "app-hang", instance: "web/0", repairAfter: "1min" },
      { at: "40min", kind: "vm-failure", instance: "web/0", repairAfter: "1min" },
      { at: "50min", kind: "host-failure", host: "hostOf(web/0)", repairAfter: "5s" },
    ],
    {},
  );
  expect(summary.instances.map(({ restarts }) => restarts)).toEqual([5, 0]);
});

test("how long the operator takes does not depend on how the role booted before", () => {
  const noticed = (roleStart: string, hosting?: "virtual-machines") => {
    const { lines } = tell({
      service: { roles: { web: { kind: "web", instances: 1, roleStart } } },
      ...(hosting === undefined ? {} : { hosting }),
      fabric: { operator: "exponential(10min)", guestReboot: "exponential(1min)" },
      operations: [{ at: "1min", kind: "reboot", instance: "web/0" }],
      faults: [{ at: "1h", kind: hosting === undefined ? "app-hang" : "app-crash", instance: "web/0" }],
      horizon: "10h",
    });
    return lines(/hang noticed|restarted by its owner/);
  };
  expect(noticed("exponential(30s)")).toEqual(noticed("10s"));
  expect(noticed("exponential(30s)", "virtual-machines")).toEqual(noticed("10s", "virtual-machines"));
  expect(noticed("10s")).toHaveLength(1);
  expect(noticed("10s", "virtual-machines")).toHaveLength(1);
});
