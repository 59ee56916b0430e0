import { invariants } from "../invariants/index.ts";
import type { Invariant } from "../invariants/invariant.ts";
import type { Checks } from "../invariants/watcher.ts";
import { suggest } from "../scenario/nearest.ts";
import { UsageError } from "./usageError.ts";

/**
 * Reads the value of `--check`: true for all invariants, or ids and names separated by commas; throws UsageError. Those of plugins are always
 * watched; undefined when there is nothing to watch.
 */
export function readChecks(wanted: string | true | undefined, own: readonly Invariant[] = []): Checks | undefined {
  const ids = typeof wanted === "string" ? new Set(wanted.split(",").map((word) => named(word.trim(), own))) : undefined;
  const chosen = wanted === undefined ? [] : invariants.filter((invariant) => ids?.has(invariant) ?? true);
  const watched = [...chosen, ...own];
  return watched.length === 0 ? undefined : { invariants: watched };
}

/** What is to be said of an invariant with this id or name, undefined when there is none. */
export function explainInvariant(topic: string): string | undefined {
  const found = find(topic);
  return found === undefined
    ? undefined
    : [`${found.id} ${found.name}`, `  ${found.statement}`, `  Watched by: nines run FILE --check ${found.id}`].join("\n");
}

function named(word: string, own: readonly Invariant[]): Invariant {
  const found = find(word, [...invariants, ...own]);
  if (found !== undefined) return found;
  const isId = /^[a-z]?\d*$/i.test(word);
  const names = invariants.map(({ id, name }) => (isId ? id : name));
  throw new UsageError(`there is no invariant "${word}", ${suggest(word, names, "invariants are")}`, "nines run FILE --check S1,S9");
}

function find(word: string, among = invariants): Invariant | undefined {
  const wanted = word.toLowerCase();
  return among.find(({ id, name }) => id.toLowerCase() === wanted || name === wanted);
}
