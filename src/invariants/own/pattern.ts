import type { Fact } from "../../model/factLog.ts";
import type { FactKind } from "../../model/facts.ts";
import type { Moment } from "./moment.ts";

/** Facts of a kind, or of several, that meet a condition; `by` says what binds one to another: their subject, unless it is given. */
export interface FactPattern {
  readonly fact: FactKind | readonly FactKind[];
  /** The fact is valid during the call only. */
  where?(fact: Fact, moment: Moment): boolean;
  by?(fact: Fact, moment: Moment): number;
}

/** The kinds that a pattern is about. */
export function kindsOf({ fact }: FactPattern): readonly FactKind[] {
  return typeof fact === "number" ? [fact] : fact;
}

/** Whether a fact is one that a pattern is about. */
export function isMatch(pattern: FactPattern, fact: Fact, moment: Moment): boolean {
  const { fact: kind } = pattern;
  const isKind = typeof kind === "number" ? kind === fact.kind : kind.includes(fact.kind as FactKind);
  return isKind && (pattern.where?.(fact, moment) ?? true);
}
