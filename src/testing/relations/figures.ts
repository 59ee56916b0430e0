import { FactKind } from "../../model/facts.ts";
import type { Outcome } from "./outcome.ts";
import { BrokenRelation, type Relation } from "./relation.ts";

/** Refuses a figure of a run that is not what it must be. */
export function expectFigure(relation: Relation, run: string, expected: string, what: string, found: number, wanted: number): void {
  if (found !== wanted) throw new BrokenRelation(relation, { runs: [run, expected] }, `${what}: ${found}, and ${wanted}`);
}

/** A request as clients see it. */
export interface Answered {
  /** Instant of arrival in microseconds. */
  readonly at: number;
  /** Latency in microseconds; undefined when it was not answered. */
  latency: number | undefined;
}

/** The requests of a run that kept every fact, in the order of their arrival. */
export function requestsOf({ facts }: Pick<Outcome, "facts">): readonly Answered[] {
  const requests: Answered[] = [];
  const open = new Map<number, Answered>();
  for (let place = 0; place < facts.length; place++) {
    const id = facts.subject[place] as number;
    const request = open.get(id);
    if (facts.kind[place] === FactKind.requestArrived) {
      const arrived = { at: facts.at[place] as number, latency: undefined };
      requests.push(arrived);
      open.set(id, arrived);
    } else if (facts.kind[place] === FactKind.requestSucceeded && request !== undefined) request.latency = facts.value[place];
  }
  return requests;
}

/** Refuses a request that is answered later in the second run than in the first; `kept` says which of the first the second has. */
export function expectNoSlower(relation: Relation, first: Outcome, second: Outcome, kept: (place: number) => boolean = () => true): void {
  const before = requestsOf(first).filter((_, place) => kept(place));
  const after = requestsOf(second);
  const runs = [first.name, second.name] as const;
  if (before.length !== after.length) throw new BrokenRelation(relation, { runs }, `${before.length} requests arrive, and ${after.length}`);
  for (const [place, { at, latency }] of before.entries()) {
    const other = after[place];
    if (other?.at !== at) throw new BrokenRelation(relation, { runs, at }, `request ${place} arrives at ${at} us, and at ${other?.at} us`);
    if (latency === undefined || (other.latency !== undefined && other.latency <= latency)) continue;
    const words = other.latency === undefined ? "not at all" : `after ${other.latency} us`;
    throw new BrokenRelation(relation, { runs, at }, `request ${place} is answered after ${latency} us, and ${words}`);
  }
}
