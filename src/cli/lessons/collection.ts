import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { packageRoot } from "../../node/packageRoot.ts";
import { suggest } from "../../scenario/nearest.ts";
import type { ValidScenario } from "../../scenario/validate.ts";
import { loadScenario } from "../scenarioFile.ts";
import { UsageError } from "../usageError.ts";

/** A lesson of a folder, checked. */
export interface LessonFile {
  /** Name of its file without the ending. */
  readonly name: string;
  readonly file: string;
  readonly scenario: ValidScenario & { readonly lesson: NonNullable<ValidScenario["lesson"]> };
}

/** The names of the lessons in a folder, in order; those of the package without one. Throws UsageError when there is none. */
export function lessonNames(folder: string | undefined): readonly string[] {
  const place = folderOf(folder);
  let entries: readonly string[];
  try {
    entries = readdirSync(place);
  } catch {
    throw new UsageError(`there is no folder "${place}"`);
  }
  const names = entries.flatMap((entry) => /^(.+)\.ya?ml$/.exec(entry)?.[1] ?? []).sort();
  if (names.length === 0) throw new UsageError(`there is no lesson in "${place}": a lesson is a scenario file with a section lesson`);
  return names;
}

/** Opens a lesson by its name, its number, or the start of its name. Throws UsageError, ScenarioError and FileRefused. */
export function openLesson(wanted: string, folder: string | undefined, seed: number | undefined): LessonFile {
  const names = lessonNames(folder);
  const asked = wanted.replace(/\.ya?ml$/, "");
  const found =
    names.find((name) => name === asked) ??
    names.find((name) => /^\d+$/.test(asked) && Number(/^\d+/.exec(name)?.[0] ?? Number.NaN) === Number(asked)) ??
    names.find((name) => name.startsWith(asked));
  if (found === undefined)
    throw new UsageError(`there is no lesson "${wanted}", ${suggest(asked, names, "the lessons are")}`, "nines lesson");
  const place = folderOf(folder);
  const file = relative(".", join(place, readdirSync(place).find((entry) => entry === `${found}.yaml` || entry === `${found}.yml`) ?? ""));
  const scenario = loadScenario(file, seed === undefined ? {} : { seed });
  const { lesson } = scenario;
  if (lesson === undefined) throw new UsageError(`"${file}" has no section lesson: it is a scenario`, `nines run ${file}`);
  return { name: found, file, scenario: { ...scenario, lesson } };
}

function folderOf(folder: string | undefined): string {
  return folder ?? packageRoot("scenarios", "lessons");
}
