import { figureAt } from "../experiment/expectations.ts";
import type { RunResult } from "../experiment/result.ts";
import type { Lesson, LessonPart } from "../scenario/lesson.ts";
import { inkFor, printable, wrapped } from "./ink.ts";
import { counted, grouped, share } from "./numbers.ts";
import { expectationText, figureText, measuredText } from "./verdict.ts";

/** A lesson of a folder, for a list. */
export interface ListedLesson {
  readonly name: string;
  readonly title: string;
  readonly question: string;
}

/** One run of a lesson: of a variant, when the lesson has some. */
export interface LessonRun {
  readonly variant: string | undefined;
  readonly result: RunResult;
}

/** A replayed lesson, and what was predicted: the index of a choice, undefined when nobody was asked. */
export interface PlayedLesson extends ListedLesson {
  readonly lesson: Lesson;
  /** One run, or one of each variant. */
  readonly runs: readonly LessonRun[];
  readonly predicted: number | undefined;
}

/** What a class predicted in one lesson. */
export interface ClassLesson {
  readonly name: string;
  readonly title: string;
  readonly choices: readonly string[];
  /** Index of the right choice. */
  readonly answer: number;
  /** Predictions by choice. */
  readonly counts: readonly number[];
}

const width = 75;

/** In place of a figure that a run does not have. */
export const notMeasured = "(not measured)";

/** The lessons of a folder: name and question of each. */
export function renderLessons(lessons: readonly ListedLesson[], isColoured: boolean): string {
  const ink = inkFor(isColoured);
  const lines = lessons.flatMap(({ name, question, title }) => [
    `  ${ink.strong(printable(name))}`,
    ...indented(title, 4),
    ...indented(question, 4).map((line) => ink.faint(line)),
  ]);
  return `\n${lines.join("\n")}\n\n  Play one:  nines lesson ${lessons[0]?.name ?? "NAME"}    All of them:  nines lesson --all\n`;
}

/** The question and its choices, before the run. */
export function renderQuestion({ title, lesson }: Pick<PlayedLesson, "title" | "lesson">, isColoured: boolean): string {
  const ink = inkFor(isColoured);
  const choices = lesson.choices.flatMap((choice, index) => hanging(`    ${index + 1}  `, choice));
  return `\n${[...indented(title, 2), "", ...indented(lesson.question, 2).map((line) => ink.strong(line)), "", ...choices].join("\n")}\n`;
}

/** Whether every expectation of every run was met. */
export function isProven({ runs }: PlayedLesson): boolean {
  return runs.every(({ result }) => result.summary.expectations.every(({ met }) => met));
}

/** What came true, why, and the expectations that prove it. */
export function renderAnswer(played: PlayedLesson, isColoured: boolean): string {
  const { lesson, predicted, runs } = played;
  const ink = inkFor(isColoured);
  const isRight = predicted === lesson.answer;
  const verdict =
    predicted === undefined
      ? ink.strong("  What comes true:")
      : isRight
        ? ink.good("  ✓ You predicted it.")
        : ink.bad(`  ✕ You predicted ${predicted + 1}. What comes true:`);
  const proofs = runs.flatMap(({ result, variant }) => [
    ...(variant === undefined ? [] : [`    ${printable(variant)}`]),
    ...result.summary.expectations.map((expectation) => {
      const mark = expectation.met ? ink.good("✓") : ink.bad("✕");
      return `    ${mark} ${printable(expectationText(expectation)).padEnd(48)} ${measuredText(expectation, result.summary) ?? "not measured"}`;
    }),
  ]);
  const seeds = runs.map(({ result: { summary } }) => `fingerprint ${summary.fingerprint}`).join(", ");
  const text = [
    verdict,
    ...hanging(`    ${lesson.answer + 1}  `, lesson.choices[lesson.answer] ?? ""),
    "",
    ink.strong("  What happens"),
    ...indented(filled(lesson.happens, runs), 4),
    "",
    ink.strong("  Why"),
    ...indented(filled(lesson.why, runs), 4),
    "",
    ink.strong("  Measured"),
    ...proofs,
    "",
    ...indented(`seed ${runs[0]?.result.summary.seed}, ${seeds}`, 2).map((line) => ink.faint(line)),
  ];
  return `\n${text.join("\n")}\n`;
}

/** One line for each lesson that was played, and how many kept their promise. */
export function renderAllLessons(played: readonly PlayedLesson[], seconds: number, isColoured: boolean): string {
  const ink = inkFor(isColoured);
  const proven = played.filter(isProven).length;
  const nameWidth = Math.max(...played.map(({ name }) => name.length));
  const margin = " ".repeat(nameWidth + 6);
  const lines = played.flatMap((one) => {
    const { name, runs, title } = one;
    const [first = "", ...rest] = wrapped(printable(title), Math.max(24, width - margin.length));
    const missed = runs.flatMap(({ result, variant }) => {
      const lead = variant === undefined ? "" : `${variant}: `;
      return result.summary.expectations
        .filter(({ met }) => !met)
        .map(
          (expectation) =>
            `${margin}${ink.bad(`${lead}${expectationText(expectation)}: ${measuredText(expectation, result.summary) ?? "not measured"}`)}`,
        );
    });
    const line = `  ${isProven(one) ? ink.good("✓") : ink.bad("✕")} ${name.padEnd(nameWidth)}  ${first}`;
    return [line, ...rest.map((more) => margin + more), ...missed];
  });
  const mark = proven === played.length ? ink.good("✓") : ink.bad("✕");
  const verdict = `${grouped(proven)} of ${grouped(played.length)} expectations met: what each lesson says came true`;
  return `\n${lines.join("\n")}\n\n  ${mark} ${ink.strong(verdict)}, in ${seconds.toFixed(1)} s\n`;
}

/** What a class predicted, lesson by lesson. */
export function renderClass(lessons: readonly ClassLesson[], students: number, isColoured: boolean): string {
  const ink = inkFor(isColoured);
  const lines = lessons.flatMap(({ answer, choices, counts, name, title }) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const rows = choices.flatMap((choice, index) => {
      const count = counts[index] ?? 0;
      const bar = "█".repeat(Math.round((20 * count) / Math.max(1, total)));
      const lead = `    ${index === answer ? "✓" : " "} ${String(count).padStart(3)} ${bar.padEnd(20)}  `;
      return hanging(lead, choice).map((line, row) => (row === 0 && index === answer ? ink.good(line) : line));
    });
    const right = total === 0 ? "" : `, ${share((counts[answer] ?? 0) / total)} right`;
    return ["", `  ${ink.strong(printable(name))}  ${counted(total, "prediction")}${right}`, ...indented(title, 4), ...rows];
  });
  return `\n  ${ink.strong(`${counted(students, "student")}, ${counted(lessons.length, "lesson")}`)}\n${lines.join("\n")}\n`;
}

/** A lesson's text with the figures of its runs in place of their names. */
export function filled(parts: readonly LessonPart[], runs: readonly LessonRun[]): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const run = runs.find(({ variant }) => variant === part.variant);
      const value = run === undefined ? null : figureAt(run.result.summary, part.path);
      return value === null ? notMeasured : figureText(part.unit, value);
    })
    .join("");
}

function indented(text: string, by: number): string[] {
  return wrapped(printable(text.trim()), width - by).map((line) => " ".repeat(by) + line);
}

function hanging(lead: string, text: string): string[] {
  return wrapped(printable(text), width - lead.length).map((line, row) => (row === 0 ? lead : " ".repeat(lead.length)) + line);
}
