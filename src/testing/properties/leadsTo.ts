import type { Invariant, Monitor, WatchedRun } from "../../invariants/invariant.ts";
import { type Condition, ownId } from "../../invariants/own/always.ts";
import { Moment } from "../../invariants/own/moment.ts";
import { type FactPattern, isMatch, kindsOf } from "../../invariants/own/pattern.ts";
import type { Micros } from "../../kernel/time.ts";
import type { Fact } from "../../model/factLog.ts";
import { readDuration, writeDuration } from "../../scenario/units.ts";

/**
 * An invariant of the user's own: whenever `p` happens, `q` happens for the same subject (what `by` says) within a time, such as "5min".
 *
 * Both are patterns of facts or conditions; a condition counts from when it becomes true, and is of nobody in particular. What is still due at
 * the horizon is not held against the run. Where the faults of the scenario end
 * (`heal`, or `settle` of a check), time counts from then at the earliest: before it nothing is late. One obligation per subject: `p` again before `q` does not prolong it.
 */
export function leadsTo(
  name: string,
  p: FactPattern | Condition,
  q: FactPattern | Condition,
  { within }: { readonly within: string },
): Invariant {
  const bound = readDuration(within);
  return {
    id: ownId,
    name,
    statement: `Whenever the first happens, the second follows within ${within}: ${name}.`,
    watch: (run) => watchObligations(run, p, q, bound),
  };
}

/** Who is bound by conditions. */
const nobody = 0;

function watchObligations(
  { broken, platform }: WatchedRun,
  p: FactPattern | Condition,
  q: FactPattern | Condition,
  bound: Micros,
): Monitor {
  const { calendar, world } = platform;
  const moment = new Moment(platform);
  // a map keeps the order of insertion, and all have the same time: the first is due first
  const since = new Map<number, Micros>();
  const heal = platform.design.heal?.at ?? 0;
  const begin = (subject: number): void => {
    if (!since.has(subject)) since.set(subject, Math.max(calendar.now, heal));
  };
  const checkFirst = (): void => {
    for (const [subject, at] of since) {
      if (calendar.now > at + bound)
        broken(`what began at ${writeDuration(at)} for ${subject} has not followed at ${writeDuration(calendar.now)}`);
      return;
    }
  };
  const held = { p: false };
  return {
    listensTo: [...new Set([...kinds(p), ...kinds(q)])],
    observe(fact: Fact) {
      // what is late is late, also when it comes at last
      checkFirst();
      if (typeof q !== "function" && isMatch(q, fact, moment)) since.delete(subjectOf(q, fact, moment));
      if (typeof p !== "function" && isMatch(p, fact, moment) && !world.closed) begin(subjectOf(p, fact, moment));
    },
    afterEvent() {
      if (world.closed) return;
      if (since.size > 0) checkFirst();
      if (typeof p === "function") {
        const holds = p(moment);
        if (holds && !held.p) begin(nobody);
        held.p = holds;
      }
      if (typeof q === "function" && since.size > 0 && q(moment)) since.clear();
    },
    atHorizon: checkFirst,
  };
}

function kinds(pattern: FactPattern | Condition) {
  return typeof pattern === "function" ? [] : kindsOf(pattern);
}

function subjectOf(pattern: FactPattern, fact: Fact, moment: Moment): number {
  return pattern.by?.(fact, moment) ?? fact.subject;
}
