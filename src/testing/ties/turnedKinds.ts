import { EventKind } from "../../model/events.ts";
import type { TieRun } from "./tieRun.ts";

const names = new Map<number, string>(Object.entries(EventKind).map(([name, kind]) => [kind, name]));

/** An event at one instant: its kind, and what tells it from the others. */
interface Tied {
  readonly kind: string;
  readonly key: string;
}

/**
 * Pairs of kinds of events that happened in the other order at the last instant of two runs of which the events, or their order, differ: "a and
 * b", sorted. Of two events that only one of the runs has, those are a pair that come where the orders part.
 */
export function turnedKinds(first: TieRun, second: TieRun): readonly string[] {
  const [usual, other] = [byInstant(first.events), byInstant(second.events)];
  const instants = [...new Set([...usual.keys(), ...other.keys()])].sort((a, b) => b - a);
  for (const at of instants) {
    const pairs = pairsOf(usual.get(at) ?? [], other.get(at) ?? []);
    if (pairs.size > 0) return [...pairs].sort();
  }
  return [];
}

function byInstant(events: readonly number[]): ReadonlyMap<number, readonly Tied[]> {
  const instants = new Map<number, Tied[]>();
  for (let place = 0; place < events.length; place += 4) {
    const [at = 0, kind = 0, target = 0, arg = 0] = events.slice(place, place + 4);
    const tied = { kind: names.get(kind) ?? String(kind), key: `${kind} ${target} ${arg}` };
    const known = instants.get(at);
    if (known === undefined) instants.set(at, [tied]);
    else known.push(tied);
  }
  return instants;
}

function pairsOf(first: readonly Tied[], second: readonly Tied[]): Set<string> {
  const pairs = new Set<string>();
  const add = (a: Tied, b: Tied): unknown => pairs.add([a.kind, b.kind].sort().join(" and "));
  const parting = first.findIndex(({ key }, place) => second[place]?.key !== key);
  const [a, b] = [first[parting], second[parting]];
  if (a !== undefined && b !== undefined) add(a, b);
  const places = first.map(({ key }) => second.findIndex((other) => other.key === key));
  for (const [place, event] of first.entries()) {
    for (const [later, next] of first.entries()) {
      const [here = -1, there = -1] = [places[place], places[later]];
      if (later > place && here >= 0 && there >= 0 && here > there) add(event, next);
    }
  }
  return pairs;
}
