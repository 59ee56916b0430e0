import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

const plot = (web: object, instants: string[], more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { web: { kind: "web", instances: 1, service: "1s", coldStart: "5s", ...web } } },
    clients: { a: { endpoint: "web", arrivals: { instants } } },
    horizon: "3d",
    ...more,
  }).lines(/ok$/);

test("the first request after a start of the role finds the pool cold, and those that come meanwhile wait for it too", () => {
  const faults = [{ at: "10s", kind: "app-crash", instance: "web/0", repairAfter: "5s" }];
  expect(plot({}, ["5s", "20s", "22s", "30s"], { faults })).toEqual(["6 a 1 ok", "26 a 2 ok", "26 a 3 ok", "31 a 4 ok"]);
});

test("a reboot of the VM leaves the pool cold as well", () => {
  const operations = [{ at: "10s", kind: "reboot", instance: "web/0" }] as const;
  expect(plot({}, ["20s", "30s"], { operations: [...operations] })).toEqual(["26 a 1 ok", "31 a 2 ok"]);
});

test("without a request for so long the pool stops, and is cold again", () => {
  expect(plot({ idleTimeout: "20min" }, ["10min", "25min", "46min", "60min"])).toEqual([
    "601 a 1 ok",
    "1501 a 2 ok",
    "2766 a 3 ok",
    "3601 a 4 ok",
  ]);
});

test("at the very end of the idle time-out the pool has stopped", () => {
  expect(plot({ idleTimeout: "20min" }, ["10min", "30min", "3000s"])).toEqual(["601 a 1 ok", "1806 a 2 ok", "3006 a 3 ok"]);
});

test("the pool is recycled every so often after the role started, and the first request after it is slow", () => {
  expect(plot({ recycleEvery: "29h" }, ["1h", "104399s", "104400s", "30h", "59h"])).toEqual([
    "3601 a 1 ok",
    "104400 a 2 ok",
    "104406 a 3 ok",
    "108001 a 4 ok",
    "212406 a 5 ok",
  ]);
});

test("worker roles have no application pool", () => {
  const { lines } = tell({
    service: { roles: { work: { kind: "worker", instances: 1, queue: "jobs", service: "1s" } } },
    queues: { jobs: { arrivals: { instants: ["20s"] } } },
    faults: [{ at: "10s", kind: "app-crash", instance: "work/0", repairAfter: "5s" }],
  });
  expect(lines(/completed/)).toEqual(["21 jobs 1 completed"]);
});
