import { run } from "../../src/experiment/library.ts";
import { invariants } from "../../src/invariants/index.ts";
import { BrokenInvariant, type Invariant, type WatchedRun } from "../../src/invariants/invariant.ts";
import type { FactKind } from "../../src/model/facts.ts";
import type { Platform } from "../../src/model/world.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";

/** What is done to a run to break an invariant: at an instant, at facts of some kinds, at the horizon; each may change the world or tell facts. */
export interface Sabotage {
  /** Done once, after the first event at this second or later. */
  readonly at?: number;
  readonly does?: (platform: Platform) => void;
  /** Done at the first fact of a kind that it answers true to; after the event with `after`. */
  readonly kind?: FactKind;
  readonly hears?: (platform: Platform, subject: number, value: number) => boolean;
  readonly after?: (platform: Platform) => void;
  readonly atHorizon?: (run: WatchedRun) => void;
}

/** A run that somebody tampers with: what breaks, as "S1: what was found", or "nothing". */
export function broken(ids: readonly string[], scenario: Omit<Scenario, "name">, sabotage: Sabotage): string {
  const watched = invariants.filter(({ id }) => ids.includes(id));
  if (watched.length < ids.length) throw new Error(`there is no invariant among ${ids.join()}`);
  try {
    run({ name: "tampered", preset: "ideal", ...scenario } as Scenario, {
      checks: { invariants: [saboteur(sabotage), ...watched], lookEvery: 1 },
    });
  } catch (error) {
    if (error instanceof BrokenInvariant) return error.message;
    throw error;
  }
  return "nothing";
}

function saboteur({ after, at, atHorizon, does, hears, kind }: Sabotage): Invariant {
  return {
    id: "X0",
    name: "saboteur",
    statement: "Somebody tampers with the run.",
    watch(run) {
      const { platform } = run;
      let isDone = false;
      let isHeard = false;
      return {
        listensTo: kind === undefined ? [] : [kind],
        observe({ subject, value }) {
          if (!isHeard && !isDone && hears?.(platform, subject, value) === true) isHeard = true;
        },
        afterEvent() {
          if (isDone) return;
          if (isHeard) {
            isDone = true;
            after?.(platform);
          } else if (at !== undefined && platform.calendar.now >= at * 1e6) {
            isDone = true;
            does?.(platform);
          }
        },
        atHorizon() {
          atHorizon?.(run);
        },
      };
    },
  };
}
