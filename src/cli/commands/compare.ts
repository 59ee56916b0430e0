import type { CliCommand } from "../command.ts";
import type { CompareOptions } from "../compareScenarioFiles.ts";
import { collect, readRuns, readSeed } from "../options.ts";

/** `nines compare A B`: which design is better, and why. */
export const compareCommand: CliCommand = {
  name: "compare",
  summary: "replay designs on the same draws: which is better, how sure that is, and why",
  configure(command, terminal) {
    command
      .argument("<scenarios...>", "scenario files (YAML), or one that has variants")
      .option("--runs <n>", "independent replications of each, 10 when absent", readRuns)
      .option("--seed <n>", "the luck, the same for all; that of the first when absent", readSeed)
      .option("--set <path=value>", "change a value in all of them, may be repeated", collect)
      .option("--data <dir>", "permit files in this folder, may be repeated", collect)
      .option("--plugin <file>", "load policies of your own (.js, .ts), may be repeated", collect)
      .option("--json", "print { designs: { NAME: summary }, differences } as one JSON object and nothing else")
      .option("--out <dir>", "write index.html, designs.json and the report of each into this folder")
      .action(async (files: readonly string[], options: CompareOptions) => {
        const { compareScenarioFiles } = await import("../compareScenarioFiles.ts");
        process.exitCode = await compareScenarioFiles(files, options, terminal);
      });
  },
};
