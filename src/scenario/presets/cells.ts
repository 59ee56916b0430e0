import type { SourceKey } from "../sources.ts";

/** The presets, the first is the default. */
export const presetNames = ["azure", "classic-2011", "ideal"] as const;

/** Name of a preset. */
export type PresetName = (typeof presetNames)[number];

/** What each preset is, in a sentence. */
export const presetSummaries: Readonly<Record<PresetName, string>> = {
  azure: "Rates and recovery times of today, everything else as the platform documents it.",
  "classic-2011": "The platform as it was measured in 2010-2012: slow starts, slow detection of dead hosts.",
  ideal: "Everything ready at time 0; no start, restart, network or swap takes time; nobody heals unless asked. For exact cases.",
};

/** How the text of a default is read. */
export type DefaultKind = "duration" | "law" | "rate" | "size" | "number" | "share" | "boolean" | "choice";

/** One default of one preset. */
export interface DefaultCell {
  /** As a scenario would write it. */
  readonly value: string | number | boolean;
  readonly sources: readonly SourceKey[];
  /** No documentation or measurement gives it. */
  readonly guess: boolean;
  readonly note: string | undefined;
}

/** The default of one key; `*` in a path stands for any name or index. */
export interface DefaultRow {
  readonly path: string;
  /** Only for roles of this kind. */
  readonly of: "web" | "worker" | undefined;
  readonly kind: DefaultKind;
  readonly cells: Readonly<Record<PresetName, DefaultCell>>;
}

type Value = string | number | boolean;
/** One source or several. */
export type From = SourceKey | readonly SourceKey[];
/** The cells of a row; a preset without its own takes that of azure. */
export interface Given {
  readonly azure: DefaultCell;
  readonly classic?: DefaultCell;
  readonly ideal?: DefaultCell;
}

/** A default that a document or measurement gives. */
export const known = (value: Value, from: From, note?: string): DefaultCell => ({ value, sources: [from].flat(), guess: false, note });
/** A default that nothing published gives: users see that it is a guess. */
export const guess = (value: Value, from: From = "judgement", note?: string): DefaultCell => ({
  value,
  sources: [from].flat(),
  guess: true,
  note,
});
/** A default that is so by definition of preset `ideal`. */
export const exact = (value: Value): DefaultCell => known(value, "ideal");

/** The default of one key in every preset. */
export function row(path: string, kind: DefaultKind, { azure, classic = azure, ideal = azure }: Given, of?: "web" | "worker"): DefaultRow {
  return { path, of, kind, cells: { azure, "classic-2011": classic, ideal } };
}
