import type { CliCommand } from "../command.ts";
import { UsageError } from "../usageError.ts";

const lineWidth = 100;

/** `nines explain KEY`: what a key, fault, policy, metric or invariant means. */
export const explainCommand: CliCommand = {
  name: "explain",
  summary: "print what a key, fault, policy, metric or invariant means, with its source",
  configure(command, terminal) {
    command.argument("<topic>", "such as clients.timeout, host-failure, latency.p99 or S1").action(async (topic: string) => {
      const { explain } = await import("../../scenario/explain.ts");
      const { explainInvariant } = await import("../checks.ts");
      const { ScenarioError } = await import("../../scenario/problem.ts");
      try {
        const { hanging } = await import("../../report/ink.ts");
        terminal.out(
          `${(explainInvariant(topic) ?? explain(topic))
            .split("\n")
            .flatMap((line) => hanging(line, lineWidth))
            .join("\n")}\n`,
        );
      } catch (error) {
        if (!(error instanceof ScenarioError)) throw error;
        throw new UsageError(error.problems.map(({ message }) => message).join("; "), "nines list");
      }
    });
  },
};
