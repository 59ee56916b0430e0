import { Command } from "commander";
import { version } from "../version.ts";
import { commands } from "./commands/index.ts";
import type { Terminal } from "./terminal.ts";

const examples = `
Examples
  nines run scenarios/hardware-failure.yaml
  nines run scenarios/rack-failure.yaml --set balancer.probe.evictAfter=120s --runs 20
  nines explain clients.timeout

Exit codes
  0 all is well   1 a mistake of the simulator   2 a mistake in what was given
  3 two runs that were compared are not the same (diff)
  98 an invariant that was watched does not hold (run --check, run --plugin, replay),
     or something is wrong with a drawn scenario (fuzz)
  99 an expectation was missed   130 interrupted, what there was has been printed
`;

/** The command line of `nines`; mistakes in a call are thrown as CommanderError and UsageError. */
export function program(terminal: Terminal): Command {
  const top = new Command("nines")
    .description("Replays what happens to a cloud service when servers die, racks lose power and people deploy: how many nines?")
    .version(version)
    .addHelpText("after", examples);
  for (const command of commands)
    command.configure(top.command(command.name).summary(command.summary).description(command.summary), terminal);
  for (const each of [top, ...top.commands]) {
    const called = each === top ? "nines" : `nines ${each.name()}`;
    each
      .exitOverride((error) => {
        throw Object.assign(error, { advice: `${called} --help` });
      })
      .configureHelp({ subcommandTerm: (command) => command.name() })
      .showHelpAfterError(false)
      .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text), outputError: () => {} });
  }
  return top;
}
