import { type Fact, type FactLog, factAt } from "../../model/factLog.ts";
import { FactKind, isControlFact } from "../../model/facts.ts";

/** A fact of the control plane with the strike or operation it goes back to; null when that was not kept or there is none. */
export interface RootedFact extends Fact {
  readonly root: RootedFact | null;
}

/** The kept facts of the control plane, oldest first, each with its root. */
export function controlFacts(log: FactLog): readonly RootedFact[] {
  const rooted: RootedFact[] = [];
  const byId = new Map<number, RootedFact>();
  for (let place = 0; place < log.length; place++) {
    if (!isControlFact(log.kind[place])) continue;
    const fact: { -readonly [K in keyof RootedFact]: RootedFact[K] } = { ...factAt(log, place), root: null };
    const isRoot = fact.kind === FactKind.faultStruck || fact.kind === FactKind.operationStarted;
    fact.root = isRoot ? fact : (byId.get(fact.cause)?.root ?? null);
    byId.set(fact.id, fact);
    rooted.push(fact);
  }
  return rooted;
}
