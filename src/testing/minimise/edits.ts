import { isMapping, type Path, valueAt } from "../../scenario/place.ts";
import { readDuration, writeDuration } from "../../scenario/units.ts";

/** A scenario as data of which any part may be left out or made smaller. */
export type Draft = Readonly<Record<string, unknown>>;

/** A copy without what stands at a path; entries of a list close the gap. */
export function without(draft: Draft, path: Path): Draft {
  return changed(draft, path, (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete (holder as Record<string, unknown>)[key];
  });
}

/** A copy with another value at a path. */
export function withValue(draft: Draft, path: Path, value: unknown): Draft {
  return changed(draft, path, (holder, key) => {
    (holder as Record<string | number, unknown>)[key] = value;
  });
}

function changed(draft: Draft, path: Path, change: (holder: object, key: string | number) => void): Draft {
  const copy = structuredClone(draft);
  const holder = valueAt(copy, path.slice(0, -1));
  const key = path.at(-1);
  if (key !== undefined && typeof holder === "object" && holder !== null) change(holder, key);
  return copy;
}

/** The scenario without one of its roles, and without everything that names it. */
export function withoutRole(draft: Draft, role: string): Draft {
  const names = new RegExp(`(^|[^\\w.-])${role.replace(/[.]/g, "\\.")}([^\\w.-]|$)`);
  const keep = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((entry) => !mentions(entry)).map(keep);
    if (!isMapping(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => (key === role || (isEntry(inner) && mentions(inner)) ? [] : [[key, keep(inner)]])),
    );
  };
  const mentions = (value: unknown): boolean =>
    typeof value === "string"
      ? names.test(value)
      : isMapping(value) && Object.values(value).some((inner) => typeof inner === "string" && names.test(inner));
  const { name, summary, ...rest } = draft;
  return { ...draft, ...(keep(rest) as Draft) };
}

/** The scenario with fewer instances of a role; what is aimed at one that is gone is aimed at the last one. */
export function withInstances(draft: Draft, role: string, instances: number): Draft {
  const fewer = withValue(draft, ["service", "roles", role, "instances"], instances);
  const index = new RegExp(`(^|[^\\w.-])(${role.replace(/[.]/g, "\\.")}/)(\\d+)`, "g");
  return retargeted(fewer, index, instances - 1);
}

/** The scenario with fewer fault domains or hosts in each; what is aimed at one that is gone is aimed at the last one. */
export function withTopology(draft: Draft, faultDomains: number, hostsPerFaultDomain: number): Draft {
  const smallerOne = { ...(isMapping(draft.datacenter) ? draft.datacenter : {}), faultDomains, hostsPerFaultDomain };
  const hosts = retargeted({ ...draft, datacenter: smallerOne }, /()(\bhost\()(\d+)/g, faultDomains * hostsPerFaultDomain - 1);
  return retargeted(hosts, /()(\bfaultDomain\()(\d+)/g, faultDomains - 1);
}

/** Numbers behind what a pattern finds, in every text, no larger than the last there is. */
function retargeted(draft: Draft, pattern: RegExp, last: number): Draft {
  const walk = (value: unknown): unknown => {
    if (typeof value === "string")
      return value.replace(pattern, (_, before: string, name: string, index: string) => before + name + Math.min(Number(index), last));
    if (Array.isArray(value)) return value.map(walk);
    return isMapping(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)])) : value;
  };
  return walk(draft) as Draft;
}

/** A client, a call: something with a name of its own that can go. */
function isEntry(value: unknown): boolean {
  return isMapping(value) && ("endpoint" in value || "role" in value);
}

/** Smaller values for one, the smallest first: counts go to 1 and to half, durations are rounded and halved. */
export function smaller(value: unknown): readonly unknown[] {
  if (typeof value === "number") return smallerNumbers(value);
  if (typeof value !== "string") return [];
  const micros = durationOf(value);
  if (micros === undefined || micros <= shortest) return [];
  const half = Math.floor(micros / 2);
  return distinct([...units.filter((unit) => unit <= micros), rounded(half), half, rounded(micros)], micros)
    .filter((candidate) => candidate >= shortest)
    .map(writeDuration);
}

function smallerNumbers(value: number): readonly number[] {
  if (!Number.isInteger(value)) return value > 1 ? [Math.floor(value)] : [];
  return distinct([0, 1, Math.floor(value / 2), value - 1], value).filter((less) => less >= 0);
}

/** Times below a second are no easier to read. */
const shortest = 1_000_000;
const units = [1_000_000, 60_000_000];

/** A time in the largest unit that leaves at least two of it. */
function rounded(micros: number): number {
  const unit = [86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000, 1000].find((size) => micros >= 2 * size) ?? 1;
  return Math.floor(micros / unit) * unit;
}

function distinct(candidates: readonly number[], below: number): readonly number[] {
  return [...new Set(candidates)].filter((candidate) => candidate < below);
}

/** The microseconds of a text that is a duration and nothing else. */
export function durationOf(text: string): number | undefined {
  try {
    return /^\d/.test(text) ? readDuration(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Every path of a draft, parents before their children. */
export function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  const keys = Array.isArray(value) ? [...value.keys()] : isMapping(value) ? Object.keys(value) : [];
  return keys.flatMap((key) => [[...path, key], ...pathsOf(valueAt(value, [key]), [...path, key])]);
}
