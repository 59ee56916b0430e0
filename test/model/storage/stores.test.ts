import { expect, test } from "vitest";
import { run } from "../../../src/experiment/library.ts";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { type Plot, tell } from "../story.ts";

type Store = NonNullable<Plot["stores"]>[string];

/** One request at each instant, which computes for 1 s and then calls db for 2 s. */
const web = (instants: string[], store: Partial<Store>, more: Partial<Plot> = {}, step: object = {}, timeout = "1h") =>
  tell({
    service: {
      roles: {
        web: { kind: "web", instances: 1, concurrency: 4, handler: [{ compute: "1s" }, { store: "db", operation: "read", ...step }] },
      },
    },
    stores: { db: { kind: "sql", read: "2s", ...store } as Store },
    clients: { a: { endpoint: "web", arrivals: { instants }, timeout } },
    ...more,
  });
const outage = (at: string, repairAfter: string) => ({ faults: [{ at, kind: "store-outage", store: "store(db)", repairAfter }] });

test("a call to a store that is out fails at once, attributed to the outage; one under way when its answer was due", () => {
  const { lines, summary } = web(["1s", "10s", "14s", "20s"], {}, outage("3s", "12s"));
  expect(lines(/ok|store/)).toEqual([
    "3 store-outage of db strikes",
    "3 store db out",
    "4 a 1 store-error",
    "11 a 2 store-error",
    "15 store db available",
    "15 store-outage of db ends",
    "17 a 3 ok",
    "23 a 4 ok",
  ]);
  expect(summary.requests.failedByAttribution).toMatchObject([{ cause: "store-error", source: "store-outage of db", failed: 2 }]);
  expect(summary.stores[0]).toMatchObject({ reads: 2, failed: 2, availability: 588 / 600 });
});

test("a store with a time-out is silent while it is out: the call fails when that is over", () => {
  const { lines } = web(["1s", "10s"], { timeout: "5s" }, outage("3s", "10s"));
  expect(lines(/store-error/)).toEqual(["7 a 1 store-error", "16 a 2 store-error"]);
});

test("a call is made again after a back-off that doubles, and the last failure is the handler's", () => {
  const { lines, summary } = web(["1s"], {}, outage("0s", "1min"), { retry: { attempts: 4, backoff: "2s", max: "5s" } });
  // tried at 2, 4, 8 and 13 s
  expect(lines(/store-error/)).toEqual(["13 a 1 store-error"]);
  expect(summary.stores[0]?.failed).toBe(4);
});

test("a client that gives up meanwhile fails by its time-out, and the handler goes on for nobody", () => {
  const { lines, summary } = web(["1s"], {}, outage("0s", "10s"), { retry: { attempts: "unlimited", backoff: "20s" } }, "5s");
  expect(lines(/timeout|ok/)).toEqual(["6 a 1 timeout-slow"]);
  expect(summary.stores[0]).toMatchObject({ reads: 1, failed: 1 });
});

test("jobs that share the cores call their stores one by one as well", () => {
  const { lines } = tell({
    service: {
      roles: {
        web: {
          kind: "web",
          instances: 1,
          concurrency: 4,
          discipline: "processor-sharing",
          handler: [{ compute: "1s" }, { store: "db", operation: "read" }, { store: "db", operation: "write" }],
        },
      },
    },
    stores: { db: { kind: "sql", read: "2s", write: "3s", maxRate: "100/s" } },
    clients: { a: { endpoint: "web", arrivals: { instants: ["1s", "1s"] } } },
  });
  expect(lines(/ok/).sort()).toEqual(["8 a 1 ok", "8 a 2 ok"]);
});

test("a worker whose handler fails gives its message back: from a storage queue in time, from Service Bus at once", () => {
  const work = (queue: object) =>
    tell({
      service: {
        roles: {
          work: {
            kind: "worker",
            instances: 1,
            concurrency: 1,
            queue: "jobs",
            handler: [{ compute: "1s" }, { store: "db", operation: "write" }],
          },
        },
      },
      stores: { db: { kind: "sql", write: "1s" } },
      queues: { jobs: { arrivals: { instants: ["1s"] }, ...queue } },
      ...outage("0s", "2500ms"),
    }).lines(/taken|completed/);
  expect(work({})).toEqual(["1 jobs 1 taken by work/0", "31 jobs 1 taken by work/0", "33 jobs 1 completed"]);
  expect(work({ kind: "service-bus" })).toEqual(["1 jobs 1 taken by work/0", "2 jobs 1 taken by work/0", "4 jobs 1 completed"]);
});

test("outages drawn from laws are an alternating renewal process, with draws of their own", () => {
  const outages = { outages: { every: "90s", last: "10s" } };
  const { lines } = web(["9min"], outages as never);
  expect(lines(/store db/).slice(0, 4)).toEqual([
    "90 store db out",
    "100 store db available",
    "190 store db out",
    "200 store db available",
  ]);
  const random = { outages: { every: "exponential(60s)", last: "exponential(10s)" } } as never;
  const alone = web(["9min"], random).lines(/store db/);
  const pause = [{ at: "1s", kind: "pause", instance: "web/0", repairAfter: "1s" }];
  expect(web(["9min"], random, { faults: pause }).lines(/store db/)).toEqual(alone);
});

test("an outage that nobody ends lasts as long as the store's failover", () => {
  const faults = [{ at: "10s", kind: "store-outage", store: "store(db)" }];
  expect(web(["9min"], { failover: "30s" }, { faults }).lines(/available/)).toEqual(["40 store db available"]);
  expect(web(["9min"], {}, { faults }).lines(/available/)).toEqual([]);
});

test("two outages at once end with the longer one, and failures go to the earlier while it lasts", () => {
  const faults = [
    { at: "10s", kind: "store-outage", store: "store(db)", repairAfter: "30s" },
    { at: "20s", kind: "store-outage", store: "each(store)", repairAfter: "30s" },
  ];
  expect(web(["9min"], {}, { faults }).lines(/store db/)).toEqual(["10 store db out", "50 store db available"]);
});

test("outages can be read from a file", () => {
  const scenario: Scenario = {
    name: "outages",
    preset: "ideal",
    horizon: "10min",
    service: { roles: { web: { kind: "web", handler: [{ store: "db", operation: "read" }] } } },
    stores: { db: { kind: "sql", read: "0s", outages: { file: "outages.csv", in: "s" } } },
    clients: { a: { endpoint: "web", arrivals: "constant(1/s)" } },
  };
  const files = (text: string) => ({ files: { read: () => new TextEncoder().encode(text) } });
  const { summary } = run(scenario, files("start,end\n300,330\n60,90\n"));
  expect(summary.stores[0]?.availability).toBe(0.9);
  expect(summary.requests.failedByCause).toEqual({ "store-error": 60 });
  expect(() => run(scenario, files("start,end\n60,90\n80,100\n"))).toThrow("overlap");
  expect(() => run(scenario, files("start,end\n60,50\n"))).toThrow("before it begins");
});

test("a queue that is out takes and gives nothing: what was finished meanwhile is done again, and nothing is lost", () => {
  const { lines, summary } = tell({
    service: { roles: { work: { kind: "worker", instances: 2, concurrency: 1, queue: "jobs", service: "4s" } } },
    queues: { jobs: { arrivals: { instants: ["1s", "6s", "20s"] } } },
    faults: [{ at: "3s", kind: "queue-outage", queue: "queue(jobs)", repairAfter: "12s" }],
  });
  expect(lines(/jobs \d/)).toEqual([
    "1 jobs 1 enqueued",
    "1 jobs 1 taken by work/0",
    "5 jobs 1 completed",
    "20 jobs 2 enqueued",
    "20 jobs 2 taken by work/0",
    "24 jobs 2 completed",
    "31 jobs 1 visible again",
    "31 jobs 1 taken by work/0",
    "35 jobs 1 duplicated",
  ]);
  expect(summary.queues[0]).toMatchObject({ enqueued: 2, completed: 2, duplicates: 1, refused: 1, lost: 0 });
});

test("a hold that cannot be renewed during an outage of the queue is over in time, and is taken up again after a short one", () => {
  const renewed = (repairAfter: string) =>
    tell({
      service: { roles: { work: { kind: "worker", instances: 2, concurrency: 1, queue: "jobs", service: "100s", renewLease: "10s" } } },
      queues: { jobs: { arrivals: { instants: ["1s"] } } },
      faults: [{ at: "15s", kind: "queue-outage", queue: "queue(jobs)", repairAfter }],
    }).lines(/visible|duplicated|completed/);
  expect(renewed("10s")).toEqual(["101 jobs 1 completed"]);
  // renewed last at 11 s
  expect(renewed("60s")).toEqual(["41 jobs 1 visible again", "101 jobs 1 completed", "175 jobs 1 duplicated"]);
});

test("a worker that may try only once fails with a throttled message, and its own comes back", () => {
  const handler = [{ compute: "1s" }, { enqueue: "next", retry: { attempts: 1 } }];
  const { lines } = tell({
    service: { roles: { work: { kind: "worker", instances: 1, concurrency: 2, queue: "jobs", handler } } },
    queues: { jobs: { arrivals: { instants: ["1s", "1s"] } }, next: { maxRate: "1/s" } },
  });
  expect(lines(/completed|next|visible/)).toEqual([
    "2 next 1 enqueued",
    "2 jobs 1 completed",
    "31 jobs 2 visible again",
    "32 next 2 enqueued",
    "32 jobs 2 completed",
  ]);
});
