import type { CliCommand } from "../command.ts";
import { UsageError } from "../usageError.ts";

/** `nines list TOPIC`: the names that there are. */
export const listCommand: CliCommand = {
  name: "list",
  summary: "list scenarios, faults, operations, policies, sizes, metrics, invariants and other names",
  configure(command, terminal) {
    command
      .argument("[topic]", "what to list; without, the topics")
      .option("--json", "print a JSON array of names and summaries")
      .action(async (topic: string | undefined, options: { readonly json?: true }) => {
        const [{ topics }, { suggest }] = await Promise.all([import("../topics.ts"), import("../../scenario/nearest.ts")]);
        const found = topics.find(({ name }) => name === topic);
        if (topic !== undefined && found === undefined) {
          const names = topics.map(({ name }) => name);
          throw new UsageError(`there is no topic "${topic}", ${suggest(topic, names, "topics are")}`, "nines list");
        }
        const entries = found === undefined ? topics.map(({ name, summary }) => ({ name, summary })) : found.list();
        if (options.json) {
          terminal.out(`${JSON.stringify(entries, null, 2)}\n`);
          return;
        }
        const { strong } = terminal.colours.out;
        const width = Math.min(40, Math.max(0, ...entries.map(({ name }) => name.length)));
        for (const { name, summary } of entries) terminal.out(`  ${strong(name.padEnd(width))}  ${summary}`.trimEnd().concat("\n"));
        if (found === undefined) terminal.out("\n  One of them:  nines list faults\n");
      });
  },
};
