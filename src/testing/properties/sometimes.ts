import type { Monitor, WatchedRun } from "../../invariants/invariant.ts";
import type { Condition } from "../../invariants/own/always.ts";
import { Moment } from "../../invariants/own/moment.ts";
import { type FactPattern, isMatch, kindsOf } from "../../invariants/own/pattern.ts";

/** What should happen in some run of a campaign; one in which it never happens has tested less than it seems. */
export interface Occasion {
  readonly name: string;
  /** What happens, in one sentence. */
  readonly statement: string;
  /** Watches one run and calls `hit` whenever it happens. */
  look(run: Pick<WatchedRun, "platform">, hit: () => void): Monitor;
}

/** The condition becomes true after some event of some run. */
export function sometimes(name: string, holds: Condition): Occasion {
  return {
    name,
    statement: `Sometimes: ${name}.`,
    look({ platform }, hit) {
      const moment = new Moment(platform);
      let held = false;
      return {
        afterEvent() {
          if (platform.world.closed) return;
          const holding = holds(moment);
          if (holding && !held) hit();
          held = holding;
        },
      };
    },
  };
}

/** A fact of the pattern is told in some run. */
export function reachable(name: string, pattern: FactPattern): Occasion {
  return {
    name,
    statement: `Reached: ${name}.`,
    look({ platform }, hit) {
      const moment = new Moment(platform);
      return {
        listensTo: kindsOf(pattern),
        observe(fact) {
          if (isMatch(pattern, fact, moment)) hit();
        },
      };
    },
  };
}
