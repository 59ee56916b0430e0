import type { RunResult } from "../../experiment/result.ts";
import type { Micros } from "../../kernel/time.ts";
import type { Story } from "../story/story.ts";

/** A Vega-Lite specification as plain data. */
export type ChartSpec = Readonly<Record<string, unknown>>;

/** A part of a side note: plain words, or words in the colour of what they name. */
export type NotePart = string | { readonly words: string; readonly tone: "accent" | "dead" };

/** One picture of a report. */
export interface ChartView {
  /** Unique in a report; letters, digits and hyphens. */
  readonly id: string;
  readonly heading: string;
  /** What to see, beside the picture. */
  readonly note: readonly NotePart[];
  /** The picture in words, for those who do not see it. */
  readonly label: string;
  readonly spec: ChartSpec;
}

/** What charts are drawn from. */
export interface ChartData {
  readonly result: RunResult;
  readonly story: Story;
}

/** A kind of picture: none, one or several for a result. */
export interface Chart {
  readonly name: string;
  /** In a sentence, for the list of charts. */
  readonly summary: string;
  views(data: ChartData): readonly ChartView[];
}

/** Seconds, in which all charts count. */
export function seconds(at: Micros): number {
  return at / 1e6;
}
