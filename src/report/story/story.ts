import type { RunResult } from "../../experiment/result.ts";
import type { Micros } from "../../kernel/time.ts";
import { type Act, actsOf } from "./acts.ts";
import { controlFacts } from "./causes.ts";
import { type InstanceLine, instanceLines } from "./lines.ts";
import { narrate } from "./narrator.ts";
import { selectTellings } from "./selection.ts";
import { shortWords } from "./shortWords.ts";
import { type EventFamily, familyOf, words } from "./words.ts";

/** Something that happened, in words. */
export interface StoryEvent {
  readonly at: Micros;
  readonly family: EventFamily;
  readonly text: string;
  /** A few words for the strip above the charts. */
  readonly label: string;
}

/** A run told in order: lives, events, and what each fault and operation led to. */
export interface Story {
  readonly horizon: Micros;
  /** Facts before this instant were not kept; 0 when all were. */
  readonly knownFrom: Micros;
  readonly lines: readonly InstanceLine[];
  readonly events: readonly StoryEvent[];
  /** Events that are not among `events`. */
  readonly untold: number;
  /** Worst first. */
  readonly acts: readonly Act[];
}

/** Most events that are told one by one. */
const defaultLimit = 40;

/** Tells the first run of a result: at most `limit` events, the worst incidents first, the rest counted. */
export function tellStory(result: RunResult, limit = defaultLimit): Story {
  const { facts, design } = result;
  const kept = controlFacts(facts);
  const narration = narrate(result, kept);
  const { tellings, untold } = selectTellings(narration, result, limit);
  return {
    horizon: design.horizon,
    knownFrom: facts.dropped > 0 && facts.length > 0 ? facts.at[0] : 0,
    lines: instanceLines(result, kept),
    events: tellings.map((telling) => ({
      at: telling.at,
      family: familyOf(telling),
      text: words(telling, result),
      label: shortWords(telling, result),
    })),
    untold,
    acts: actsOf(narration, result),
  };
}
