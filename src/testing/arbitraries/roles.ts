import fc from "fast-check";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import type { Limits } from "./limits.ts";
import { among, type Given, maybe, pick, record, whole } from "./pick.ts";
import { phase, work } from "./times.ts";

/** One entry of `service.roles`. */
export type Role = NonNullable<Scenario["service"]["roles"]>[string];

type Step = NonNullable<Role["handler"]>[number];
type Task = NonNullable<Role["startupTasks"]>[number];

/** Tasks that may fail, hold up the start, or hold up the stop. */
const startupTasks: fc.Arbitrary<Task[]> = among<Task[]>(
  [{ duration: "1s" }],
  [{ type: "simple", duration: "3s", fails: "20%", failsFrom: 3 }, { duration: "1s" }],
  [{ type: "foreground", duration: "3s" }, { duration: "1s" }],
  [{ type: "background", duration: "30s" }, { idempotent: false }],
);

/** Handlers of a web role that call store `db` and queue `jobs`. */
const webHandler = among<Step[]>(
  [{ compute: "100ms" }, { enqueue: "jobs" }],
  [{ compute: "50ms" }, { store: "db", operation: "read" }, { store: "db", operation: "write" }, { enqueue: "jobs" }],
  [{ compute: "500ms" }, { store: "db", operation: "read", retry: { attempts: 2, backoff: "1s" } }],
  [{ compute: "100ms" }, { write: "local", folder: "kept", size: "64KiB" }, { write: "local", folder: "scratch" }, { enqueue: "jobs" }],
);

/** Handlers of a worker that call store `db` and queue `poison`. */
const workerHandler = among<Step[]>(
  [{ compute: "100ms" }, { store: "db", operation: "write", retry: { attempts: 3, backoff: "2s" } }],
  [{ compute: "2s" }, { store: "db", operation: "read" }, { enqueue: "poison", retry: { attempts: 2, backoff: "1s" } }],
);

/** What all roles have; a role with `service` has no handler. */
function common({ instances }: Limits) {
  return {
    // two of three roles have several, so that there is somebody to take over
    instances: fc.oneof(whole(1, instances), whole(1, Math.min(3, instances))),
    size: pick("Small", "Small", "Small", "Small", "ExtraSmall", "Medium", "Medium", "Large"),
    concurrency: fc.oneof({ weight: 2, arbitrary: whole(1, 3) }, { weight: 1, arbitrary: whole(4, 8) }),
    service: work,
    discipline: pick(undefined, undefined, "processor-sharing", "fifo"),
    scaleBySize: maybe(pick(true, false)),
    roleStart: phase,
    onStart: phase,
    onStop: phase,
    crashAfter: pick(undefined, undefined, undefined, undefined, undefined, undefined, "never", "exponential(60s)", "20s", "0s"),
    runReturns: pick(undefined, undefined, undefined, undefined, "never", "45s"),
    onStartFails: pick(undefined, undefined, undefined, "0%", "30%"),
    startupTasks: maybe(startupTasks),
  };
}

type Endpoints = NonNullable<Role["endpoints"]>;

const application = { asks: "application" } as const;
const endpoints = among<Endpoints>(
  { plain: {}, deep: { probe: application } },
  { plain: { ignoreRoleInstanceStatus: true }, deep: { probe: { ...application, misses: 2 }, idleTimeout: "4min" } },
  { plain: {}, deep: { probe: "none" }, debug: { instanceInput: true } },
);

/** A web role that may call store `db` and queue `jobs`. */
export function webRole(limits: Limits): fc.Arbitrary<Role> {
  return record({
    kind: pick("web"),
    ...common(limits),
    queueLimit: maybe(whole(0, 3)),
    admission: maybe(among({ limit: 2 }, { limit: 4, shares: ["100%", "50%"] })),
    cancelOnTimeout: pick(true, false),
    answersWhileStopping: pick(false, true),
    coldStart: pick("0s", "2s"),
    idleTimeout: pick(undefined, undefined, "never", "30s"),
    recycleEvery: pick(undefined, undefined, "never", "2min"),
    handler: maybe(webHandler),
    endpoints: maybe(endpoints),
    localStorage: among({ kept: { size: "1MiB", cleanOnRoleRecycle: false }, scratch: {} }),
  }).map(oneOfTheTwo);
}

/** A worker role that consumes queue `jobs`, which is polled only when `isPolled`. */
export function workerRole(limits: Limits): fc.Arbitrary<Role> {
  return record({
    kind: pick("worker"),
    ...common(limits),
    queue: pick("jobs"),
    poll: maybe(among({ min: "1s", max: "8s" })),
    batch: maybe(whole(1, 4)),
    renewLease: maybe(pick(true, false, "4s")),
    handler: maybe(workerHandler),
  }).map(oneOfTheTwo);
}

/** Role `back`, which others call and which may consume queue `jobs` besides. */
export function backRole(limits: Limits): fc.Arbitrary<Role> {
  return record({
    kind: pick("web", "worker", "worker"),
    ...common(limits),
    queueLimit: maybe(whole(0, 2)),
    cancelOnTimeout: pick(true, false),
    queue: maybe(pick("jobs")),
    internalEndpoints: among(["api"]),
  }).map(({ queue, ...role }) => ({ ...role, ...(role.kind === "worker" && queue !== undefined ? { queue } : {}) }));
}

/** `service` is short for a handler of one step: a role has one of the two. */
function oneOfTheTwo<R extends Given<{ service: string; handler: Step[] | undefined }>>({ service, ...role }: R): Role {
  return (role.handler === undefined ? { ...role, service } : role) as unknown as Role;
}

/** Calls of a handler to roles with an internal endpoint. */
export function calls(...roles: readonly string[]): fc.Arbitrary<Step[]> {
  const call: fc.Arbitrary<Step> = record({
    call: pick(...roles),
    policy: maybe(pick("random", "round-robin", "first")),
    timeout: maybe(pick("1s", "4s", "never")),
    retry: maybe(among({ attempts: 2, backoff: "1s" }, { attempts: 3, backoff: "500ms" })),
  });
  return fc.array(call, { maxLength: 2, size: "max" });
}
