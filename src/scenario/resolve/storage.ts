import { never } from "../../kernel/time.ts";
import type { Design, FaultDesign, QueueDesign, StoreDesign } from "../../model/design.ts";
import type { LawSpec } from "../../random/lawSpec.ts";
import type { LawDraft } from "../lawText.ts";
import type { Path } from "../place.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { type Context, sortedEntries } from "./context.ts";
import { loadOutages } from "./data.ts";

type ReadQueue = NonNullable<NonNullable<ReadScenario["queues"]>[string]>;
type ReadStore = NonNullable<ReadScenario["stores"]>[string];

const mebibyte = { kilo: 1 / 1024, giga: 1024 };
const longestVisibility = 7 * 86_400_000_000;
const longestLock = 300_000_000;
/** Duplicate detection looks back for so long unless told otherwise (platform-facts 11). */
const usualWindow = 600_000_000;
const onlyServiceBus = [
  "receiveMode",
  "lock",
  "maxDeliveryCount",
  "deadLetterExpired",
  "maxSize",
  "duplicateDetection",
  "sessions",
] as const;
const onlyStorage = ["visibilityTimeout", "maxDequeueCount", "poisonQueue"] as const;

/** The limits of the accounts that queues belong to. */
export function resolveAccounts(given: ReadScenario["subscription"], { defaults }: Context): Design["accounts"] {
  return {
    storage: rateOf(given?.storageRate, defaults.accounts.storage),
    serviceBus: rateOf(given?.serviceBusRate, defaults.accounts.serviceBus),
  };
}

/** Section `queues` with its defaults. */
export function resolveQueues(given: ReadScenario["queues"], context: Context): readonly QueueDesign[] {
  return sortedEntries(given).map(([name, queue]) => resolveQueue(name, queue ?? {}, context));
}

function resolveQueue(name: string, queue: ReadQueue, context: Context): QueueDesign {
  const { queue: defaults } = context.defaults;
  const path = ["queues", name];
  const kind = queue.kind ?? defaults.kind;
  const isStorage = kind === "storage";
  checkQueue(name, queue, kind, context);
  return {
    name,
    kind,
    receiveMode: queue.receiveMode ?? defaults.receiveMode,
    visibilityTimeout: isStorage ? (queue.visibilityTimeout ?? defaults.visibilityTimeout) : (queue.lock ?? defaults.lock),
    maxDequeueCount: isStorage
      ? (queue.maxDequeueCount ?? defaults.maxDequeueCount)
      : (queue.maxDeliveryCount ?? defaults.maxDeliveryCount),
    poisonQueue: queue.poisonQueue,
    timeToLive: queue.timeToLive ?? (isStorage ? defaults.timeToLive : never),
    deadLetterExpired: queue.deadLetterExpired ?? defaults.deadLetterExpired,
    maxRate: rateOf(queue.maxRate, isStorage ? defaults.maxRate : 0),
    maxMessages: isStorage ? 0 : capacityOf(queue, context),
    duplicateDetection:
      typeof queue.duplicateDetection === "number" ? queue.duplicateDetection : queue.duplicateDetection ? usualWindow : 0,
    sessions: queue.sessions ?? 0,
    failover: failoverOf(queue.failover, defaults.failover, path, context),
    arrivals: queue.arrivals === undefined ? undefined : context.arrivals(queue.arrivals, ...path, "arrivals"),
  };
}

/** Messages that fit; 0 means without limit. */
function capacityOf({ maxSize, messageSize }: ReadQueue, { defaults: { queue: defaults } }: Context): number {
  const size = maxSize === "unlimited" ? 0 : (maxSize ?? defaults.maxSize);
  return Math.floor(size / (messageSize ?? defaults.messageSize));
}

function checkQueue(name: string, queue: ReadQueue, kind: QueueDesign["kind"], context: Context): void {
  const path = ["queues", name];
  const isStorage = kind === "storage";
  const complain = (key: keyof ReadQueue, message: string) => context.complain([...path, key], message, { part: "key" });
  for (const key of isStorage ? onlyServiceBus : onlyStorage) {
    if (queue[key] === undefined) continue;
    complain(
      key,
      isStorage ? `${key} is for queues of kind service-bus` : `${key} is for storage queues: service-bus has ${insteadOf[key]}`,
    );
  }
  if (queue.visibilityTimeout !== undefined && queue.visibilityTimeout > longestVisibility) complain("visibilityTimeout", "at most 7d");
  if (queue.lock !== undefined && queue.lock > longestLock)
    complain("lock", "a lock lasts 5min at most; renewLease holds a message for longer");
  if (queue.timeToLive === 0) complain("timeToLive", "a message lives longer than 0s, or never expires");
  const largest = isStorage ? 64 * mebibyte.kilo : 100;
  if (queue.messageSize !== undefined && (queue.messageSize > largest || queue.messageSize === 0)) {
    complain(
      "messageSize",
      isStorage ? "a message of a storage queue has at most 64KiB" : "a message of a service-bus queue has at most 100MiB",
    );
  }
  if (typeof queue.maxSize === "number" && queue.maxSize > 80 * mebibyte.giga) complain("maxSize", "at most 80GiB");
  if (queue.poisonQueue === undefined) return;
  context.checkName("queue", queue.poisonQueue, [...path, "poisonQueue"]);
  if (queue.poisonQueue === name) complain("poisonQueue", "a queue cannot be its own poison queue");
  if ((queue.maxDequeueCount ?? 0) === 0) complain("poisonQueue", "poisonQueue needs maxDequeueCount: when is a message poison?");
}

const insteadOf: Readonly<Record<string, string>> = {
  visibilityTimeout: "lock",
  maxDequeueCount: "maxDeliveryCount",
  poisonQueue: "dead letters of its own",
};

/** Section `stores` with its defaults. */
export function resolveStores(given: ReadScenario["stores"], context: Context): readonly StoreDesign[] {
  const { store: defaults, queue } = context.defaults;
  return sortedEntries(given).map(([name, store]) => {
    const path = ["stores", name];
    const isPartitioned = store.kind === "blob" || store.kind === "table";
    return {
      name,
      kind: store.kind,
      read: context.law(store.read, defaults.read, ...path, "read"),
      write: context.law(store.write, defaults.write, ...path, "write"),
      maxRate: rateOf(store.maxRate, defaults.maxRate),
      timeout: store.timeout ?? defaults.timeout,
      failover: failoverOf(store.failover, isPartitioned ? queue.failover : defaults.failover, path, context),
    };
  });
}

/** The outages that stores and queues state themselves, as faults. */
export function resolveOutages(given: ReadScenario, context: Context): readonly FaultDesign[] {
  const stores = sortedEntries(given.stores).flatMap(([name, store]) => outagesOf("store", name, store, context));
  const queues = sortedEntries(given.queues).flatMap(([name, queue]) => outagesOf("queue", name, queue ?? {}, context));
  return [...stores, ...queues];
}

function outagesOf(
  what: "store" | "queue",
  name: string,
  { outages }: Pick<ReadStore, "outages">,
  context: Context,
): readonly FaultDesign[] {
  if (outages === undefined) return [];
  const path = [`${what}s`, name, "outages"];
  const common = { kind: `${what}-outage`, target: { select: what, name }, of: name } as const;
  if ("file" in outages) {
    return loadOutages(outages, path, context).map(({ from, to }) => ({
      ...common,
      at: from,
      repairAfter: { law: "constant", value: to - from },
    }));
  }
  const every = context.clock(outages.every, ...path, "every");
  const last = outages.last === undefined ? undefined : context.law(outages.last, { law: "constant", value: 0 }, ...path, "last");
  return [{ ...common, every, repairAfter: last }];
}

function failoverOf(
  given: LawDraft | "never" | undefined,
  fallback: LawSpec | undefined,
  path: Path,
  context: Context,
): LawSpec | undefined {
  if (given === undefined) return fallback;
  return given === "never" ? undefined : context.law(given, { law: "constant", value: 0 }, ...path, "failover");
}

/** A rate of the language as arrivals a second; 0 for `unlimited`. */
function rateOf(given: number | "unlimited" | undefined, fallback: number): number {
  if (given === undefined) return fallback;
  return given === "unlimited" ? 0 : given * 1e6;
}
