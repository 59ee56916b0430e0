import type { CliCommand } from "../command.ts";
import type { EstimateCommandOptions } from "../estimateScenarioFile.ts";
import { collect, readConfidence, readCount, readSeed } from "../options.ts";

/** `nines estimate SCENARIO`: replicates a scenario until its figures are known well enough. */
export const estimateCommand: CliCommand = {
  name: "estimate",
  summary: "replicate a scenario until its figures are known well enough, with intervals",
  configure(command, terminal) {
    command
      .argument("<scenario>", "scenario file (YAML)")
      .option("--precision <wish>", 'how exactly, such as "availability.request ±1e-5, latency.p99 ±2%"')
      .option("--replications <n>", "so many, or at most so many when a precision is wanted", readCount("--replications", 1, 1_000_000))
      .option("--confidence <share>", "of every interval, such as 99%", readConfidence, 0.95)
      .option("--seed <n>", "the luck: the same seed repeats an estimate exactly", readSeed)
      .option("--set <path=value>", "change a value, such as balancer.probe.interval=5s, may be repeated", collect)
      .option("--variant <name>", "estimate one variant of the scenario")
      .option("--data <dir>", "permit files in this folder, may be repeated", collect)
      .option("--plugin <file>", "load policies of your own (.js, .ts), may be repeated", collect)
      .option("--workers <n>", "threads; the figures do not depend on their number", readCount("--workers", 1, 256))
      .option("--json", "print every figure with its interval as one JSON object and nothing else")
      .option("--out <dir>", "write estimate.json into this folder")
      .action(async (file: string, options: EstimateCommandOptions) => {
        const { estimateScenarioFile } = await import("../estimateScenarioFile.ts");
        process.exitCode = await estimateScenarioFile(file, options, terminal);
      });
  },
};
