import { Option } from "commander";
import type { CliCommand } from "../command.ts";
import type { FuzzOptions } from "../fuzz.ts";
import { collect, readCount, readSeed } from "../options.ts";

/** `nines fuzz`: draws scenarios and checks everything in each. */
export const fuzzCommand: CliCommand = {
  name: "fuzz",
  summary: "draw scenarios, check every invariant, write counterexamples",
  configure(command, terminal) {
    command
      .option("--for <time>", "how long, such as 10min; 1min when --scenarios is not given either")
      .option("--scenarios <n>", "how many scenarios, the same ones whatever the number of workers", readCount("--scenarios", 1))
      .option("--seed <n>", "chooses the scenarios, 1 when absent", readSeed)
      .option(
        "--workers <n>",
        "threads that check scenarios side by side, as many as processors when absent",
        readCount("--workers", 1, 256),
      )
      .option("--only <i>", "draw and check scenario number i of the seed alone, from 0", readCount("--only", 0))
      .addOption(
        new Option("--relations <share>", "relations between runs: of every second scenario one in turn, or all of each, or none")
          .choices(["some", "all", "none"])
          .default("some"),
      )
      .option("--patience <time>", "a scenario that takes longer is a finding", "30s")
      .option("--out <dir>", "write counterexamples into this folder", "counterexamples")
      .option("--plugin <file>", "load invariants of your own (.js, .ts), may be repeated", collect)
      .option("--json", "print the report as one JSON object and nothing else")
      .action(async (options: FuzzOptions) => {
        const { fuzz } = await import("../fuzz.ts");
        process.exitCode = await fuzz(options, terminal);
      });
  },
};
