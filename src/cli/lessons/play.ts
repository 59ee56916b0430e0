import { createInterface } from "node:readline/promises";
import { clock } from "../../node/clock.ts";
import {
  isProven,
  type LessonRun,
  type PlayedLesson,
  renderAllLessons,
  renderAnswer,
  renderClass,
  renderLessons,
  renderQuestion,
} from "../../report/lesson.ts";
import { ExitCode } from "../exitCode.ts";
import { tellProblems } from "../failure.ts";
import { Interrupt } from "../interrupt.ts";
import { replayWatched } from "../replay.ts";
import { reproduceCommand } from "../scenarioFile.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usageError.ts";
import { type LessonFile, lessonNames, openLesson } from "./collection.ts";
import { classOf, recordPrediction, seedOf } from "./records.ts";

/** The options of `nines lesson`. */
export interface LessonOptions {
  readonly all?: true;
  readonly folder?: string;
  readonly predict?: string;
  readonly student?: string;
  readonly seed?: number;
  readonly record?: string;
  readonly summary?: readonly string[];
  readonly json?: true;
}

/** Lists lessons, plays one or all of them, or shows what a class predicted; returns the exit code. */
export async function lessons(name: string | undefined, options: LessonOptions, terminal: Terminal): Promise<number> {
  if (options.summary !== undefined) return showClass(options.summary, options, terminal);
  if (options.all) return playAll(options, terminal);
  if (name === undefined) return listAll(options, terminal);
  return playOne(name, options, terminal);
}

function listAll({ folder, json }: LessonOptions, terminal: Terminal): number {
  const listed = lessonNames(folder).map((name) => {
    const { scenario } = openLesson(name, folder, undefined);
    return { name, title: scenario.summary, question: scenario.lesson.question };
  });
  terminal.out(json ? `${JSON.stringify(listed, null, 2)}\n` : renderLessons(listed, terminal.isColoured));
  return ExitCode.ok;
}

async function playOne(name: string, options: LessonOptions, terminal: Terminal): Promise<number> {
  const lesson = openLesson(name, options.folder, seedFor(options));
  tellProblems(lesson.scenario.warnings, terminal);
  const { scenario } = lesson;
  if (!options.json) terminal.out(renderQuestion({ title: scenario.summary, lesson: scenario.lesson }, terminal.isColoured));
  const predicted = await predictionFor(scenario.lesson.choices.length, options, terminal);
  if (options.record !== undefined && predicted !== undefined) recordPrediction(options.record, lesson, options.student ?? "", predicted);
  const played = await replay(lesson, predicted, terminal);
  if (options.json) terminal.out(`${JSON.stringify(plain(played), null, 2)}\n`);
  else terminal.out(renderAnswer(played, terminal.isColoured));
  return isProven(played) ? ExitCode.ok : ExitCode.expectationMissed;
}

async function playAll(options: LessonOptions, terminal: Terminal): Promise<number> {
  const startedAt = clock();
  const opened = lessonNames(options.folder).map((name) => openLesson(name, options.folder, seedFor(options)));
  const played: PlayedLesson[] = [];
  for (const lesson of opened) played.push(await replay(lesson, undefined, terminal));
  if (options.json) terminal.out(`${JSON.stringify(played.map(plain), null, 2)}\n`);
  else terminal.out(renderAllLessons(played, clock() - startedAt, terminal.isColoured));
  return played.every(isProven) ? ExitCode.ok : ExitCode.expectationMissed;
}

function showClass(files: readonly string[], { json }: LessonOptions, terminal: Terminal): number {
  const { lessons: predicted, students } = classOf(files);
  terminal.out(
    json ? `${JSON.stringify({ students, lessons: predicted }, null, 2)}\n` : renderClass(predicted, students, terminal.isColoured),
  );
  return ExitCode.ok;
}

async function replay({ file, name, scenario }: LessonFile, predicted: number | undefined, terminal: Terminal): Promise<PlayedLesson> {
  const interrupt = new Interrupt();
  const runs: LessonRun[] = [];
  for (const one of scenario.variants.length > 0 ? scenario.variants : [scenario]) {
    const reproduce = reproduceCommand(file, one, {});
    const { result } = await replayWatched(one, { reproduce, everyFact: false, interrupt, terminal });
    runs.push({ variant: one.variant, result });
    if (interrupt.isAsked) break;
  }
  if (await interrupt.release()) throw new UsageError("interrupted");
  const { lesson, summary: title } = scenario;
  return { name, title, question: lesson.question, lesson, runs, predicted };
}

/** The index of the predicted choice: from `--predict`, or asked where a person sits before the terminal. */
async function predictionFor(choices: number, { json, predict }: LessonOptions, terminal: Terminal): Promise<number | undefined> {
  if (predict !== undefined) {
    const number = readChoice(predict, choices);
    if (number === undefined) throw new UsageError(`--predict is the number of a choice, 1 to ${choices}, not "${predict}"`);
    return number;
  }
  if (json || process.stdin.isTTY !== true || !terminal.isWatched) return undefined;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const number = readChoice(await reader.question(`\n  Your prediction, 1 to ${choices}: `), choices);
      if (number !== undefined) return number;
    }
  } finally {
    reader.close();
  }
}

function readChoice(text: string, choices: number): number | undefined {
  const number = /^\s*\d\s*$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= choices ? number - 1 : undefined;
}

function seedFor({ seed, student }: LessonOptions): number | undefined {
  return seed ?? (student === undefined ? undefined : seedOf(student));
}

function plain({ lesson, name, predicted, question, runs, title }: PlayedLesson): object {
  const { answer, choices } = lesson;
  return {
    name,
    title,
    question,
    choices,
    answer: answer + 1,
    predicted: predicted === undefined ? null : predicted + 1,
    seed: runs[0]?.result.summary.seed,
    runs: runs.map(({ result, variant }) => ({
      variant: variant ?? null,
      fingerprint: result.summary.fingerprint,
      expectations: result.summary.expectations,
    })),
  };
}
