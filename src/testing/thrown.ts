import { BrokenInvariant, type Invariant, type WatchedRun } from "../invariants/invariant.ts";
import { PolicyError } from "../model/policies/own.ts";
import type { Platform } from "../model/world.ts";

/** The id of what breaks when something throws: not in the catalogue, as nobody has to watch it. */
export const thrownId = "error";

/** What breaks when something throws while a scenario is checked; `during` names what was being done. */
function nothingThrows(during: string): Invariant {
  return {
    id: thrownId,
    name: during,
    statement: "A run comes to its end: neither the model nor an invariant, a property or a policy throws.",
    watch: () => ({}),
  };
}

/** The name of what breaks when a run itself throws; when it throws while a relation is asked, it has the name of the relation. */
const ofRuns = "run-to-its-end";

/** An error as a broken invariant where a platform stands, the error itself its cause. */
export function thrownAt(platform: Platform, error: unknown, during: string): BrokenInvariant {
  return caused(new BrokenInvariant(nothingThrows(during), inWords(error), platform), error);
}

/** Finds where a run was that threw: `invariant` is to be watched in it before all others. */
export class Locator {
  /** Notes which run is under way, and never breaks. */
  readonly invariant: Invariant = {
    ...nothingThrows(ofRuns),
    watch: (run) => {
      this.run = run;
      return {};
    },
  };
  private run: WatchedRun | undefined;

  /** What was thrown, as an invariant that broke where the run was; as it is when it is one, or when no run had begun. */
  located(error: unknown): unknown {
    if (this.run === undefined || error instanceof BrokenInvariant) return error;
    try {
      this.run.broken(inWords(error));
    } catch (broken) {
      return broken instanceof BrokenInvariant ? caused(broken, error) : broken;
    }
  }
}

function caused(broken: BrokenInvariant, cause: unknown): BrokenInvariant {
  return Object.assign(broken, { cause });
}

function inWords(error: unknown): string {
  if (error instanceof PolicyError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message.split("\n")[0] ?? ""}` : `${String(error)} was thrown`;
}
