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

/** A replayed lesson, and what was predicted: the index of a choice, undefined when nobody was asked. */
export interface PlayedLesson extends ListedLesson {
  readonly lesson: Lesson;
  readonly result: RunResult;
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

/** What came true, why, and the expectations that prove it. */
export function renderAnswer(played: PlayedLesson, isColoured: boolean): string {
  const { lesson, predicted, result } = played;
  const ink = inkFor(isColoured);
  const { summary } = result;
  const verdict =
    predicted === undefined
      ? [ink.strong("  What comes true:")]
      : predicted === lesson.answer
        ? [ink.good(`  ✓ You predicted it.`)]
        : [ink.bad(`  ✕ You predicted ${predicted + 1}. What comes true:`)];
  const proofs = summary.expectations.map((expectation) => {
    const measured = measuredText(expectation) ?? "not measured";
    const mark = expectation.met ? ink.good("✓") : ink.bad("✕");
    return `    ${mark} ${printable(expectationText(expectation)).padEnd(48)} ${measured}`;
  });
  const text = [
    ...verdict,
    ...hanging(`    ${lesson.answer + 1}  `, lesson.choices[lesson.answer] ?? ""),
    "",
    ink.strong("  What happens"),
    ...indented(filled(lesson.happens, result), 4),
    "",
    ink.strong("  Why"),
    ...indented(filled(lesson.why, result), 4),
    "",
    ink.strong("  Measured"),
    ...proofs,
    "",
    `  ${ink.faint(`seed ${summary.seed}, fingerprint ${summary.fingerprint}`)}`,
  ];
  return `\n${text.join("\n")}\n`;
}

/** One line for each lesson that was played, and how many kept their promise. */
export function renderAllLessons(played: readonly PlayedLesson[], seconds: number, isColoured: boolean): string {
  const ink = inkFor(isColoured);
  const isMet = ({ result }: PlayedLesson): boolean => result.summary.expectations.every(({ met }) => met);
  const met = played.filter(isMet).length;
  const nameWidth = Math.max(...played.map(({ name }) => name.length));
  const lines = played.flatMap((one) => {
    const { name, result, title } = one;
    const [first = "", ...rest] = wrapped(printable(title), Math.max(24, width - nameWidth - 6));
    const line = `  ${isMet(one) ? ink.good("✓") : ink.bad("✕")} ${name.padEnd(nameWidth)}  ${first}`;
    const missed = result.summary.expectations
      .filter((expectation) => !expectation.met)
      .map(
        (expectation) =>
          `${" ".repeat(nameWidth + 6)}${ink.bad(`${expectationText(expectation)}: ${measuredText(expectation) ?? "not measured"}`)}`,
      );
    return [line, ...rest.map((more) => " ".repeat(nameWidth + 6) + more), ...missed];
  });
  const verdict = `${grouped(met)} of ${counted(played.length, "lesson")} prove what they say`;
  return `\n${lines.join("\n")}\n\n  ${met === played.length ? ink.good("✓") : ink.bad("✕")} ${ink.strong(verdict)}, in ${seconds.toFixed(1)} s\n`;
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

/** A lesson's text with the figures of the run in place of their names. */
function filled(parts: readonly LessonPart[], { summary }: RunResult): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const value = figureAt(summary, part.path);
      return value === null ? "nothing" : figureText(part.unit, value);
    })
    .join("");
}

function indented(text: string, by: number): string[] {
  return wrapped(printable(text.trim()), width - by).map((line) => " ".repeat(by) + line);
}

function hanging(lead: string, text: string): string[] {
  return wrapped(printable(text), width - lead.length).map((line, row) => (row === 0 ? lead : " ".repeat(lead.length)) + line);
}
