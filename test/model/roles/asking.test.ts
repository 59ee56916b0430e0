import { expect, test } from "vitest";
import { type Plot, tell } from "../story.ts";

type Role = NonNullable<Plot["service"]["roles"]>[string];
const web: Role = { kind: "web", instances: 1, handler: [{ compute: "1s" }, { call: "back", policy: "first", timeout: "5s" }] };
const back: Role = { kind: "worker", instances: 2, service: "2s", internalEndpoints: ["api"] };

/** One request every ten seconds, from 10 s on. */
function story(roles: Record<string, Role>, of: Partial<Plot> = {}) {
  return tell({ horizon: "35s", service: { roles }, clients: { users: { endpoint: "web", arrivals: "constant(6/min)" } }, ...of });
}

test("a handler computes, calls an instance of another role, and answers when that has answered", () => {
  const { lines, summary } = story({ web, back });
  expect(lines(/users 1 /)).toEqual(["10 users 1 arrives", "10 users 1 to web/0", "11 users 1 to back/0", "13 users 1 ok"]);
  expect(summary.latencyMs.mean).toBe(3000);
  expect(summary.roleCalls).toEqual([
    { from: "web", to: "back", offered: 3, retries: 0, succeeded: 3, failed: 0, failedByCause: {}, abandoned: 0, meanMs: 2000 },
  ]);
  expect(summary.byRole.map(({ calls, name }) => [name, calls])).toEqual([
    ["back", 3],
    ["web", 0],
  ]);
});

test("calls go on from role to role", () => {
  const deep: Role = { kind: "web", instances: 1, service: "4s", internalEndpoints: ["api"] };
  const middle: Role = { ...back, service: undefined, handler: [{ compute: "2s" }, { call: "deep" }] } as Role;
  const { lines } = story({ web: { ...web, handler: [{ call: "back", policy: "first" }] }, back: middle, deep });
  expect(lines(/users 1 /)).toEqual([
    "10 users 1 arrives",
    "10 users 1 to web/0",
    "10 users 1 to back/0",
    "12 users 1 to deep/0",
    "16 users 1 ok",
  ]);
});

test("the slot of the caller is busy until the answer", () => {
  const { lines } = story(
    { web: { ...web, concurrency: 1 }, back },
    { clients: { users: { endpoint: "web", arrivals: "constant(30/min)" } } },
  );
  expect(lines(/ok/).slice(0, 3)).toEqual(["5 users 1 ok", "8 users 2 ok", "11 users 3 ok"]);
});

test("round robin takes the instances in turn, random draws them", () => {
  const sent = (policy: "random" | "round-robin") => {
    const { lines } = story(
      { web: { ...web, handler: [{ call: "back", policy }] }, back: { ...back, instances: 3 } },
      { horizon: "10min" },
    );
    return lines(/to back/).map((line) => Number(line.slice(-1)));
  };
  expect(sent("round-robin").slice(0, 4)).toEqual([0, 1, 2, 0]);
  const drawn = sent("random");
  for (const instance of [0, 1, 2]) expect(drawn.filter((to) => to === instance).length).toBeGreaterThan(8);
});

test("a callee that crashes cuts the call, and the request fails by that crash", () => {
  const { lines, summary } = story({ web, back }, { faults: [{ kind: "app-crash", instance: "back/0", at: "12s" }] as never });
  expect(lines(/users 1 /).at(-1)).toBe("12 users 1 crash");
  expect(lines(/users 2 /).at(-1)).toBe("21 users 2 refused");
  expect(summary.requests.failedByAttribution).toMatchObject([
    { source: "app-crash of back/0", cause: "refused", failed: 2 },
    { source: "app-crash of back/0", cause: "crash", failed: 1 },
  ]);
  expect(summary.roleCalls).toMatchObject([{ offered: 3, failed: 3, failedByCause: { crash: 1, refused: 2 } }]);
});

test("a silent callee costs the time-out of the call, a slow one too", () => {
  const silent = story({ web, back }, { faults: [{ kind: "vm-failure", instance: "back/0", at: "12s" }] as never });
  expect(silent.lines(/users [12] timeout/)).toEqual(["16 users 1 timeout-silent", "26 users 2 timeout-silent"]);
  expect(silent.summary.requests.failedByAttribution[0]).toMatchObject({ source: "vm-failure of back/0", failed: 3 });
  const slow = story({ web, back: { ...back, service: "6s", cancelOnTimeout: true } });
  expect(slow.lines(/users 1 /).at(-1)).toBe("16 users 1 timeout-slow");
});

test("an answer at the very instant of the time-out is in time", () => {
  expect(
    story({ web, back: { ...back, service: "5s" } })
      .lines(/users 1 /)
      .at(-1),
  ).toBe("16 users 1 ok");
});

test("a retry goes to the next instance that the caller knows", () => {
  const handler: Role["handler"] = [{ call: "back", policy: "first", retry: { attempts: 2, backoff: "1s" } }];
  const { lines, summary } = story(
    { web: { ...web, handler }, back },
    { faults: [{ kind: "app-crash", instance: "back/0", at: "5s" }] as never },
  );
  expect(lines(/users 1 /)).toEqual([
    "10 users 1 arrives",
    "10 users 1 to web/0",
    "10 users 1 to back/0",
    "11 users 1 to back/1",
    "13 users 1 ok",
  ]);
  expect(summary.roleCalls).toMatchObject([{ offered: 3, retries: 3, succeeded: 3 }]);
});

test("a full queue of the callee fails the call at once", () => {
  const { summary } = story(
    { web, back: { ...back, instances: 1, concurrency: 1, queueLimit: 0, service: "4s" } },
    { clients: { users: { endpoint: "web", arrivals: "constant(30/min)" } } },
  );
  expect(summary.requests.failedByCause).toEqual({ "queue-full": 8 });
});

test("errors of the callee, and failures of its own calls, are those of the caller", () => {
  const errs = story({ web, back }, { faults: [{ kind: "app-errors", instance: "back/0", at: "5s", share: "100%" }] as never });
  expect(errs.summary.requests.failedByAttribution).toMatchObject([{ source: "app-errors of back/0", cause: "app-error", failed: 3 }]);
  const deep = story(
    { web, back: { ...back, service: undefined, handler: [{ store: "db", operation: "read" }] } as Role },
    { stores: { db: { kind: "sql" } }, faults: [{ kind: "store-outage", store: "store(db)", at: "5s" }] as never },
  );
  expect(deep.summary.requests.failedByAttribution).toMatchObject([{ source: "store-outage of db", cause: "store-error", failed: 3 }]);
});

test("a caller that crashes hangs up: a callee that cancels stops, another one works for nobody", () => {
  const busy = (cancelOnTimeout: boolean) =>
    story(
      { web, back: { ...back, service: "15s", cancelOnTimeout, instances: 1, concurrency: 1 } },
      {
        faults: [{ kind: "app-crash", instance: "web/0", at: "12s", repairAfter: "1s" }] as never,
      },
    );
  const [stopped, zombie] = [busy(true), busy(false)];
  for (const { lines, summary } of [stopped, zombie]) {
    expect(lines(/users 1 /).at(-1)).toBe("12 users 1 crash");
    expect(summary.roleCalls).toMatchObject([{ abandoned: 1 }]);
  }
  const busyBack = ({ summary }: ReturnType<typeof story>) => summary.byRole[0]?.utilization ?? 0;
  expect(busyBack(zombie)).toBeGreaterThan(busyBack(stopped));
});

test("a client that gives up stops the whole chain where roles cancel", () => {
  const chain = (cancelOnTimeout: boolean) =>
    story(
      { web: { ...web, cancelOnTimeout }, back: { ...back, service: "4s", cancelOnTimeout } },
      {
        clients: { users: { endpoint: "web", arrivals: "constant(6/min)", timeout: "2s" } },
      },
    ).summary;
  expect(chain(true).requests.failedByCause).toEqual({ "timeout-slow": 3 });
  expect(chain(true).roleCalls).toMatchObject([{ offered: 3, succeeded: 0, abandoned: 3 }]);
  expect(chain(false).roleCalls).toMatchObject([{ offered: 3, succeeded: 3, abandoned: 0 }]);
});

test("a paused caller takes the answer up when it runs again", () => {
  const { lines } = story({ web, back }, { faults: [{ kind: "pause", instance: "web/0", at: "12s", repairAfter: "5s" }] as never });
  expect(lines(/users 1 /).at(-1)).toBe("17 users 1 ok");
});

test("a paused callee answers late, or too late", () => {
  const paused = (repairAfter: string) =>
    story({ web, back }, { faults: [{ kind: "pause", instance: "back/0", at: "12s", repairAfter }] as never })
      .lines(/users 1 /)
      .at(-1);
  expect(paused("2s")).toBe("15 users 1 ok");
  expect(paused("9s")).toBe("16 users 1 timeout-silent");
});

test("a rack that is cut off hears no answers", () => {
  const { lines, summary } = story(
    { web: { ...web, handler: [{ compute: "1s" }, { call: "back", policy: "first", timeout: "5s" }] }, back },
    {
      datacenter: { faultDomains: 2 },
      faults: [{ kind: "rack-switch", faultDomain: "faultDomainOf(back/0)", at: "12s", repairAfter: "1h" }] as never,
      clients: { users: { endpoint: "web", arrivals: "constant(6/min)", timeout: "8s" } },
    },
  );
  expect(lines(/users 1 /).at(-1)).toMatch(/^1[68] users 1 timeout-silent$/);
  expect(summary.requests.failedByAttribution[0]?.source).toMatch(/^rack-switch/);
});

test("a worker calls too: when the call fails its message comes back", () => {
  const { lines, summary } = tell({
    horizon: "75s",
    service: { roles: { work: { kind: "worker", instances: 1, queue: "jobs", handler: [{ call: "back", policy: "first" }] }, back } },
    queues: { jobs: { arrivals: "constant(1/min)", visibilityTimeout: "10s" } },
    faults: [{ kind: "app-crash", instance: "back/0", at: "0s", repairAfter: "65s" }] as never,
  });
  expect(lines(/jobs 1 /).slice(0, 3)).toEqual(["60 jobs 1 enqueued", "60 jobs 1 taken by work/0", "70 jobs 1 visible again"]);
  expect(summary.roleCalls).toMatchObject([{ failedByCause: { refused: 1 } }]);
});

test("a worker that serves calls takes its messages when a slot is free", () => {
  const { lines } = tell({
    horizon: "70s",
    service: {
      roles: {
        web: { ...web, handler: [{ call: "work", policy: "first" }] },
        work: { kind: "worker", instances: 1, concurrency: 1, queue: "jobs", service: "5s", internalEndpoints: ["api"] },
      },
    },
    queues: { jobs: { arrivals: "constant(30/min)" } },
    clients: { users: { endpoint: "web", arrivals: "constant(1/min)" } },
  });
  // a call waits for its turn between the messages in hand
  expect(lines(/users 1 ok/)).toEqual(["67 users 1 ok"]);
  expect(
    lines(/jobs .* taken/)
      .slice(0, 3)
      .map((line) => line.split(" ")[0]),
  ).toEqual(["2", "7", "12"]);
});

test("a role without instances answers nobody", () => {
  const { summary } = story({ web, back: { ...back, instances: 0 } });
  expect(summary.requests.failedByCause).toEqual({ "no-backend": 3 });
});

test("a call that no traffic rule lets through is refused", () => {
  const rules = (from: "all" | string[]) =>
    tell({
      horizon: "35s",
      service: { roles: { web, back }, trafficRules: [{ to: { role: "back", endpoint: "api" }, from }] },
      clients: { users: { endpoint: "web", arrivals: "constant(6/min)" } },
    }).summary.requests;
  expect(rules("all").failed).toBe(0);
  expect(rules(["web"]).failed).toBe(0);
  expect(rules(["back"])).toMatchObject({ failed: 3, failedByCause: { refused: 3 } });
  expect(rules(["back"]).failedByAttribution).toMatchObject([{ source: "traffic-rule of web/0", failed: 3 }]);
});

test("under processor sharing a handler that waits takes no part of the processors", () => {
  const { lines } = story(
    { web: { ...web, discipline: "processor-sharing", size: "Small", concurrency: 8 }, back },
    {
      clients: { users: { endpoint: "web", arrivals: "constant(60/min)" } },
    },
  );
  // each computes alone for its second while the one before waits
  expect(lines(/users [123] ok/)).toEqual(["4 users 1 ok", "5 users 2 ok", "6 users 3 ok"]);
});
