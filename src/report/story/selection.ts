import type { RootedFact } from "./causes.ts";
import type { Narration, Telling, TellingKind } from "./narrator.ts";

/** More tellings than this of one kind and root are told as one. */
const fewOfAKind = 3;

/** The tellings to show: at most about `limit`, like ones of an incident together, the costliest incidents first; and how many are left out. */
export function selectTellings(narration: Narration, limit: number): { readonly tellings: readonly Telling[]; readonly untold: number } {
  const merged = mergeAlike(narration.tellings);
  if (merged.length <= limit) return { tellings: merged, untold: 0 };
  const byRoot = new Map<RootedFact, Telling[]>();
  for (const telling of merged) {
    const root = telling.root ?? telling.fact;
    const group = byRoot.get(root);
    if (group === undefined) byRoot.set(root, [telling]);
    else group.push(telling);
  }
  const weight = (root: RootedFact, group: readonly Telling[]): number =>
    group[0].kind.startsWith("operation") ? Number.POSITIVE_INFINITY : (narration.cost.get(root) ?? 0);
  const ranked = [...byRoot].map(([root, group]) => ({ group, weight: weight(root, group) }));
  // a stable sort, so that of equal ones the earliest is told
  ranked.sort((a, b) => (a.weight === b.weight ? 0 : b.weight > a.weight ? 1 : -1));
  const told = new Set<Telling>();
  for (const { group } of ranked) {
    if (told.size + group.length > limit && told.size > 0) break;
    for (const telling of group) told.add(telling);
  }
  return { tellings: merged.filter((telling) => told.has(telling)), untold: merged.length - told.size };
}

/** One telling for all of a kind and root, when there are more than a few; it stands where the first one stood. */
function mergeAlike(tellings: readonly Telling[]): readonly Telling[] {
  const alike = new Map<RootedFact | null, Map<TellingKind, Telling[]>>();
  for (const telling of tellings) {
    const kinds = alike.get(telling.root) ?? new Map<TellingKind, Telling[]>();
    alike.set(telling.root, kinds);
    const group = kinds.get(telling.kind);
    if (group === undefined) kinds.set(telling.kind, [telling]);
    else group.push(telling);
  }
  const shown = new Set<Telling>();
  const replaced = new Map<Telling, Telling>();
  for (const [root, kinds] of alike) {
    for (const group of kinds.values()) {
      if (root === null || group.length <= fewOfAKind) for (const telling of group) shown.add(telling);
      else {
        shown.add(group[0]);
        replaced.set(group[0], {
          ...group[0],
          last: group[group.length - 1].at,
          instances: [...new Set(group.flatMap(({ instances }) => instances))],
          hosts: [...new Set(group.flatMap(({ hosts }) => hosts))],
        });
      }
    }
  }
  return tellings.filter((telling) => shown.has(telling)).map((telling) => replaced.get(telling) ?? telling);
}
