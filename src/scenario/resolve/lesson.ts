import type { MetricNames } from "../expectText.ts";
import { type Lesson, type LessonPart, readLessonText } from "../lesson.ts";
import { valueAt } from "../place.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { TextError } from "../textError.ts";
import type { VariantLayers } from "../variants.ts";
import type { Context } from "./context.ts";

/** Section `lesson`, its texts read; a lesson needs something that proves its answer. */
export function resolveLesson(
  given: ReadScenario,
  variants: readonly VariantLayers[],
  names: MetricNames,
  context: Context,
): Lesson | undefined {
  const { lesson } = given;
  if (lesson === undefined) return undefined;
  const { answer, choices, question } = lesson;
  if (answer > choices.length)
    context.complain(["lesson", "answer"], `there are ${choices.length} choices, numbered from 1: there is no choice ${answer}`);
  const expected = [given.expect, ...variants.map(({ layers }) => valueAt(layers.value, ["expect"]))];
  if (!expected.some((list) => Array.isArray(list) && list.length > 0))
    context.complain(["lesson"], "a lesson needs expect: what proves its answer?", { part: "key" });
  const read = (key: "happens" | "why"): readonly LessonPart[] => {
    try {
      return readLessonText(
        lesson[key],
        names,
        variants.map(({ variant }) => variant),
      );
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      context.complain(["lesson", key], error.message, { at: error.at, length: error.length, hint: error.hint });
      return [];
    }
  };
  return { question, choices, answer: answer - 1, happens: read("happens"), why: read("why") };
}
