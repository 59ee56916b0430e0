import type { CliCommand } from "../command.ts";
import { collect } from "../options.ts";
import type { ReplayFileOptions } from "../replayFile.ts";

/** `nines replay FILE`: replays a counterexample. */
export const replayCommand: CliCommand = {
  name: "replay",
  summary: "replay a counterexample: what it breaks breaks again at the same event, or holds now",
  configure(command, terminal) {
    command
      .argument("<file>", "counterexample (.json), or scenario (.yaml) with what broke in the comments above it")
      .option("--data <dir>", "permit files in this folder, may be repeated", collect)
      .option("--plugin <file>", "load policies and invariants of your own (.js, .ts), may be repeated", collect)
      .action(async (file: string, options: ReplayFileOptions) => {
        const { replayFile } = await import("../replayFile.ts");
        process.exitCode = await replayFile(file, options, terminal);
      });
  },
};
