import type { CliCommand } from "../command.ts";
import { collect } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usageError.ts";

/** Service files are small; a larger one is refused before it is read, in bytes. */
const mostBytes = 1024 * 1024;
/** Experiments are smaller still. */
const mostExperimentBytes = 1024 * 1024;

interface ImportOptions {
  readonly json?: true;
  readonly service?: string;
  readonly start: string;
  readonly map?: readonly string[];
}

/** `nines import A.csdef B.cscfg`: service files as a scenario, or as JSON; `nines import EXPERIMENT --service SCENARIO`: its faults. */
export const importCommand: CliCommand = {
  name: "import",
  summary: "turn service files, or a chaos experiment, into a scenario",
  configure(command, terminal) {
    command
      .argument("<file>", "service definition (.csdef), or experiment of Azure Chaos Studio or AWS FIS (JSON)")
      .argument("[configuration]", "service configuration (.cscfg) that goes with a definition")
      .option("--json", "print the service, or the faults and operations, as JSON instead")
      .option("--service <scenario>", "the scenario that an experiment is replayed on, in the same folder as the new one")
      .option("--start <duration>", "when an experiment starts", "5min")
      .option("--map <name=role>", "what a name in an experiment stands for, such as vmss1=web, may be repeated", collect)
      .action(async (file: string, configuration: string | undefined, options: ImportOptions) => {
        if (configuration === undefined) await importExperimentFile(file, options, terminal);
        else await importPair(file, configuration, options, terminal);
      });
  },
};

async function importPair(
  definition: string,
  configuration: string,
  { json, map, service }: ImportOptions,
  terminal: Terminal,
): Promise<void> {
  if (service !== undefined || map !== undefined) throw new UsageError("--service and --map go with an experiment, not with service files");
  const [{ importService }, { vmSizeNames }, { readWhole }, { tellProblems }] = await Promise.all([
    import("../../scenario/import/service.ts"),
    import("../../model/hardware/sizes.ts"),
    import("../../node/files.ts"),
    import("../failure.ts"),
  ]);
  const read = (file: string): { file: string; bytes: Uint8Array } => ({ file, bytes: readWhole(file, file, mostBytes) });
  const imported = importService(read(definition), read(configuration), vmSizeNames);
  tellProblems(imported.warnings, terminal);
  if (json) {
    terminal.out(`${JSON.stringify(imported.service, null, 2)}\n`);
    return;
  }
  const { scenarioFromService } = await import("../../scenario/import/toYaml.ts");
  terminal.out(scenarioFromService(imported));
}

async function importExperimentFile(file: string, { json, map = [], service, start }: ImportOptions, terminal: Terminal): Promise<void> {
  const [{ readWhole }, { parse }, { readExperiment, importExperiment }, { scenarioFromExperiment }, { printable }, { basename }] =
    await Promise.all([
      import("../../node/files.ts"),
      import("../../scenario/parse.ts"),
      import("../../scenario/chaos/importExperiment.ts"),
      import("../../scenario/chaos/toYaml.ts"),
      import("../../report/ink.ts"),
      import("node:path"),
    ]);
  const bytes = readWhole(file, file, mostExperimentBytes);
  const text = new TextDecoder().decode(bytes);
  if (/^\s*</.test(text)) {
    throw new UsageError("a service definition needs its configuration", "nines import A.csdef B.cscfg > scenario.yaml");
  }
  const experiment = readExperiment(parse(text, { file }));
  if (service === undefined) {
    throw new UsageError(
      "an experiment needs a service that it is replayed on",
      `nines import ${file} --service scenario.yaml > chaos.yaml`,
    );
  }
  const { loadScenario } = await import("../scenarioFile.ts");
  const { design } = loadScenario(service, {});
  const imported = importExperiment(experiment, { design, start: await readStart(start), meant: readMap(map) });
  for (const note of imported.notes) terminal.err(`note: ${printable(note)}\n`);
  if (json) {
    const { faults, notes, operations } = imported;
    terminal.out(`${JSON.stringify({ faults, operations, notes }, null, 2)}\n`);
    return;
  }
  terminal.out(scenarioFromExperiment(imported, basename(service), design.horizon));
}

async function readStart(text: string): Promise<number> {
  const [{ readDuration }, { TextError }] = await Promise.all([import("../../scenario/units.ts"), import("../../scenario/textError.ts")]);
  try {
    return readDuration(text);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw new UsageError(`--start: ${error.message}`);
  }
}

function readMap(pairs: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    pairs.map((pair) => {
      const at = pair.lastIndexOf("=");
      if (at < 1 || at === pair.length - 1)
        throw new UsageError(`--map takes a name and what it stands for, such as vmss1=web, not "${pair}"`);
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
}
