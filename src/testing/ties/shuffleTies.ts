import type { ParsedScenario } from "../../scenario/parse.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import type { ValidScenario } from "../../scenario/validate.ts";
import { subjectOf } from "../relations/checkRelations.ts";
import { type Difference, differences } from "../relations/difference.ts";
import { accountOf, type PartedAccounts, partingOf } from "./account.ts";
import { replayTied } from "./tieRun.ts";
import { turnedKinds } from "./turnedKinds.ts";

/** How `shuffleTies` replays. */
export interface ShuffleOptions {
  /** How many orders are drawn; 10 when absent. */
  readonly shuffles?: number;
  /** In place of the scenario's own. */
  readonly seed?: number;
}

/** A run in which another order of simultaneous events made a difference. */
export interface TieDependence {
  /** Number of the drawn order, from 1. */
  readonly shuffle: number;
  /** Figures that differ from those of the usual order, at most 20; empty when only the story differs. */
  readonly figures: readonly Difference[];
  /** Where the stories part first; undefined when only figures differ. */
  readonly facts: PartedAccounts | undefined;
  /** Pairs of kinds of events, "a and b", whose order was another where the stories part, or at the last instant before that where one was. */
  readonly kinds: readonly string[];
}

/** What depends on the order of simultaneous events. */
export interface TieReport {
  readonly shuffles: number;
  /** Events that happened at the instant of another one, in the usual order. */
  readonly ties: number;
  readonly dependences: readonly TieDependence[];
}

/**
 * Replays a scenario with other orders of simultaneous events, and tells what depends on them. Every order is legal: an event that another one
 * brings about at its own instant still comes after it. Throws what `validate` throws.
 *
 * Without a shuffle, events at equal instants happen in the order in which they were scheduled, which is a rule of the simulator and nothing
 * that a platform promises: what a report names is decided by that rule. Some orders hold whatever is drawn: a completion at the instant of a
 * time-out is a success, a probe at the instant of a change finds what was before it, nothing begins at the horizon.
 */
export function shuffleTies(scenario: Scenario | ParsedScenario | ValidScenario, options: ShuffleOptions = {}): TieReport {
  const { shuffles = 10 } = options;
  const { design, seed } = subjectOf(scenario, options.seed === undefined ? {} : { seed: options.seed });
  const usual = replayTied(design, seed, 0);
  const story = accountOf(usual.outcome.facts);
  const dependences: TieDependence[] = [];
  for (let shuffle = 1; shuffle <= shuffles; shuffle++) {
    const other = replayTied(design, seed, shuffle);
    const facts = partingOf(story, accountOf(other.outcome.facts));
    const figures = differences(usual.outcome.figures, other.outcome.figures, 20);
    if (facts === undefined && figures.length === 0) continue;
    const at = facts?.at ?? Number.POSITIVE_INFINITY;
    const kinds = turnedKinds(replayTied(design, seed, 0, at), replayTied(design, seed, shuffle, at));
    dependences.push({ shuffle, figures, facts, kinds });
  }
  return { shuffles, ties: usual.ties, dependences };
}
