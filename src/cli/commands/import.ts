import type { CliCommand } from "../command.ts";

/** Service files are small; a larger one is refused before it is read, in bytes. */
const mostBytes = 4 * 1024 * 1024;

/** `nines import A.csdef B.cscfg`: service files as a scenario, or as JSON. */
export const importCommand: CliCommand = {
  name: "import",
  summary: "turn a service definition and configuration into a scenario",
  configure(command, terminal) {
    command
      .argument("<definition>", "service definition (.csdef)")
      .argument("<configuration>", "service configuration (.cscfg)")
      .option("--json", "print the service as JSON instead")
      .action(async (definition: string, configuration: string, options: { readonly json?: true }) => {
        const [{ importService }, { vmSizeNames }, { readWhole }, { tellProblems }] = await Promise.all([
          import("../../scenario/import/service.ts"),
          import("../../model/hardware/sizes.ts"),
          import("../../node/files.ts"),
          import("../failure.ts"),
        ]);
        const read = (file: string): { file: string; bytes: Uint8Array } => ({ file, bytes: readWhole(file, file, mostBytes) });
        const imported = importService(read(definition), read(configuration), vmSizeNames);
        tellProblems(imported.warnings, terminal);
        if (options.json) {
          terminal.out(`${JSON.stringify(imported.service, null, 2)}\n`);
          return;
        }
        const { scenarioFromService } = await import("../../scenario/import/toYaml.ts");
        terminal.out(scenarioFromService(imported));
      });
  },
};
