import type { CliCommand } from "../command.ts";
import { collect, readRuns, readSeed, type ScenarioOptions } from "../options.ts";
import { bothEnds } from "../terminal.ts";

/** `nines validate SCENARIO...`: everything that `run` checks, without the run. */
export const validateCommand: CliCommand = {
  name: "validate",
  summary: "check scenarios without running them",
  configure(command, terminal) {
    command
      .argument("<scenario...>", "scenario files (YAML)")
      .option("--seed <n>", "check with this seed", readSeed)
      .option("--runs <n>", "check with this number of runs", readRuns)
      .option("--set <path=value>", "change a value, may be repeated", collect)
      .option("--data <dir>", "permit files in this folder, may be repeated", collect)
      .option("--plugin <file>", "load policies and invariants of your own (.js, .ts), may be repeated", collect)
      .action(async (scenarios: readonly string[], options: ScenarioOptions) => {
        const [{ loadPlugins }, { loadScenario }, { tellFailure, tellProblems }] = await Promise.all([
          import("../../node/plugins.ts"),
          import("../scenarioFile.ts"),
          import("../failure.ts"),
        ]);
        const { policies } = await loadPlugins(options.plugin ?? []);
        for (const file of scenarios) {
          try {
            const { variants, warnings } = loadScenario(file, options, policies);
            tellProblems(warnings, terminal);
            const count = (number: number, noun: string): string => (number === 0 ? "" : number === 1 ? `1 ${noun}` : `${number} ${noun}s`);
            const remark = [count(variants.length, "variant"), count(warnings.length, "warning")].filter((text) => text !== "").join(", ");
            terminal.out(`${bothEnds(`  ✓ ${file} can be run`, remark, terminal.colours.out.good).trimEnd()}\n`);
          } catch (error) {
            const code = tellFailure(error, terminal);
            process.exitCode = Math.max(code, Number(process.exitCode ?? 0));
          }
        }
      });
  },
};
