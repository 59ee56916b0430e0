import type { CliCommand } from "../command.ts";
import { collect, readRuns, readSeed } from "../options.ts";
import type { RunCommandOptions } from "../runScenarioFile.ts";
import { readTraceFacts } from "../traceFacts.ts";

/** `nines run SCENARIO`: replays a scenario and tells what happened. */
export const runCommand: CliCommand = {
  name: "run",
  summary: "replay a scenario and print what was measured",
  configure(command, terminal) {
    command
      .argument("<scenario>", "scenario file (YAML)")
      .option("--seed <n>", "the luck: the same seed repeats a run exactly", readSeed)
      .option("--runs <n>", "independent replications; from two on, figures have intervals", readRuns)
      .option("--set <path=value>", "change a value, such as balancer.probe.interval=5s, may be repeated", collect)
      .option("--variant <name>", "run one variant of the scenario as a scenario of its own")
      .option("--until <time>", "stop there, such as 2h31min, and print what there is by then")
      .option("--data <dir>", "permit files in this folder, may be repeated", collect)
      .option("--plugin <file>", "load policies and invariants of your own (.js, .ts), may be repeated", collect)
      .option("--check [names]", "watch invariants, all or those named, such as S1,M2: the first that breaks ends the run")
      .option("--json", "print the summary as one JSON object and nothing else; of variants { variants: { NAME: summary } }")
      .option("--out <dir>", "write report.html, summary.json, series as CSV and trace.ndjson into this folder")
      .option("--facts <what>", "into trace.ndjson: all, control (no requests), or how many at most (500,000 if absent)", readTraceFacts)
      .option("--trace <file>", "write a trace for ui.perfetto.dev, such as run.perfetto.json")
      .action(async (file: string, { until, ...options }: Omit<RunCommandOptions, "until"> & { readonly until?: string }) => {
        const [{ runScenarioFile }, { readUntil }] = await Promise.all([import("../runScenarioFile.ts"), import("../until.ts")]);
        process.exitCode = await runScenarioFile(file, until === undefined ? options : { ...options, until: readUntil(until) }, terminal);
      });
  },
};
