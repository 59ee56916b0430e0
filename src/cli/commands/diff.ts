import type { CliCommand } from "../command.ts";
import type { DiffOptions } from "../diffScenarios.ts";
import { collect, readSeed } from "../options.ts";

/** `nines diff A B`: where two runs part. */
export const diffCommand: CliCommand = {
  name: "diff",
  summary: "replay two scenarios: the first difference, what led to it, other figures",
  configure(command, terminal) {
    command
      .argument("<scenario>", "scenario file (YAML); of one with variants, the first")
      .argument("[other]", "the scenario that it is compared with; without, the same one, changed by --seed, --set or --variant")
      .option("--seed <n>", "the seed of the other run", readSeed)
      .option("--set <path=value>", "change a value of the other scenario, may be repeated", collect)
      .option("--variant <name>", "the variant of the other scenario")
      .option("--data <dir>", "permit files in this folder, may be repeated", collect)
      .option("--plugin <file>", "load policies of your own (.js, .ts), may be repeated", collect)
      .option("--json", "print both summaries and the difference as one JSON object and nothing else")
      .action(async (file: string, other: string | undefined, options: DiffOptions) => {
        const { diffScenarios } = await import("../diffScenarios.ts");
        process.exitCode = await diffScenarios(file, other, options, terminal);
      });
  },
};
