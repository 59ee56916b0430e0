import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Queue = NonNullable<NonNullable<Plot["queues"]>[string]>;
const at = (...instants: string[]) => ({ arrivals: { instants } });
const plot = (work: object, queue: Queue, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { work: { kind: "worker", instances: 1, concurrency: 1, queue: "jobs", service: "4s", ...work } } },
    queues: { jobs: queue },
    ...more,
  });

test("an idle worker thread takes the next visible message at once", () => {
  const { lines } = plot({}, at("1s", "2s", "9500ms"));
  expect(lines(/taken|completed/)).toEqual([
    "1 jobs 1 taken by work/0",
    "5 jobs 1 completed",
    "5 jobs 2 taken by work/0",
    "9 jobs 2 completed",
    "9.5 jobs 3 taken by work/0",
    "13.5 jobs 3 completed",
  ]);
});

test("the lowest instance id takes first, and each instance as many as it has threads", () => {
  const { lines } = plot({ instances: 3, concurrency: 2 }, at("1s", "1s", "1s", "2s", "3s", "4s", "4500ms"));
  expect(lines(/taken/).map((line) => line.replace(" taken by work", ""))).toEqual([
    "1 jobs 1/0",
    "1 jobs 2/0",
    "1 jobs 3/1",
    "2 jobs 4/1",
    "3 jobs 5/2",
    "4 jobs 6/2",
    "5 jobs 7/0",
  ]);
});

test("a message nobody deleted within the visibility time-out is visible again", () => {
  const faults = [{ at: "3s", kind: "app-crash", instance: "work/0", repairAfter: "5s" }];
  const { lines, summary } = plot({}, at("1s"), { faults });
  expect(lines(/jobs/)).toEqual([
    "1 jobs 1 enqueued",
    "1 jobs 1 taken by work/0",
    "31 jobs 1 visible again",
    "31 jobs 1 taken by work/0",
    "35 jobs 1 completed",
  ]);
  expect(summary.queues[0]).toMatchObject({ enqueued: 1, completed: 1, duplicates: 0, backlog: 0, ageMs: { max: 34000 } });
});

test("a worker slower than the visibility time-out makes a duplicate: the first completion counts, later ones are duplicates", () => {
  const { lines, summary } = plot({ instances: 2, service: "40s" }, at("1s"), { horizon: "75s" });
  expect(lines(/jobs/)).toEqual([
    "1 jobs 1 enqueued",
    "1 jobs 1 taken by work/0",
    "31 jobs 1 visible again",
    "31 jobs 1 taken by work/1",
    "41 jobs 1 completed",
    "61 jobs 1 visible again",
    "61 jobs 1 taken by work/0",
    "71 jobs 1 duplicated",
  ]);
  expect(summary.queues[0]).toMatchObject({ completed: 1, duplicates: 1, backlog: 0 });
});

test("deleting needs the last receipt: with a stale one the message stays", () => {
  const { lines } = plot({ instances: 2, concurrency: 1, service: "35s" }, { ...at("1s"), visibilityTimeout: "30s" }, { horizon: "70s" });
  // the completion at 36 s is too late, its message was taken again at 31 s, and reappears at 61 s for the same reason
  expect(lines(/jobs/).slice(2, 7)).toEqual([
    "31 jobs 1 visible again",
    "31 jobs 1 taken by work/1",
    "36 jobs 1 completed",
    "61 jobs 1 visible again",
    "61 jobs 1 taken by work/0",
  ]);
});

test("a late completion still deletes a message that is visible again but that nobody has taken", () => {
  const { lines, summary } = plot({ service: "40s" }, at("1s", "50s"), { horizon: "2min" });
  expect(lines(/jobs 1/)).toEqual(["1 jobs 1 enqueued", "1 jobs 1 taken by work/0", "31 jobs 1 visible again", "41 jobs 1 completed"]);
  expect(summary.queues[0]).toMatchObject({ enqueued: 2, completed: 2, duplicates: 0, depthMax: 1 });
});

test("a completion at the very end of the visibility time-out is in time", () => {
  const { lines } = plot({ service: "30s", instances: 2 }, at("1s"));
  expect(lines(/jobs/).slice(2)).toEqual(["31 jobs 1 completed"]);
});

test("a message taken more often than maxDequeueCount goes to the poison queue, and nowhere else", () => {
  const crash = (second: number) => ({ at: `${second}s`, kind: "app-crash", instance: "work/0", repairAfter: "1s" });
  const { lines, summary } = plot({}, { ...at("1s", "100s"), maxDequeueCount: 2 }, { faults: [crash(2), crash(32)] });
  expect(lines(/jobs/)).toEqual([
    "1 jobs 1 enqueued",
    "1 jobs 1 taken by work/0",
    "31 jobs 1 visible again",
    "31 jobs 1 taken by work/0",
    "61 jobs 1 visible again",
    "61 jobs 1 poisoned",
    "100 jobs 2 enqueued",
    "100 jobs 2 taken by work/0",
    "104 jobs 2 completed",
  ]);
  expect(summary.queues[0]).toMatchObject({ enqueued: 2, completed: 1, poisoned: 1, backlog: 0 });
});

test("without a limit nothing is dead-lettered, however often it fails", () => {
  const faults = [{ every: "20s", kind: "app-crash", instance: "each(work)", repairAfter: "1s" }];
  const { summary } = plot({ service: "25s" }, at("1s"), { faults, horizon: "10min" });
  expect(summary.queues[0]).toMatchObject({ enqueued: 1, completed: 0, poisoned: 0, backlog: 1 });
});

test("an idle worker that polls looks after min, then at doubling distances up to max", () => {
  const poll = { poll: { min: "1s", max: "8s" } };
  const taken = (instant: string) => plot(poll, at(instant)).lines(/taken/)[0]?.split(" ")[0];
  // it looks at 1, 3, 7, 15, 23, 31 s and so on
  expect(["500ms", "1500ms", "3500ms", "8s", "16s", "24s"].map(taken)).toEqual(["1", "3", "7", "15", "23", "31"]);
});

test("a poll at the very instant of an arrival has looked already", () => {
  const { lines } = plot({ poll: { min: "1s", max: "8s" } }, at("3s"));
  expect(lines(/taken/)).toEqual(["7 jobs 1 taken by work/0"]);
});

test("a worker that found something looks again at once when it is done, and its back-off starts anew", () => {
  const { lines } = plot({ poll: { min: "1s", max: "8s" } }, at("16s", "17s", "33s"));
  expect(lines(/taken/)).toEqual(["23 jobs 1 taken by work/0", "27 jobs 2 taken by work/0", "34 jobs 3 taken by work/0"]);
});

test("an idle worker that polled in vain keeps its back-off", () => {
  const { lines } = plot({ instances: 2, service: "4500ms", poll: { min: "1s", max: "8s" } }, at("2s", "6500ms", "9s"));
  // both look at 3 s; the second finds nothing and looks at 7 s as before; the first is busy until 7.5 s, and looks at 8.5 s and 10.5 s
  expect(lines(/taken/)).toEqual(["3 jobs 1 taken by work/0", "7 jobs 2 taken by work/1", "10.5 jobs 3 taken by work/0"]);
});

test("a queue accepts so many messages a second, and throttles the rest", () => {
  const web = { kind: "web", instances: 1, handler: [{ enqueue: "jobs" }] };
  const { lines, summary } = plot(
    {},
    { maxRate: "2/s" },
    {
      service: { roles: { web: web as never, work: { kind: "worker", instances: 1, queue: "jobs", service: "4s" } } },
      clients: { a: { endpoint: "web", arrivals: { instants: ["1s", "1100ms", "1200ms", "1900ms", "2s"] } } },
    },
  );
  expect(lines(/ok|throttled/)).toEqual(["1 a 1 ok", "1.1 a 2 ok", "1.2 a 3 throttled", "1.9 a 4 throttled", "2 a 5 ok"]);
  expect(summary.queues[0]?.enqueued).toBe(3);
});

test("a job in the hands of a worker that is stopped in good order is finished, and no new one is taken", () => {
  const { lines } = plot({ instances: 1, onStop: "10s" }, at("95s", "96s"), {
    operations: [{ at: "97s", kind: "upgrade", version: "v2" }],
    fabric: { install: "30s" },
  });
  expect(lines(/taken|completed|work\/0 (draining|stopping|ready)/)).toEqual([
    "95 jobs 1 taken by work/0",
    "97 work/0 draining",
    "99 jobs 1 completed",
    "99 work/0 stopping",
    "139 work/0 ready",
    "139 jobs 2 taken by work/0",
    "143 jobs 2 completed",
  ]);
});

test("a job cut by the drain time-out is done again by another", () => {
  const { lines, summary } = plot({ instances: 2, service: "25s" }, at("95s"), {
    operations: [{ at: "97s", kind: "scale", role: "work", instances: 1 }],
    fabric: { drainTimeout: "5s" },
    faults: [{ at: "1s", kind: "app-crash", instance: "work/0", repairAfter: "96s" }],
  });
  expect(lines(/jobs 1 |deleted/)).toEqual([
    "95 jobs 1 enqueued",
    "95 jobs 1 taken by work/1",
    "102 work/1 deleted",
    "125 jobs 1 visible again",
    "125 jobs 1 taken by work/0",
    "150 jobs 1 completed",
  ]);
  expect(summary.queues[0]).toMatchObject({ completed: 1, duplicates: 0 });
});

test("a worker passes messages on: the next queue gets one for each completion", () => {
  const roles = {
    first: { kind: "worker", instances: 1, queue: "a", handler: [{ compute: "2s" }, { enqueue: "b" }] },
    second: { kind: "worker", instances: 1, queue: "b", service: "3s" },
  } as const;
  const { lines } = tell({
    service: { roles: { first: { ...roles.first, handler: [...roles.first.handler] }, second: roles.second } },
    queues: { a: at("1s"), b: {} },
  });
  expect(lines(/completed|enqueued/)).toEqual(["1 a 1 enqueued", "3 b 1 enqueued", "3 a 1 completed", "6 b 1 completed"]);
});

test("messages left at the horizon are backlog", () => {
  const { summary } = plot({ service: "1min" }, at("1s", "2s", "3s"), { horizon: "90s" });
  expect(summary.queues[0]).toMatchObject({ enqueued: 3, completed: 1, poisoned: 0, backlog: 2, depthMax: 3 });
});

test("messages are shared by every deployment whose workers take them, staging included", () => {
  const { lines } = plot({}, at("1min", "61s", "62s"), { operations: [{ at: "10s", kind: "deploy", version: "v2" }] });
  expect(lines(/taken/)).toEqual(["60 jobs 1 taken by work/0", "61 jobs 2 taken by work/0@v2", "64 jobs 3 taken by work/0"]);
});

test("once a deployment is deleted, messages ask for the work of the one that is left", () => {
  const { lines } = plot({}, at("1s", "2min"), {
    operations: [
      { at: "10s", kind: "deploy", version: "v2", roles: { work: { service: "7s" } } },
      { at: "20s", kind: "swap" },
      { at: "30s", kind: "delete", slot: "staging" },
    ],
  });
  expect(lines(/taken|completed/)).toEqual([
    "1 jobs 1 taken by work/0",
    "5 jobs 1 completed",
    "120 jobs 2 taken by work/0@v2",
    "127 jobs 2 completed",
  ]);
});

test("a worker is busy from taking a message to finishing it, even if the message was visible again meanwhile", () => {
  const { summary } = plot({ service: "40s" }, at("50s"), { horizon: "100s" });
  expect(summary.byRole[0]?.utilization).toBe(0.4);
});

test("of two roles that take from one queue, each is as busy as its own work", () => {
  const roles = {
    a: { kind: "worker", instances: 1, concurrency: 1, queue: "jobs", service: "20s" },
    b: { kind: "worker", instances: 1, concurrency: 1, queue: "jobs", service: "20s" },
  } as const;
  const { summary } = tell({ service: { roles }, queues: { jobs: at("1s", "2s", "30s") }, horizon: "100s" });
  expect(summary.byRole.map(({ utilization }) => utilization)).toEqual([0.4, 0.2]);
});

test("a message whose time to live is over while a worker has it expires when it comes back", () => {
  const { lines, summary } = plot(
    {},
    { ...at("1s"), visibilityTimeout: "30s", timeToLive: "20s" },
    { faults: [{ at: "2s", kind: "app-crash", instance: "work/0", repairAfter: "1s" }] },
  );
  expect(lines(/jobs/)).toEqual(["1 jobs 1 enqueued", "1 jobs 1 taken by work/0", "31 jobs 1 visible again", "31 jobs 1 expired"]);
  expect(summary.queues[0]).toMatchObject({ expired: 1, backlog: 0 });
});

test("a queue that is out with no word of when is back after its own failover, if it has one", () => {
  const outage = (failover: object) =>
    tell({
      service: { roles: { work: { kind: "worker", instances: 1, queue: "jobs", service: "1s" } } },
      queues: { jobs: { arrivals: { instants: ["60s"] }, ...failover } },
      faults: [{ at: "9s", kind: "queue-outage", queue: "queue(jobs)" }],
    }).lines(/queue jobs|jobs 1/);
  expect(outage({ failover: "45s" })).toEqual([
    "9 queue jobs out",
    "54 queue jobs available",
    "60 jobs 1 enqueued",
    "60 jobs 1 taken by work/0",
    "61 jobs 1 completed",
  ]);
  expect(outage({})).toEqual(["9 queue jobs out"]);
});

test("a queue that detects duplicates takes one message of however many deliveries of the one it is made from", () => {
  const { lines, summary } = tell({
    service: {
      roles: { work: { kind: "worker", instances: 2, concurrency: 1, queue: "jobs", handler: [{ compute: "40s" }, { enqueue: "done" }] } },
    },
    // so short that a second worker has the message before the first is done
    queues: {
      jobs: { arrivals: { instants: ["10s"] }, visibilityTimeout: "30s" },
      done: { kind: "service-bus", duplicateDetection: "10min" },
    },
    horizon: "120s",
  });
  expect(lines(/jobs 1 taken|duplicated|done/).slice(0, 5)).toEqual([
    "10 jobs 1 taken by work/0",
    "40 jobs 1 taken by work/1",
    "50 done 1 enqueued",
    "70 jobs 1 taken by work/0",
    "80 jobs 1 duplicated",
  ]);
  const done = summary.queues.find(({ name }) => name === "done");
  const jobs = summary.queues.find(({ name }) => name === "jobs");
  expect(done?.enqueued).toBe(1);
  expect(done?.deduplicated).toBe(jobs?.duplicates);
});
