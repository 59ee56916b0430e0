import type { CliCommand } from "../command.ts";

/** `nines start`: the six scenarios that come with Nines, with a report of each. */
export const startCommand: CliCommand = {
  name: "start",
  summary: "replay the six scenarios that come with Nines and write their reports into out/",
  configure(command, terminal) {
    command.option("--out <dir>", "folder for the reports", "out").action(async ({ out }: { readonly out: string }) => {
      const { startSix } = await import("../startSix.ts");
      process.exitCode = await startSix(out, terminal);
    });
  },
};
