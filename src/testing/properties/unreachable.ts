import type { Invariant } from "../../invariants/invariant.ts";
import { ownId } from "../../invariants/own/always.ts";
import { Moment } from "../../invariants/own/moment.ts";
import { type FactPattern, isMatch, kindsOf } from "../../invariants/own/pattern.ts";
import { factKindNames } from "../../model/facts.ts";

/** An invariant of the user's own: no fact of the pattern is ever told. */
export function unreachable(name: string, pattern: FactPattern): Invariant {
  return {
    id: ownId,
    name,
    statement: `Never: ${name}.`,
    watch({ broken, platform }) {
      const moment = new Moment(platform);
      return {
        listensTo: kindsOf(pattern),
        observe(fact) {
          if (isMatch(pattern, fact, moment)) broken(`${factKindNames[fact.kind]} of ${fact.subject} with value ${fact.value}`);
        },
      };
    },
  };
}
