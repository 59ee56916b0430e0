import type { RunResult } from "../../experiment/result.ts";
import { FactKind } from "../../model/facts.ts";
import { defectNames } from "../../model/incidents.ts";
import type { RootedFact } from "./causes.ts";
import type { Narration, Telling, TellingKind } from "./telling.ts";

/** More tellings than this of one kind are told as one: of a root, of a fault that strikes the same thing again, of a patch calendar. */
const fewOfAKind = 3;
/** Crashes of a bad version are all alike. */
const defects: ReadonlySet<string> = new Set(defectNames);
/** More decisions than this of one autoscaler are told as one. */
const fewDecisions = 6;

/** The tellings to show: at most `limit`, like ones together, the costliest incidents first; and how many are left out. */
export function selectTellings(
  narration: Narration,
  result: RunResult,
  limit: number,
): { readonly tellings: readonly Telling[]; readonly untold: number } {
  const keyOf = keysOf(narration, result);
  const merged = mergeAlike(narration.tellings, keyOf);
  if (merged.length <= limit) return { tellings: merged, untold: 0 };
  const groups = new Map<unknown, Telling[]>();
  for (const telling of merged) {
    const key = keyOf(telling) ?? telling;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [telling]);
    else group.push(telling);
  }
  const failures = failuresOf(result);
  const ranked = [...groups.values()].map((group) => ({ group, weight: weightOf(group, narration, result, failures) }));
  // a stable sort, so that of equal ones the earliest is told
  ranked.sort((a, b) => rank(b.weight[0], a.weight[0]) || rank(b.weight[1], a.weight[1]));
  const told = new Set<Telling>();
  const isAsked = ({ weight }: { weight: readonly [number, number] }): boolean => weight[0] === Number.POSITIVE_INFINITY;
  const half = Math.ceil(limit / 2);
  // what people asked for takes at most half of the room, unless there is nothing else to tell
  tellGroups(ranked.filter(isAsked), half, told);
  tellGroups(
    ranked.filter((group) => !isAsked(group)),
    limit,
    told,
  );
  tellGroups(ranked, limit, told);
  return { tellings: merged.filter((telling) => told.has(telling)), untold: merged.length - told.size };
}

/** Tells groups in order while there is room; the very first is cut where it alone is too long, of the others only whole ones are told. */
function tellGroups(groups: readonly { readonly group: readonly Telling[] }[], limit: number, told: Set<Telling>): void {
  for (const { group } of groups) {
    const room = limit - told.size;
    if (room <= 0) return;
    if (told.has(group[0]) || (group.length > room && told.size > 0)) continue;
    for (const telling of group.slice(0, room)) told.add(telling);
  }
}

function rank(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/**
 * What a telling belongs to: the strike or operation it goes back to, or all strikes of a fault, or passes of a calendar, when they are many;
 * a strike that costs more than three times their mean stands by itself.
 */
function keysOf({ tellings, cost }: Narration, { cast }: RunResult): (telling: Telling) => unknown {
  const nameOf = ({ kind, subject }: RootedFact): string => {
    if (kind === FactKind.faultStruck) return `fault ${subject}`;
    const operation = cast.operations[subject];
    // passes of a patch calendar have one kind and are many operations
    return operation?.kind.endsWith("-update") ? operation.kind : `operation ${subject}`;
  };
  const sums = new Map<string, { times: number; cost: number }>();
  for (const root of new Set(tellings.map((telling) => telling.root))) {
    if (root === null) continue;
    const sum = sums.get(nameOf(root)) ?? { times: 0, cost: 0 };
    sums.set(nameOf(root), { times: sum.times + 1, cost: sum.cost + (cost.get(root) ?? 0) });
  }
  return ({ fact, kind, root }) => {
    if (root === null) return kind === "operationAutoscaled" ? `operation ${fact.subject}` : null;
    const sum = sums.get(nameOf(root)) ?? { times: 1, cost: 0 };
    const isBadVersion = root.kind === FactKind.faultStruck && defects.has(cast.incidents[root.subject]?.kind ?? "");
    const own = isBadVersion ? 0 : (cost.get(root) ?? 0);
    return sum.times <= fewOfAKind || own * sum.times > 3 * sum.cost ? root : nameOf(root);
  };
}

/** Failed requests and lost messages by what they are put down to, in the words of the summary. */
function failuresOf({ summary }: RunResult): ReadonlyMap<string, number> {
  const failures = new Map<string, number>();
  const add = (source: string, count: number): void => {
    const name = source.replace(/^load, while (.*) lasted$/, "$1");
    failures.set(name, (failures.get(name) ?? 0) + count);
  };
  for (const { failed, source } of summary.requests.failedByAttribution) add(source, failed);
  for (const { lostBy } of summary.queues) for (const { lost, source } of lostBy) add(source, lost);
  return failures;
}

/** What a group weighs: what people asked for first, then by failures, then by instance-time lost. */
function weightOf(
  group: readonly Telling[],
  { cost }: Narration,
  { cast }: RunResult,
  failures: ReadonlyMap<string, number>,
): readonly [number, number] {
  const [{ kind, root, times }] = group;
  if (kind.startsWith("operation")) {
    const isOften = times > fewOfAKind || group.length === 1;
    const isByItself = root !== null && cast.operations[root.subject]?.kind.endsWith("-update") === true;
    return [isByItself && !isOften ? 0 : Number.POSITIVE_INFINITY, 0];
  }
  if (root === null) return [0, 0];
  const incident = cast.incidents[root.subject];
  let lost = 0;
  for (const other of new Set(group.map((telling) => telling.root))) lost += other === null ? 0 : (cost.get(other) ?? 0);
  return [failures.get(`${incident?.kind} of ${incident?.target}`) ?? 0, lost];
}

/** One telling for all of a kind and key, when there are more than a few; it stands where the first one stood. */
function mergeAlike(tellings: readonly Telling[], keyOf: (telling: Telling) => unknown): readonly Telling[] {
  const alike = new Map<unknown, Map<TellingKind, Telling[]>>();
  for (const telling of tellings) {
    const key = keyOf(telling);
    const kinds = alike.get(key) ?? new Map<TellingKind, Telling[]>();
    alike.set(key, kinds);
    const group = kinds.get(telling.kind);
    if (group === undefined) kinds.set(telling.kind, [telling]);
    else group.push(telling);
  }
  const shown = new Set<Telling>();
  const replaced = new Map<Telling, Telling>();
  for (const [key, kinds] of alike) {
    for (const [kind, group] of kinds) {
      if (isLeftOut(key, kind)) continue;
      if (key === null || group.length <= (kind === "operationAutoscaled" ? fewDecisions : fewOfAKind))
        for (const telling of group) shown.add(telling);
      else {
        shown.add(group[0]);
        replaced.set(group[0], {
          ...group[0],
          last: group[group.length - 1].at,
          times: group.length,
          instances: [...new Set(group.flatMap(({ instances }) => instances))],
          hosts: [...new Set(group.flatMap(({ hosts }) => hosts))],
        });
      }
    }
  }
  return tellings.filter((telling) => shown.has(telling)).map((telling) => replaced.get(telling) ?? telling);
}

/** The turns and ends of passes that are told together say nothing. */
function isLeftOut(key: unknown, kind: TellingKind): boolean {
  return typeof key === "string" && key.endsWith("-update") && (kind === "domainStarted" || kind === "operationFinished");
}
