import fc from "fast-check";

/**
 * Which of some things a run goes without: a random subset, or nothing when there is no swarm. It does not shrink, because what is
 * left out of a scenario is gone from it already.
 */
export function leftOut<T>(things: readonly T[], swarm: boolean): fc.Arbitrary<ReadonlySet<T>> {
  if (!swarm) return fc.constant(new Set());
  const bits = fc.array(fc.boolean(), { minLength: things.length, maxLength: things.length });
  return fc.noShrink(fc.noBias(bits)).map((out) => new Set(things.filter((_, index) => out[index])));
}

/** Keys that a scenario can do without wherever they stand, one feature each. */
export const features = [
  "admission",
  "answersWhileStopping",
  "autoscale",
  "batch",
  "breaker",
  "buggify",
  "budget",
  "clusters",
  "coldStart",
  "crashAfter",
  "deadline",
  "deadLetterExpired",
  "discipline",
  "duplicateDetection",
  "endpoints",
  "heal",
  "hedge",
  "hostRepair",
  "idleTimeout",
  "maxRate",
  "maxSize",
  "onStartFails",
  "outages",
  "patching",
  "poisonQueue",
  "poll",
  "profiles",
  "queueLimit",
  "recycleEvery",
  "renewLease",
  "retry",
  "runReturns",
  "session",
  "sessions",
  "startFailure",
  "startupTasks",
  "subscription",
  "swapTransient",
  "timeToLive",
  "trafficRules",
  "weights",
] as const;

/** A value without some keys, however deep they stand. */
export function without<T>(value: T, keys: ReadonlySet<string>): T {
  if (keys.size === 0) return value;
  if (Array.isArray(value)) return value.map((inner) => without(inner, keys)) as T;
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !keys.has(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, without(inner, keys)])) as T;
}
