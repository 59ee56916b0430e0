import type { CliCommand } from "../command.ts";
import { UsageError } from "../usageError.ts";

/** `nines init [FILE]`: a commented scenario to start from. */
export const initCommand: CliCommand = {
  name: "init",
  summary: "write a commented scenario to start from",
  configure(command, terminal) {
    command
      .argument("[file]", "where to", "scenario.yaml")
      .option("--force", "replace the file if there is one")
      .action(async (file: string, options: { readonly force?: true }) => {
        const [{ existsSync }, { writeFile }, { scenarioTemplate }, { commandLine }] = await Promise.all([
          import("node:fs"),
          import("../../node/writeOut.ts"),
          import("../../scenario/template.ts"),
          import("../options.ts"),
        ]);
        if (existsSync(file) && !options.force) {
          throw new UsageError(`there is a file "${file}" already; it is left as it is`, commandLine(["nines", "init", file, "--force"]));
        }
        writeFile(file, scenarioTemplate);
        terminal.out(`  ✓ ${file} is written\n  Replay it:  ${commandLine(["nines", "run", file])}\n`);
      });
  },
};
