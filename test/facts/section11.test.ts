import { describe, expect } from "vitest";
import { type Plot, tell } from "../model/story.ts";
import { factsOf } from "./fact.ts";
import { facts, title } from "./section11.ts";

const fact = factsOf(facts);

type Queue = NonNullable<NonNullable<Plot["queues"]>[string]>;
type Store = NonNullable<Plot["stores"]>[string];

const at = (...instants: string[]) => ({ arrivals: { instants } });
/** One worker thread on the queue jobs, whose messages take 4 s. */
const plot = (work: object, queue: Queue, more: Partial<Plot> = {}) =>
  tell({
    service: { roles: { work: { kind: "worker", instances: 1, concurrency: 1, queue: "jobs", service: "4s", ...work } } },
    queues: { jobs: queue },
    ...more,
  });
const crash = (instant: string) => ({ at: instant, kind: "app-crash", instance: "work/0", repairAfter: "1s" });
const bus = (queue: Queue = {}): Queue => ({ kind: "service-bus", ...queue });
/** One request every 10 s, which computes for 1 s and then calls db for 1 s. */
const calling = (store: Partial<Store>, more: Partial<Plot> = {}, step: object = {}) =>
  tell({
    service: {
      roles: {
        web: { kind: "web", instances: 2, concurrency: 50, handler: [{ compute: "1s" }, { store: "db", operation: "write", ...step }] },
      },
    },
    stores: { db: { kind: "sql", write: "1s", ...store } as Store },
    clients: { a: { endpoint: "web", arrivals: "constant(6/min)", timeout: "5min" } },
    ...more,
  });
const refused = (told: () => unknown): string => {
  try {
    told();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};
/** A burst of that many messages in one instant, put in by a web role. */
const burst = (count: number, more: Partial<Plot>, names: readonly string[] = ["jobs"]) =>
  tell({
    preset: "azure",
    service: {
      roles: {
        web: {
          kind: "web",
          instances: 1,
          concurrency: 100_000,
          handler: [{ compute: "1s" }, ...names.map((enqueue) => ({ enqueue }))],
          coldStart: "0s",
        },
      },
    },
    queues: Object.fromEntries(names.map((name) => [name, {}])),
    clients: { a: { endpoint: "web", arrivals: { instants: Array.from({ length: count }, () => "1s") } } },
    horizon: "10s",
    ...more,
  });

describe(title, () => {
  fact("11.1", () => {
    const { lines, summary } = plot({}, at("1s"), { faults: [crash("3s")] });
    expect(lines(/taken|completed/)).toEqual(["1 jobs 1 taken by work/0", "31 jobs 1 taken by work/0", "35 jobs 1 completed"]);
    expect(summary.queues[0]).toMatchObject({ completed: 1, lost: 0 });
  });

  fact("11.2", () => {
    const { lines } = plot({}, at("1s", "2s", "29s", "30s"), { faults: [crash("3s")] });
    expect(lines(/completed/)).toEqual(["8 jobs 2 completed", "33 jobs 3 completed", "37 jobs 4 completed", "41 jobs 1 completed"]);
  });

  fact("11.3", () => {
    const { lines } = plot({ instances: 2, service: "40s" }, at("1s"), { horizon: "60s" });
    expect(lines(/visible/)).toEqual(["31 jobs 1 visible again"]);
  });

  fact("11.4", () => {
    expect(refused(() => plot({}, { visibilityTimeout: "7d1s" }))).toContain("at most 7d");
    expect(refused(() => plot({}, { visibilityTimeout: "7d" }))).toBe("");
  });

  fact("11.5", () => {
    const slow = { instances: 2, service: "100s" };
    expect(plot(slow, at("1s")).summary.queues[0]?.duplicates).toBeGreaterThan(0);
    const renewed = plot({ ...slow, renewLease: true }, at("1s"), { faults: [crash("50s")] });
    // renewed last at 46 s, 15 s apart; nobody renews after the crash at 50 s
    expect(renewed.lines(/taken|visible|completed/)).toEqual([
      "1 jobs 1 taken by work/0",
      "76 jobs 1 visible again",
      "76 jobs 1 taken by work/0",
      "176 jobs 1 completed",
    ]);
    expect(renewed.summary.queues[0]?.duplicates).toBe(0);
  });

  fact("11.6", () => {
    // taken at 1 s and 31 s; the third taking finds a count of 3
    const { lines } = plot({}, { ...at("1s"), maxDequeueCount: 2 }, { faults: [crash("3s"), crash("33s")] });
    expect(lines(/taken|poisoned/)).toEqual(["1 jobs 1 taken by work/0", "31 jobs 1 taken by work/0", "61 jobs 1 poisoned"]);
  });

  fact("11.7", () => {
    const failing: Partial<Plot> = { faults: [{ every: "20s", kind: "app-crash", instance: "each(work)", repairAfter: "1s" }] };
    expect(plot({ service: "25s" }, at("1s"), failing).summary.queues[0]).toMatchObject({ poisoned: 0, deadLettered: 0, backlog: 1 });
    const moved = plot(
      { service: "25s" },
      {},
      { ...failing, queues: { jobs: { ...at("1s"), maxDequeueCount: 3, poisonQueue: "poison" }, poison: {} } },
    );
    expect(moved.lines(/poison/)).toEqual(["91 jobs 1 poisoned", "91 poison 1 enqueued"]);
    expect(moved.summary.queues[1]).toMatchObject({ name: "poison", enqueued: 1, backlog: 1 });
  });

  fact("11.8", () => {
    expect(refused(() => plot({ batch: 33 }, {}))).toContain("32");
    const messages = Array.from({ length: 40 }, () => "1500ms");
    const { lines, summary } = plot({ batch: 32, service: "1s" }, at("1s", ...messages));
    expect(lines(/^2 .*taken/)).toHaveLength(32);
    // those that wait in its hands are visible again before it comes to them: it has finished 30 at 32 s
    expect(lines(/visible/).length).toBeGreaterThan(0);
    expect(summary.queues[0]?.duplicates).toBe(0);
  });

  fact("11.9", () => {
    expect(refused(() => plot({}, { messageSize: "65KiB" }))).toContain("at most 64KiB");
    expect(refused(() => plot({}, { messageSize: "64KiB" }))).toBe("");
  });

  fact("11.10", () => {
    const idle = { work: { kind: "worker", instances: 0, queue: "jobs" } } as const;
    const untaken = (horizon: string) => tell({ preset: "azure", horizon, service: { roles: idle }, queues: { jobs: at("1d") } });
    expect(untaken("7d").summary.queues[0]).toMatchObject({ expired: 0, backlog: 1 });
    const { lines, summary } = untaken("9d");
    expect(lines(/expired/)).toEqual([`${8 * 24 * 3600} jobs 1 expired`]);
    expect(summary.queues[0]).toMatchObject({ expired: 1, backlog: 0 });
  });

  fact("11.11", () => {
    const idle = (timeToLive: string) => plot({ instances: 0 }, { ...at("1s"), timeToLive }, { horizon: "30d" }).summary.queues[0];
    expect(idle("20d")).toMatchObject({ expired: 1, backlog: 0 });
    expect(idle("never")).toMatchObject({ expired: 0, backlog: 1 });
  });

  fact("11.12", () => {
    expect(burst(2500, {}).summary.queues[0]?.enqueued).toBe(2000);
  });

  fact("11.13", () => {
    const many = Array.from({ length: 11 }, (_, queue) => `q${queue}`);
    const { summary } = burst(2000, {}, many);
    // eleven queues could take 22,000
    expect(summary.queues.reduce((sum, queue) => sum + queue.enqueued, 0)).toBe(20_000);
  });

  fact("11.14", () => {
    expect(burst(2500, {}).summary.requests.failedByCause).toEqual({ throttled: 500 });
    const patient = burst(2500, {
      service: {
        roles: {
          web: {
            kind: "web",
            instances: 1,
            concurrency: 100_000,
            coldStart: "0s",
            handler: [{ compute: "1s" }, { enqueue: "jobs", retry: { attempts: 3, backoff: "500ms" } }],
          },
        },
      },
    });
    // tried at 2 s, 2.5 s and 3.5 s
    expect(patient.summary).toMatchObject({ requests: { failed: 0 }, latencyMs: { max: 2500 } });
    // a worker goes on until it has passed its message on, and is busy meanwhile
    const passing = tell({
      service: {
        roles: { work: { kind: "worker", instances: 1, concurrency: 3, queue: "jobs", handler: [{ compute: "1s" }, { enqueue: "next" }] } },
      },
      queues: { jobs: at("1s", "1s", "1s"), next: { maxRate: "1/s" } },
    });
    expect(passing.lines(/next|completed/)).toEqual([
      "2 next 1 enqueued",
      "2 jobs 1 completed",
      "3 next 2 enqueued",
      "3 jobs 2 completed",
      "5 next 3 enqueued",
      "5 jobs 3 completed",
    ]);
  });

  fact("11.15", () => {
    const { lines } = plot({ instances: 2, service: "1h" }, { ...at("1s", "2s"), visibilityTimeout: "2h" }, {
      autoscale: {
        roles: {
          work: { capacity: { min: 1, max: 4 }, rules: [{ metric: "queue", queue: "jobs", operator: ">=", threshold: 1, scale: "out" }] },
        },
      },
    } as Partial<Plot>);
    // nobody waits: both messages are in hand, and counted
    expect(lines(/scaled out/)[0]).toContain("from 2 to 3: 1 message");
  });

  fact("11.16", () => {
    const polling = plot({ poll: { min: "1s", max: "8s" } }, at("8s"));
    expect(polling.lines(/enqueued|taken/)).toEqual(["8 jobs 1 enqueued", "15 jobs 1 taken by work/0"]);
  });

  fact("11.17", () => {
    const { lines, summary } = plot({ instances: 2, service: "40s" }, at("1s"), { horizon: "75s" });
    expect(lines(/completed|duplicated/)).toEqual(["41 jobs 1 completed", "71 jobs 1 duplicated"]);
    expect(summary.queues[0]).toMatchObject({ completed: 1, duplicates: 1 });
  });

  fact("11.18", () => {
    const { lines, summary } = plot({}, bus(at("1s")), { faults: [crash("3s")] });
    expect(lines(/taken|completed/)).toEqual(["1 jobs 1 taken by work/0", "61 jobs 1 taken by work/0", "65 jobs 1 completed"]);
    expect(summary.queues[0]).toMatchObject({ completed: 1, lost: 0 });
  });

  fact("11.19", () => {
    const { lines, summary } = plot({}, bus({ ...at("1s", "10s"), receiveMode: "receive-and-delete" }), { faults: [crash("3s")] });
    expect(lines(/taken|lost|completed/)).toEqual([
      "1 jobs 1 taken by work/0",
      "3 jobs 1 lost to app-crash",
      "10 jobs 2 taken by work/0",
      "14 jobs 2 completed",
    ]);
    expect(summary.queues[0]).toMatchObject({ completed: 1, lost: 1, lostBy: [{ source: "app-crash of work/0", lost: 1 }], backlog: 0 });
  });

  fact("11.20", () => {
    const comesBack = (queue: Queue) => plot({}, bus({ ...at("1s"), ...queue }), { faults: [crash("3s")] }).lines(/visible/);
    expect(comesBack({})).toEqual(["61 jobs 1 visible again"]);
    expect(comesBack({ lock: "30s" })).toEqual(["31 jobs 1 visible again"]);
  });

  fact("11.21", () => {
    expect(refused(() => plot({}, bus({ lock: "301s" })))).toContain("5min at most");
    expect(refused(() => plot({}, bus({ lock: "5min" })))).toBe("");
  });

  fact("11.22", () => {
    const duplicates = (renewLease: boolean) =>
      plot({ instances: 2, service: "100s", renewLease }, bus(at("1s"))).summary.queues[0]?.duplicates;
    expect(duplicates(false)).toBeGreaterThan(0);
    expect(duplicates(true)).toBe(0);
  });

  fact("11.23", () => {
    const broken = [{ at: "0s", kind: "app-errors", instance: "work/0", share: "100%" }];
    const { lines, summary } = plot({}, bus(at("1s")), { faults: broken as never });
    // its handler fails after 4 s each time, and gives the message back at once
    expect(lines(/taken/)).toHaveLength(10);
    expect(lines(/dead-lettered/)).toEqual(["41 jobs 1 dead-lettered after 10 deliveries"]);
    expect(summary.queues[0]).toMatchObject({ deadLettered: 1, poisoned: 0, backlog: 0 });
  });

  fact("11.24", () => {
    const expired = (queue: Queue) => plot({ instances: 0 }, bus({ ...at("1s"), timeToLive: "20s", ...queue })).summary.queues[0];
    expect(expired({})).toMatchObject({ expired: 1, deadLettered: 0 });
    expect(expired({ deadLetterExpired: true })).toMatchObject({ expired: 0, deadLettered: 1 });
  });

  fact("11.25", () => {
    const order = (queue: Queue) => {
      const { lines } = plot({ instances: 2 }, bus({ ...at("1s", "2s", "3s"), ...queue }), { faults: [crash("3500ms")] });
      return lines(/completed/).map((line) => Number(line.split(" ")[2]));
    };
    expect(order({})).toEqual([2, 3, 1]);
    expect(order({ sessions: 1 })).toEqual([1, 2, 3]);
  });

  fact("11.26", () => {
    const put = (queue: Queue) => {
      const { summary } = tell({
        service: { roles: { web: { kind: "web", instances: 1, handler: [{ compute: "3s" }, { enqueue: "jobs" }] } } },
        queues: { jobs: bus(queue) },
        // the first answer comes too late, but the message is in
        clients: {
          a: { endpoint: "web", arrivals: { instants: ["1s"] }, timeout: "2s", retry: { attempts: 2, backoff: { first: "1s" } } },
        },
      } as Plot);
      return summary.queues[0];
    };
    expect(put({})).toMatchObject({ enqueued: 2, deduplicated: 0 });
    expect(put({ duplicateDetection: true })).toMatchObject({ enqueued: 1, deduplicated: 1 });
    expect(put({ duplicateDetection: "1s" })).toMatchObject({ enqueued: 2, deduplicated: 0 });
  });

  fact("11.27", () => {
    expect(refused(() => plot({ poll: { min: "1s", max: "8s" } }, bus()))).toContain("hands messages out at once");
    expect(plot({}, bus(at("8s"))).lines(/taken/)).toEqual(["8 jobs 1 taken by work/0"]);
  });

  fact("11.28", () => {
    expect(refused(() => plot({}, bus({ maxSize: "81GiB" })))).toContain("at most 80GiB");
    const full = burst(10, { queues: { jobs: bus({ maxSize: "1MiB", messageSize: "256KiB" }) } });
    expect(full.summary.queues[0]?.enqueued).toBe(4);
    expect(full.summary.requests.failedByCause).toEqual({ "queue-full": 6 });
  });

  fact("11.29", () => {
    expect(refused(() => plot({}, bus({ messageSize: "101MiB" })))).toContain("at most 100MiB");
    expect(refused(() => plot({}, bus({ messageSize: "256KiB" })))).toBe("");
  });

  fact("11.30", () => {
    const large = { datacenter: { hostsPerFaultDomain: 101 } };
    expect(refused(() => plot({ instances: 101 }, bus(), large))).toContain("100 connections");
    expect(refused(() => plot({ instances: 100 }, bus(), large))).toBe("");
  });

  fact("11.32", () => {
    const { summary } = burst(600, { queues: { a: bus(), b: bus() } }, ["a", "b"]);
    expect(summary.queues.reduce((sum, queue) => sum + queue.enqueued, 0)).toBe(1000);
  });

  fact("11.33", () => {
    const { summary } = calling({}, { faults: [{ at: "100s", kind: "store-outage", store: "store(db)", repairAfter: "60s" }] });
    // every success is an acknowledged write, and no outage takes one back
    expect(summary.stores[0]?.writes).toBe(summary.requests.succeeded);
    expect(summary.requests.failed).toBeGreaterThan(0);
  });

  fact("11.34", () => {
    const { summary } = calling({}, { faults: [{ at: "100s", kind: "rack-power", faultDomain: "each(faultDomain)", repairAfter: "60s" }] });
    expect(summary.stores[0]).toMatchObject({ availability: 1, failed: 0 });
    expect(summary.requests.failed).toBeGreaterThan(0);
  });

  fact("11.35", () => {
    const { lines } = calling({ kind: "table" }, { preset: "azure", faults: [{ at: "100s", kind: "store-outage", store: "store(db)" }] });
    const [out, back] = lines(/^\S+ store db/);
    expect(out).toBe("100 store db out");
    const seconds = Number(back?.split(" ")[0]) - 100;
    expect(seconds).toBeGreaterThan(5);
    expect(seconds).toBeLessThan(30);
  });

  fact("11.36", () => {
    const blob = (maxRate: string) =>
      tell({
        service: { roles: { web: { kind: "web", instances: 1, concurrency: 1000, handler: [{ store: "blobs", operation: "write" }] } } },
        stores: { blobs: { kind: "blob", maxRate, write: "1s" } },
        clients: { a: { endpoint: "web", arrivals: { instants: Array.from({ length: 700 }, () => "1s") } } },
      }).summary;
    expect(blob("500/s")).toMatchObject({ requests: { failedByCause: { throttled: 200 } }, stores: [{ writes: 500, throttled: 200 }] });
    expect(blob("20000/s").requests.failed).toBe(0);
  });

  fact("11.37", () => {
    const { lines, summary } = calling({}, { preset: "azure", faults: [{ at: "100s", kind: "store-outage", store: "store(db)" }] });
    const seconds = Number(lines(/store db available/)[0]?.split(" ")[0]) - 100;
    expect(seconds).toBeGreaterThan(30);
    expect(seconds).toBeLessThan(60);
    expect(summary.requests.failedByAttribution).toMatchObject([{ cause: "store-error", source: "store-outage of db" }]);
  });

  fact("11.38", () => {
    const instants = ["1s", "1s", "1s"];
    const { lines, summary } = calling({ maxRate: "2/s" }, { clients: { a: { endpoint: "web", arrivals: { instants } } } });
    expect(lines(/throttled|ok/)).toEqual(["2 a 3 throttled", "3 a 1 ok", "3 a 2 ok"]);
    expect(summary.stores[0]).toMatchObject({ writes: 2, throttled: 1 });
  });

  fact("11.39", () => {
    const faults = [{ at: "100s", kind: "store-outage", store: "store(db)", repairAfter: "45s" }];
    const failed = (attempts: number) => calling({}, { faults }, { retry: { attempts, backoff: "5s" } }).summary.requests.failed;
    // tries 5, 15 and 35 s after the first outlast the rest of the outage for most, one more (65 s) for all
    expect(failed(1)).toBe(5);
    expect(failed(5)).toBe(0);
  });

  fact("11.40", () => {
    const out = (name: string, instant: string, repairAfter: string) => ({
      at: instant,
      kind: "store-outage",
      store: `store(${name})`,
      repairAfter,
    });
    const { summary } = tell({
      service: {
        roles: {
          web: {
            kind: "web",
            instances: 1,
            handler: [{ compute: "0s" }, { store: "db", operation: "read" }, { store: "blob", operation: "read" }],
          },
        },
      },
      stores: { db: { kind: "sql", read: "0s" }, blob: { kind: "blob", read: "0s" } },
      clients: { a: { endpoint: "web", arrivals: "constant(1/s)" } },
      // db is out for a fifth of the time, and for a fifth of each of its states blob is
      faults: [out("db", "0s", "200s"), out("blob", "0s", "40s"), out("blob", "200s", "160s")],
      horizon: "1000s",
    });
    const [blob, db] = summary.stores;
    expect([blob?.availability, db?.availability]).toEqual([0.8, 0.8]);
    expect(summary.requests).toMatchObject({ offered: 999, succeeded: 640 });
  });
});
