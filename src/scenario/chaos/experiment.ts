import type { Micros } from "../../kernel/time.ts";

/** How many of the things that a target names are struck. */
export type Selection =
  | { readonly kind: "all" }
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "share"; readonly share: number };

/** One thing that an action aims at, by every name it goes under, the most telling first. */
export interface Aim {
  readonly names: readonly string[];
  /** Indexes of instances, when the action names some. */
  readonly instances?: readonly number[];
}

/** One action of an experiment with the instant at which it starts, counted from the start of the experiment. */
export interface TimedAction {
  /** Where it stands, in words: `step "Fail", branch "Web"`. */
  readonly where: string;
  /** What it does, without version, as its own vocabulary names it. */
  readonly id: string;
  readonly at: Micros;
  /** Undefined: until somebody ends it. */
  readonly lasts: Micros | undefined;
  /** By names in small letters. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly aims: readonly Aim[];
  readonly selection: Selection;
}

/** An experiment as a list of actions in time. */
export interface Experiment {
  readonly vocabulary: "Azure Chaos Studio" | "AWS FIS";
  readonly title: string;
  readonly actions: readonly TimedAction[];
  /** When the last action is over. */
  readonly end: Micros;
  /** What of it is not replayed, in plain sentences. */
  readonly notes: readonly string[];
}

/** More actions than this are no experiment that a person wrote. */
export const mostActions = 1000;

/** More names and instances in all its targets than this, counted for each action that aims at them, are not read. */
export const mostAims = 100_000;

/** A scenario file takes no more faults, and no more operations, than this. */
export const mostEntries = 5000;

/** More is not said of one experiment. */
export const mostNotes = 500;

/** A list of names in words, cut when it is long. */
export function someOf(names: readonly (string | number)[]): string {
  const shown = names.slice(0, 12).join(", ");
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}
