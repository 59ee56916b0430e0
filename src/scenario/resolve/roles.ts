import type * as z from "zod";
import { type Micros, minute, never } from "../../kernel/time.ts";
import type { CallRetryDesign, EndpointDesign, ProbeDesign, RoleDesign, StepDesign, VmSize } from "../../model/design.ts";
import { reservedDiskMiB, vmSize } from "../../model/hardware/sizes.ts";
import type { LawSpec } from "../../random/lawSpec.ts";
import type { LawDraft } from "../lawText.ts";
import { suggest } from "../nearest.ts";
import type { Path } from "../place.ts";
import type { RoleDefaults } from "../roleDefaults.ts";
import type { roleChange, service as serviceSchema } from "../schema/service.ts";
import type { retry as retrySchema } from "../schema/storage.ts";
import { writeDuration } from "../units.ts";
import { type Context, sortedEntries } from "./context.ts";
import { resolveProbe } from "./probe.ts";

/** A role as read: what `service.roles` says, or that with the changes of an operation on top. */
export type ReadRole = NonNullable<z.output<typeof serviceSchema>["roles"]>[string];

/** What an operation changes of a role, as read. */
export type ReadRoleChange = z.output<typeof roleChange>;

type ReadRetry = z.output<typeof retrySchema>;

/** Requests at once for each core: a guess (semantics 2). */
const concurrencyPerCore = 8;

const onlyWeb = ["coldStart", "idleTimeout", "recycleEvery"] as const;

/** A role with every default filled in. */
export function resolveRole(name: string, given: ReadRole, probe: ProbeDesign, path: Path, context: Context): RoleDesign {
  const kind = given.kind ?? "web";
  const defaults = context.defaults.roles[kind];
  const size = vmSize(given.size ?? defaults.size) as VmSize;
  const concurrency = given.concurrency ?? concurrencyPerCore * size.cores;
  checkRole(kind, given, path, context);
  const localStorage = sortedEntries(given.localStorage).map(([folder, storage]) => ({
    name: folder,
    sizeMiB: storage.size ?? defaults.storageSize,
    cleanOnRoleRecycle: storage.cleanOnRoleRecycle ?? defaults.cleanOnRoleRecycle,
  }));
  checkDisk(localStorage, size, path, context);
  return {
    name,
    kind,
    size,
    instances: given.instances ?? defaults.instances,
    concurrency,
    queueLimit: given.queueLimit ?? defaults.queueLimit,
    admission: resolveAdmission(kind, given.admission, concurrency, path, context),
    discipline: given.discipline ?? defaults.discipline,
    speed: (given.scaleBySize ?? defaults.scaleBySize) ? size.acu / 100 : 1,
    cancelOnTimeout: given.cancelOnTimeout ?? defaults.cancelOnTimeout,
    handler: resolveHandler(given, defaults, path, context),
    queue: given.queue,
    batch: given.batch ?? defaults.batch,
    renewLease: resolveRenewal(given.renewLease ?? defaults.renewLease),
    poll: given.poll,
    internalEndpoints: given.internalEndpoints ?? [],
    endpoints: resolveEndpoints(name, kind, given, probe, path, context),
    iis: {
      coldStart: context.law(given.coldStart, defaults.coldStart, ...path, "coldStart"),
      idleTimeout: given.idleTimeout ?? defaults.idleTimeout,
      recycleEvery: given.recycleEvery ?? defaults.recycleEvery,
    },
    startupTasks: (given.startupTasks ?? []).map((task, index) => ({
      name: task.name ?? `task${index + 1}`,
      type: task.type ?? defaults.taskType,
      duration: context.law(task.duration, defaults.taskDuration, ...path, "startupTasks", index, "duration"),
      ...resolveTaskFailure(task, defaults, [...path, "startupTasks", index], context),
    })),
    roleStart: context.law(given.roleStart, defaults.roleStart, ...path, "roleStart"),
    onStart: context.law(given.onStart, defaults.onStart, ...path, "onStart"),
    onStartFails: given.onStartFails ?? defaults.onStartFails,
    runReturns: lawOrNone(given.runReturns, [...path, "runReturns"], context),
    crashAfter: lawOrNone(given.crashAfter, [...path, "crashAfter"], context),
    answersWhileStopping: resolveAnswers(given, endpointsAsked(given, probe), defaults, path, context),
    onStop: context.law(given.onStop, defaults.onStop, ...path, "onStop"),
    localStorage,
  };
}

/** How many an instance holds when it still admits a request, by priority. */
function resolveAdmission(
  kind: "web" | "worker",
  given: ReadRole["admission"],
  concurrency: number,
  path: Path,
  context: Context,
): readonly number[] | undefined {
  if (given === undefined) return undefined;
  if (kind === "worker") context.complain([...path, "admission"], "admission is for web roles: a worker takes messages", { part: "key" });
  const limit = given.limit ?? 2 * concurrency;
  const shares = given.shares ?? [1];
  const rises = shares.findIndex((part, priority) => priority > 0 && part > (shares[priority - 1] ?? 1));
  if (rises >= 0) {
    context.complain([...path, "admission", "shares", rises], "a lower priority has no larger share than the one before it");
  }
  return shares.map((part) => Math.floor(part * limit + 0.5));
}

/** Whether any probe of the role asks its application. */
function endpointsAsked(given: ReadRole, probe: ProbeDesign): boolean {
  const own = Object.values(given.endpoints ?? {}).map((endpoint) => endpoint?.probe);
  const asks = own.map((one) => (one === undefined || one === "none" ? undefined : one.asks) ?? probe.asks);
  return own.length === 0 ? probe.asks === "application" : asks.includes("application");
}

function resolveAnswers(given: ReadRole, isAsked: boolean, defaults: RoleDefaults, path: Path, context: Context): boolean {
  if (given.answersWhileStopping === true && !isAsked) {
    context.warn(
      [...path, "answersWhileStopping"],
      "no probe asks the application: the guest agent takes the instance out of rotation before OnStop",
    );
  }
  return given.answersWhileStopping ?? defaults.answersWhileStopping;
}

function lawOrNone(given: LawDraft | "never" | undefined, path: Path, context: Context): LawSpec | undefined {
  return given === undefined || given === "never" ? undefined : context.law(given, { law: "constant", value: 0 }, ...path);
}

type ReadTask = NonNullable<ReadRole["startupTasks"]>[number];

/** When a startup task fails: by luck, or from some run on the same disk on; nobody looks at the exit code of one that is not simple. */
function resolveTaskFailure(task: ReadTask, defaults: RoleDefaults, path: Path, context: Context) {
  const { fails, failsFrom, idempotent } = task;
  const type = task.type ?? defaults.taskType;
  const key = fails !== undefined ? "fails" : failsFrom !== undefined ? "failsFrom" : idempotent === false ? "idempotent" : undefined;
  if (key !== undefined && type !== "simple")
    context.complain([...path, key], `nobody looks at the exit code of a ${type} task: only a simple one can fail the start`, {
      part: "key",
    });
  if (failsFrom !== undefined && idempotent !== undefined)
    context.complain([...path, "idempotent"], "idempotent: false is short for failsFrom: 2: give one of the two", { part: "key" });
  const isIdempotent = idempotent ?? (failsFrom === undefined ? defaults.taskIdempotent : true);
  return { fails: fails ?? defaults.taskFails, failsFrom: failsFrom ?? (isIdempotent ? 0 : 2) };
}

/** Local storage lies on the local disk of the size (platform-facts 1.1). */
function checkDisk(folders: RoleDesign["localStorage"], { name, diskMiB }: VmSize, path: Path, context: Context): void {
  const wanted = folders.reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);
  if (wanted <= diskMiB) {
    const left = diskMiB - wanted;
    if (wanted > 0 && left < reservedDiskMiB) {
      const taken = `page file and dump of Windows take ${reservedDiskMiB} MiB of it`;
      context.warn(
        [...path, "localStorage"],
        `${wanted} MiB of local storage leave ${left} MiB of the local disk of ${name}, but ${taken}`,
      );
    }
    return;
  }
  const message = `${wanted} MiB of local storage do not fit the local disk of ${name}, which has ${diskMiB} MiB`;
  context.complain([...path, "localStorage"], message, { part: "key" });
}

/** The changes of an operation on top of a role; a new `service` replaces a handler and the other way round. */
export function changeRole(role: ReadRole, change: ReadRoleChange | undefined): ReadRole {
  if (change === undefined) return role;
  const changed: ReadRole = { ...role, ...change };
  if (change.service !== undefined && change.handler === undefined) delete changed.handler;
  if (change.handler !== undefined && change.service === undefined) delete changed.service;
  return changed;
}

function resolveHandler(given: ReadRole, defaults: RoleDefaults, path: Path, context: Context): readonly StepDesign[] {
  if (given.handler === undefined) {
    return [{ step: "compute", demand: context.law(given.service, defaults.service, ...path, "service") }];
  }
  if (given.service !== undefined) {
    const message = "service is short for a handler with one compute step: give one of the two";
    context.complain([...path, "service"], message, { part: "key" });
  }
  return given.handler.map((step, index) => {
    const at = [...path, "handler", index];
    if ("compute" in step) return { step: "compute", demand: context.law(step.compute, defaults.service, ...at, "compute") };
    if ("store" in step) {
      context.checkName("store", step.store, [...at, "store"]);
      return { step: "store", store: step.store, operation: step.operation, retry: resolveRetry(step.retry, 1, at, context) };
    }
    if ("call" in step) {
      context.checkName("role", step.call, [...at, "call"]);
      const { call: defaults } = context.defaults;
      return {
        step: "call",
        role: step.call,
        // which one an absent one means is known when all roles are
        endpoint: step.endpoint ?? "",
        policy: step.policy ?? defaults.policy,
        timeout: step.timeout ?? defaults.timeout,
        retry: resolveRetry(step.retry, 1, at, context),
      };
    }
    if ("write" in step) {
      const folders = Object.keys(given.localStorage ?? {});
      if (!folders.includes(step.folder)) {
        const hint = folders.length === 0 ? "the role has no localStorage" : suggest(step.folder, folders, "its folders are");
        context.complain([...at, "folder"], `there is no folder "${step.folder}": ${hint}`);
      }
      return { step: "write", folder: step.folder, sizeKiB: 1024 * (step.size ?? 0) };
    }
    context.checkName("queue", step.enqueue, [...at, "enqueue"]);
    // what a worker has done would be lost with a message that it cannot pass on
    return { step: "enqueue", queue: step.enqueue, retry: resolveRetry(step.retry, given.kind === "worker" ? 0 : 1, at, context) };
  });
}

function resolveRetry(given: ReadRetry | undefined, attempts: number, path: Path, context: Context): CallRetryDesign {
  const { retry: defaults } = context.defaults;
  const backoff = given?.backoff ?? defaults.backoff;
  const max = given?.max ?? Math.max(defaults.max, backoff);
  if (max < backoff) context.complain([...path, "retry", "max"], "max is below backoff");
  return { attempts: given === undefined ? attempts : (given.attempts ?? defaults.attempts), backoff, max };
}

/** So often; -1 is twice in each visibility time-out, 0 never. */
function resolveRenewal(given: boolean | number): number {
  if (typeof given === "number") return given;
  return given ? -1 : 0;
}

/** The platform lets connections be idle for 4 to 30 minutes (platform-facts 4). */
export function checkIdleTimeout(given: Micros | undefined, path: Path, context: Context): void {
  if (given === undefined || (given >= 4 * minute && given <= 30 * minute)) return;
  context.complain(path, `the platform allows 4min to 30min, not ${writeDuration(given)}`);
}

function resolveEndpoints(
  name: string,
  kind: "web" | "worker",
  given: ReadRole,
  probe: ProbeDesign,
  path: Path,
  context: Context,
): readonly EndpointDesign[] {
  if (given.endpoints === undefined) return kind === "web" ? [{ name }] : [];
  return sortedEntries(given.endpoints).map(([endpoint, own]) => {
    const at = [...path, "endpoints", endpoint];
    checkIdleTimeout(own?.idleTimeout, [...at, "idleTimeout"], context);
    if (own?.instanceInput && (own.probe !== undefined || own.ignoreRoleInstanceStatus !== undefined)) {
      context.complain(at, "nothing balances an endpoint with instanceInput: it has no probe and no rotation", { part: "key" });
    }
    return {
      name: endpoint,
      probe: own?.probe === undefined ? undefined : resolveProbe(own.probe, probe, [...at, "probe"], context),
      idleTimeout: own?.idleTimeout,
      ignoreRoleInstanceStatus: own?.ignoreRoleInstanceStatus,
      instanceInput: own?.instanceInput,
    };
  });
}

function checkRole(kind: "web" | "worker", given: ReadRole, path: Path, context: Context): void {
  const { poll, queue } = given;
  for (const key of ["batch", "renewLease"] as const) {
    if (given[key] !== undefined && queue === undefined) context.complain([...path, key], `${key} needs a queue`, { part: "key" });
  }
  if (kind === "worker") {
    const key = onlyWeb.find((name) => given[name] !== undefined && given[name] !== never);
    if (key !== undefined)
      context.complain([...path, key], `${key} is for web roles: a worker role has no application pool`, { part: "key" });
  }
  if (queue !== undefined) {
    if (kind === "web") context.complain([...path, "queue"], "only worker roles consume a queue", { part: "key" });
    context.checkName("queue", queue, [...path, "queue"]);
  }
  if (poll === undefined) return;
  if (queue === undefined) context.complain([...path, "poll"], "poll needs a queue", { part: "key" });
  if (poll.max < poll.min) context.complain([...path, "poll", "max"], "max is below min");
}
