import { appendFileSync } from "node:fs";
import { readWhole } from "../../node/files.ts";
import type { ClassLesson } from "../../report/lesson.ts";
import { hashText } from "../../scenario/hash.ts";
import { UsageError } from "../usageError.ts";
import type { LessonFile } from "./collection.ts";

/** One prediction, as a line of a file of answers. Numbers of choices count from 1. */
interface LessonRecord {
  readonly lesson: string;
  readonly title: string;
  readonly student: string;
  readonly seed: number;
  readonly choices: readonly string[];
  readonly predicted: number;
  readonly answer: number;
  /** Day and time at which it was made, by the clock of the machine. */
  readonly at: string;
}

const mostBytes = 16 * 1024 * 1024;

/** The seed that a student's name gives: the same name, the same luck. */
export function seedOf(student: string): number {
  return Number.parseInt(hashText(student.trim()), 16);
}

/** Adds a prediction to a file of answers. */
export function recordPrediction(file: string, { name, scenario }: LessonFile, student: string, predicted: number): void {
  const { lesson, seed, summary } = scenario;
  const line: LessonRecord = {
    lesson: name,
    title: summary,
    student,
    seed,
    choices: [...lesson.choices],
    predicted: predicted + 1,
    answer: lesson.answer + 1,
    at: new Date().toISOString(),
  };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** What a class predicted, from files of answers: the first prediction of each student in each lesson counts. Throws UsageError. */
export function classOf(files: readonly string[]): { readonly students: number; readonly lessons: readonly ClassLesson[] } {
  const records = files.flatMap(readRecords);
  const students = new Set(records.map(({ student }) => student));
  const lessons = new Map<string, { first: LessonRecord; counts: number[]; seen: Set<string> }>();
  for (const one of records) {
    const lesson = lessons.get(one.lesson) ?? { first: one, counts: one.choices.map(() => 0), seen: new Set<string>() };
    lessons.set(one.lesson, lesson);
    if (one.student !== "" && lesson.seen.has(one.student)) continue;
    lesson.seen.add(one.student);
    if (one.predicted <= lesson.counts.length) lesson.counts[one.predicted - 1] = (lesson.counts[one.predicted - 1] ?? 0) + 1;
  }
  const ordered = [...lessons].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    students: students.size,
    lessons: ordered.map(([name, { counts, first }]) => ({
      name,
      title: first.title,
      choices: first.choices,
      answer: first.answer - 1,
      counts,
    })),
  };
}

function readRecords(file: string): readonly LessonRecord[] {
  const lines = new TextDecoder().decode(readWhole(file, file, mostBytes)).split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const read = parsed(line);
    const wrong = wrongKeyOf(read);
    if (wrong === undefined) return [read as LessonRecord];
    throw new UsageError(`${file}:${index + 1}: this is no prediction of a lesson: ${wrong}`);
  });
}

/** What is wrong with a line, in a few words; undefined when nothing is. */
function wrongKeyOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "it is no JSON object";
  const { answer, choices, lesson, predicted, student, title } = value as Record<keyof LessonRecord, unknown>;
  for (const [key, text] of Object.entries({ lesson, title, student })) if (typeof text !== "string") return `${key} is no text`;
  if (!Array.isArray(choices) || choices.length < 2 || choices.some((choice) => typeof choice !== "string"))
    return "choices is no list of texts";
  for (const [key, number] of Object.entries({ predicted, answer })) {
    if (!Number.isInteger(number) || (number as number) < 1 || (number as number) > choices.length)
      return `${key} is no number of a choice`;
  }
  return undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
