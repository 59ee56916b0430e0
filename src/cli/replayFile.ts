import { evidenceOf } from "../experiment/evidence.ts";
import { filesBeside, readWhole } from "../node/files.ts";
import { loadPlugins } from "../node/plugins.ts";
import { renderEvidence } from "../report/evidence.ts";
import { printable } from "../report/ink.ts";
import { instant } from "../report/times.ts";
import type { ScenarioFiles } from "../scenario/files.ts";
import type { ParsedScenario } from "../scenario/parse.ts";
import type { Scenario } from "../scenario/schema/scenario.ts";
import { validate } from "../scenario/validate.ts";
import { type Finding, findingIn, NoCounterexample, readCounterexample } from "../testing/counterexample/counterexample.ts";
import { type ReplayOutcome, replayCounterexample, UnknownInvariant } from "../testing/counterexample/replay.ts";
import { subjectOf } from "../testing/relations/checkRelations.ts";
import { tellBroken } from "./broken.ts";
import { ExitCode } from "./exitCode.ts";
import { commandLine, type ScenarioOptions } from "./options.ts";
import { parseScenario } from "./scenarioFile.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usageError.ts";

/** The options of `nines replay`. */
export type ReplayFileOptions = Pick<ScenarioOptions, "data" | "plugin">;

/** A counterexample holds a scenario and a list of steps, in bytes. */
const mostBytes = 4 * 1024 * 1024;

/** Replays a counterexample and tells whether it still breaks; returns the exit code. */
export async function replayFile(file: string, options: ReplayFileOptions, terminal: Terminal): Promise<number> {
  const { data = [], plugin = [] } = options;
  const { invariants: own, policies } = await loadPlugins(plugin);
  const { files, finding, scenario } = readReplayed(file, data);
  const valid = validate(scenario, { files, policies });
  const { error, isSame } = replayed(() => replayCounterexample(valid, finding, own, subjectOf(scenario, { files, policies })));
  if (error === undefined) {
    const what = finding === undefined ? "Every invariant holds" : `${finding.invariant} ${finding.name} holds`;
    const before = finding === undefined ? "" : `; when it was found it broke at ${instant(finding.at)}, event ${finding.events}`;
    terminal.out(`  ${terminal.colours.out.good("✓")} ${printable(`${what} in ${file}${before}`)}\n`);
    return ExitCode.ok;
  }
  const repeated = [...data.flatMap((folder) => ["--data", folder]), ...plugin.flatMap((path) => ["--plugin", path])];
  Object.assign(error, { reproduce: commandLine(["nines", "replay", file, ...repeated]) });
  const code = tellBroken(error, terminal);
  terminal.err(`${renderEvidence(evidenceOf({ ...valid, seed: Number(error.seed ?? valid.seed) }, error), terminal.colours.err.strong)}\n`);
  if (isSame) terminal.err("  It is what was found: the same invariant, instant, event and fingerprint.\n");
  else if (finding !== undefined) terminal.err(`  It is not what was found: ${printable(words(finding))}.\n`);
  return code;
}

function words({ at, events, fingerprint, invariant, name }: Finding): string {
  return `${invariant} ${name} broke at ${instant(at)}, event ${events}, fingerprint ${fingerprint}`;
}

/** What a file says is to be replayed. */
interface Replayed {
  readonly scenario: ParsedScenario | Scenario;
  readonly finding: Finding | undefined;
  readonly files: ScenarioFiles;
}

/** Reads a counterexample, JSON or YAML by its ending; `data` are folders permitted besides its own. Throws ScenarioError, FileRefused and UsageError. */
export function readReplayed(file: string, data: readonly string[]): Replayed {
  if (!file.endsWith(".json")) {
    const { files, parsed, text } = parseScenario(file, data);
    return { scenario: parsed, finding: findingIn(text), files };
  }
  const text = new TextDecoder().decode(readWhole(file, file, mostBytes));
  try {
    return { ...readCounterexample(text), files: filesBeside(file, data) };
  } catch (error) {
    if (error instanceof NoCounterexample) throw new UsageError(`"${file}" cannot be replayed: ${error.message}`);
    throw error;
  }
}

/** Replays; an invariant that nobody knows is a matter of how the command was called. */
function replayed(work: () => ReplayOutcome): ReplayOutcome {
  try {
    return work();
  } catch (error) {
    if (error instanceof UnknownInvariant) throw new UsageError(error.message, "nines replay FILE --plugin mine.js");
    throw error;
  }
}
