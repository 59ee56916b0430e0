import type { CliCommand } from "../command.ts";
import { collect } from "../options.ts";
import { UsageError } from "../usageError.ts";

/** Service files are small; a larger one is refused before it is read, in bytes. */
const mostBytes = 4 * 1024 * 1024;

interface ExportOptions {
  readonly out: string;
  readonly force?: true;
  readonly set?: readonly string[];
  readonly data?: readonly string[];
}

/** `nines export FILE`: the service of a scenario, or of a pair of service files, as a service definition and configuration. */
export const exportCommand: CliCommand = {
  name: "export",
  summary: "write a scenario's service as a service definition and configuration",
  configure(command, terminal) {
    command
      .argument("<file>", "scenario (YAML), or service definition (.csdef) to be written anew")
      .argument("[configuration]", "service configuration (.cscfg) that goes with a definition")
      .option("-o, --out <dir>", "write ServiceDefinition.csdef and ServiceConfiguration.cscfg into this folder", ".")
      .option("--force", "replace the files if they are there")
      .option("--set <path=value>", "change a value of the scenario, may be repeated", collect)
      .option("--data <dir>", "permit files in this folder, may be repeated", collect)
      .action(async (file: string, configuration: string | undefined, options: ExportOptions) => {
        const [{ existsSync }, { join }, { writeOut }, { exportNames }, { tellProblems }, { commandLine }, { printable }] =
          await Promise.all([
            import("node:fs"),
            import("node:path"),
            import("../../node/writeOut.ts"),
            import("../../scenario/export/exportService.ts"),
            import("../failure.ts"),
            import("../options.ts"),
            import("../../report/ink.ts"),
          ]);
        const { files, notes, warnings } =
          configuration === undefined ? await exportOfScenario(file, options) : await exportOfPair(file, configuration, options);
        const names = [exportNames.definition, exportNames.configuration];
        const [there] = names.map((name) => join(options.out, name)).filter((path) => existsSync(path));
        if (there !== undefined && !options.force) {
          const words = ["nines", "export", file, ...(configuration === undefined ? [] : [configuration]), "-o", options.out, "--force"];
          throw new UsageError(`there is a file "${there}" already; nothing was written`, commandLine(words));
        }
        tellProblems(warnings, terminal);
        writeOut(options.out, [
          { name: exportNames.definition, text: files.definition },
          { name: exportNames.configuration, text: files.configuration },
        ]);
        for (const note of notes) terminal.err(`note: ${printable(note)}\n`);
        terminal.out(`  ✓ ${names.map((name) => join(options.out, name)).join(" and ")} are written\n`);
      });
  },
};

type Exported = Awaited<ReturnType<typeof exportOfScenario>>;

async function exportOfScenario(file: string, { data = [], set = [] }: ExportOptions) {
  const [{ parseScenario }, { exportScenario }] = await Promise.all([
    import("../scenarioFile.ts"),
    import("../../scenario/export/exportScenario.ts"),
  ]);
  const { files, parsed } = parseScenario(file, data);
  return exportScenario(parsed, { files, set });
}

async function exportOfPair(definition: string, configuration: string, { set = [] }: ExportOptions): Promise<Exported> {
  if (set.length > 0) throw new UsageError("--set changes a scenario; service files have nothing that it could change");
  const [{ importService }, { vmSizeNames }, { readWhole }, { exportService }] = await Promise.all([
    import("../../scenario/import/service.ts"),
    import("../../model/hardware/sizes.ts"),
    import("../../node/files.ts"),
    import("../../scenario/export/exportService.ts"),
  ]);
  const read = (file: string): { file: string; bytes: Uint8Array } => ({ file, bytes: readWhole(file, file, mostBytes) });
  const imported = importService(read(definition), read(configuration), vmSizeNames);
  return { files: exportService(imported.service, imported, vmSizeNames), notes: [], warnings: imported.warnings };
}
