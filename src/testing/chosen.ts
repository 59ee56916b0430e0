import { invariants as catalogue } from "../invariants/index.ts";
import type { Invariant } from "../invariants/invariant.ts";
import { suggest } from "../scenario/nearest.ts";
import { relations } from "./relations/index.ts";
import type { Relation } from "./relations/relation.ts";

/** What is to hold: in each run, and between runs. */
export interface Chosen {
  readonly invariants: readonly Invariant[];
  readonly relations: readonly Relation[];
}

/**
 * Finds what is meant by ids and names of the catalogue, such as "S1", "M3" or "request-conservation", in upper or lower case; invariants stand for
 * themselves, and those of `own` can be named too. Throws RangeError for a name that nothing has, with the nearest one.
 */
export function choose(wanted: readonly (string | Invariant)[], own: readonly Invariant[] = []): Chosen {
  const [invariants, between] = [new Set<Invariant>(), new Set<Relation>()];
  for (const one of wanted) {
    if (typeof one !== "string") {
      invariants.add(one);
      continue;
    }
    const invariant = named(one, [...catalogue, ...own]);
    const relation = named(one, relations);
    if (invariant !== undefined) invariants.add(invariant);
    else if (relation !== undefined) between.add(relation);
    else throw new RangeError(unknown(one, [...catalogue, ...own, ...relations]));
  }
  return { invariants: [...invariants], relations: [...between] };
}

/** The one of that id or name. */
export function named<T extends { readonly id: string; readonly name: string }>(word: string, among: readonly T[]): T | undefined {
  const wanted = word.toLowerCase();
  return among.find(({ id, name }) => id.toLowerCase() === wanted || name === wanted);
}

function unknown(word: string, known: readonly { readonly id: string; readonly name: string }[]): string {
  const isId = /^[a-z]?\d*$/i.test(word);
  return `there is no invariant "${word}", ${suggest(
    word,
    known.map(({ id, name }) => (isId ? id : name)),
    "invariants are",
  )}`;
}
