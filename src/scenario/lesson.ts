import { type MetricNames, type ReadMetric, readMetric } from "./expectText.ts";
import { readPart, TextError } from "./textError.ts";

/** A part of a lesson's text: words, or a figure of the run that stands for itself. */
export type LessonPart = string | LessonFigure;

/** A figure in a lesson's text, of a variant when the scenario has some. */
export interface LessonFigure extends ReadMetric {
  readonly variant: string | undefined;
}

/** A scenario's lesson, its texts read. */
export interface Lesson {
  readonly question: string;
  readonly choices: readonly string[];
  /** Index of the choice that comes true. */
  readonly answer: number;
  readonly happens: readonly LessonPart[];
  readonly why: readonly LessonPart[];
}

const braces = /\{([^{}]*)\}/g;

/**
 * Reads a lesson's text with figures in braces, `{requests.failed}` or `{custom-probe: requests.failed}` in a scenario with variants.
 * Throws TextError.
 */
export function readLessonText(text: string, names: MetricNames, variants: readonly string[]): readonly LessonPart[] {
  const parts: LessonPart[] = [];
  let end = 0;
  for (const match of text.matchAll(braces)) {
    const inner = match[1] ?? "";
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(readPart((part) => readFigure(part, names, variants), inner, match.index + 1));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

function readFigure(text: string, names: MetricNames, variants: readonly string[]): LessonFigure {
  const colon = text.indexOf(":");
  if (colon < 0 && variants.length > 0)
    throw new TextError("a figure names its variant", 0, text.length, `write {${variants[0]}: ${text.trim()}}`);
  const variant = colon < 0 ? undefined : text.slice(0, colon).trim();
  if (variant !== undefined && !variants.includes(variant))
    throw new TextError(
      `there is no variant "${variant}"`,
      0,
      colon,
      variants.length === 0 ? "the scenario has none" : `there are ${variants.join(", ")}`,
    );
  const start = colon + 1;
  const gap = text.slice(start).length - text.slice(start).trimStart().length;
  const metric = readPart((part) => readMetric(part, names), text.slice(start).trim(), start + gap);
  return { ...metric, variant };
}
