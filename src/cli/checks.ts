import { invariants } from "../invariants/index.ts";
import type { Invariant } from "../invariants/invariant.ts";
import type { Checks } from "../invariants/watcher.ts";
import { choose, named } from "../testing/chosen.ts";
import { relations } from "../testing/relations/index.ts";
import type { Relation } from "../testing/relations/relation.ts";
import { UsageError } from "./usageError.ts";

/** What `--check` asks for. */
export interface WantedChecks {
  /** What is watched in the run; undefined when nothing is. */
  readonly checks: Checks | undefined;
  /** What is compared between this run and others. */
  readonly relations: readonly Relation[];
}

/**
 * Reads the value of `--check`: true for all invariants, or ids and names separated by commas, those of relations among them; throws UsageError.
 * Invariants of plugins are always watched.
 */
export function readChecks(wanted: string | true | undefined, own: readonly Invariant[] = []): WantedChecks {
  const chosen =
    wanted === true
      ? { invariants, relations: [] }
      : choosing(
          (wanted ?? "").split(",").map((word) => word.trim()),
          own,
        );
  const watched = [...new Set([...chosen.invariants, ...own])];
  return { checks: watched.length === 0 ? undefined : { invariants: watched }, relations: chosen.relations };
}

/** What is to be said of an invariant or relation with this id or name, undefined when there is none. */
export function explainInvariant(topic: string): string | undefined {
  const found = named(topic, invariants) ?? named(topic, relations);
  if (found === undefined) return undefined;
  const how = "watch" in found ? "Watched" : "Compared";
  return [`${found.id} ${found.name}`, `  ${found.statement}`, `  ${how} by: nines run FILE --check ${found.id}`].join("\n");
}

function choosing(words: readonly string[], own: readonly Invariant[]) {
  try {
    return choose(words.length === 1 && words[0] === "" ? [] : words, own);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message, "nines run FILE --check S1,S9") : error;
  }
}
