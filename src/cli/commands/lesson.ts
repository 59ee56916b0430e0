import type { CliCommand } from "../command.ts";
import type { LessonOptions } from "../lessons/play.ts";
import { readSeed } from "../options.ts";

/** `nines lesson`: predict, replay, understand. */
export const lessonCommand: CliCommand = {
  name: "lesson",
  summary: "list and play lessons: predict what will happen, see it, learn why",
  configure(command, terminal) {
    command
      .argument("[lesson]", "name or number of a lesson; without, they are listed")
      .option("--all", "play all of them without asking, and check what each expects")
      .option("--folder <dir>", "play the lessons of this folder in place of those of the package")
      .option("--predict <n>", "the number of your choice; asked for when absent")
      .option("--student <name>", "your name: it gives the seed, and stands in the record")
      .option("--seed <n>", "the luck: the same seed repeats a run exactly", readSeed)
      .option("--record <file>", "add the prediction to this file (NDJSON)")
      .option("--summary <files...>", "show what a class predicted, from files written with --record")
      .option("--json", "print JSON and nothing else")
      .action(async (lesson: string | undefined, options: LessonOptions) => {
        const { lessons } = await import("../lessons/play.ts");
        process.exitCode = await lessons(lesson, options, terminal);
      });
  },
};
