import type { CliCommand } from "../command.ts";
import type { FuzzOptions } from "../fuzz.ts";
import { collect, readRuns, readSeed } from "../options.ts";

/** `nines fuzz`: draws scenarios and checks everything in each. */
export const fuzzCommand: CliCommand = {
  name: "fuzz",
  summary: "draw scenarios, check every invariant, write counterexamples",
  configure(command, terminal) {
    command
      .option("--for <time>", "how long, such as 10min; 1min when --runs is not given either")
      .option("--runs <n>", "how many scenarios", readRuns)
      .option("--seed <n>", "chooses the scenarios", readSeed)
      .option("--out <dir>", "write counterexamples into this folder", "counterexamples")
      .option("--plugin <file>", "load invariants of your own (.js, .ts), may be repeated", collect)
      .action(async (options: FuzzOptions) => {
        const { fuzz } = await import("../fuzz.ts");
        process.exitCode = await fuzz(options, terminal);
      });
  },
};
