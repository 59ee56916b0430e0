import type { Invariant } from "../../invariants/invariant.ts";
import type { Design } from "../../model/design.ts";
import { honestTools, type Outcome } from "../relations/outcome.ts";

/** A run whose events at equal instants happen in a drawn order. */
export interface TieRun {
  readonly outcome: Outcome;
  /** How many events happened at the instant of the event before them. */
  readonly ties: number;
  /** The events up to the instant that was asked for, in their order: instant, kind, target and arg of each. */
  readonly events: readonly number[];
}

/** Replays a design with drawn ties, 0 for the order of scheduling, and notes its events up to an instant in microseconds. */
export function replayTied(design: Design, seed: number, ties: number, until = -1): TieRun {
  let before = -1;
  let count = 0;
  const events: number[] = [];
  const order: Invariant = {
    id: "ties",
    name: "ties",
    statement: "Events at equal instants happen in a drawn order.",
    watch({ platform: { calendar } }) {
      calendar.shuffleTies(ties);
      return {
        afterEvent() {
          const { arg, kind, now, target } = calendar;
          if (now === before) count++;
          before = now;
          if (now <= until) events.push(now, kind, target, arg);
        },
      };
    },
  };
  const checks = { invariants: [order], lookEvery: 1 };
  return { outcome: honestTools.replay(`ties ${ties}`, design, seed, { checks }), ties: count, events };
}
