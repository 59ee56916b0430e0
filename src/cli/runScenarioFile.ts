import type { RunResult } from "../experiment/result.ts";
import { BrokenInvariant } from "../invariants/invariant.ts";
import { loadPlugins } from "../node/plugins.ts";
import { makeFolder, makePlace, writeFile, writeOut } from "../node/writeOut.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import { subjectOf } from "../testing/relations/checkRelations.ts";
import type { Subject } from "../testing/relations/relation.ts";
import { brokenJson } from "./broken.ts";
import { readChecks } from "./checks.ts";
import { ExitCode } from "./exitCode.ts";
import { tellProblems } from "./failure.ts";
import { Interrupt } from "./interrupt.ts";
import type { ScenarioOptions } from "./options.ts";
import { type Outcome, replayWatched } from "./replay.ts";
import { loadScenario, parseScenario, reproduceCommand, variantOf } from "./scenarioFile.ts";
import { bothEnds, type Terminal } from "./terminal.ts";
import { factsToKeep, type TraceFacts, usualFacts, withTrace } from "./traceFacts.ts";
import { checkUntil, stopWords } from "./until.ts";
import { UsageError } from "./usageError.ts";

/** The options of `nines run`. */
export interface RunCommandOptions extends ScenarioOptions {
  readonly json?: true;
  readonly out?: string;
  readonly trace?: string;
  /** What goes into trace.ndjson. */
  readonly facts?: TraceFacts;
  readonly variant?: string;
  /** Where every run is stopped, in microseconds. */
  readonly until?: number;
  /** Ids and names of invariants, separated by commas; true: all. */
  readonly check?: string | true;
}

/** Replays a scenario file, prints and writes what was asked for, and returns the exit code. */
export async function runScenarioFile(file: string, options: RunCommandOptions, terminal: Terminal): Promise<number> {
  try {
    return await replayFile(file, options, terminal);
  } catch (error) {
    if (options.json && error instanceof BrokenInvariant) terminal.out(brokenJson(error));
    throw error;
  }
}

async function replayFile(file: string, options: RunCommandOptions, terminal: Terminal): Promise<number> {
  const interrupt = new Interrupt();
  const own = await loadPlugins(options.plugin ?? []);
  const { checks, relations } = readChecks(options.check, own.invariants);
  const whole = loadScenario(file, options, own.policies);
  tellProblems(whole.warnings, terminal);
  const scenario = options.variant === undefined ? whole : variantOf(whole, options.variant);
  const { until } = options;
  if (until !== undefined) checkUntil(scenario, until);
  const isSeveral = scenario.variants.length > 0;
  if (isSeveral && options.trace !== undefined)
    throw new UsageError("--trace tells one run, and this scenario has variants: choose one", "nines run FILE --variant NAME --trace FILE");
  if (options.facts !== undefined && options.out === undefined)
    throw new UsageError("--facts says what goes into the trace that --out writes", "nines run FILE --out DIR --facts control");
  // better told now than after a long run
  if (options.out !== undefined) makeFolder(options.out);
  if (options.trace !== undefined) makePlace(options.trace);
  if (isSeveral) {
    const { runVariantsOf } = await import("./runVariants.ts");
    return runVariantsOf(scenario, file, options, { checks, interrupt, relations, terminal });
  }
  const everyFact = everyFactOf(options);
  const reproduce = reproduceCommand(file, scenario, options);
  const subject = relations.length === 0 || options.variant !== undefined ? undefined : declaredIn(file, scenario, options);
  const outcome = await replayWatched(scenario, { reproduce, everyFact, interrupt, terminal, checks, relations, subject, until });
  await interrupt.release();
  const result = options.out === undefined ? outcome.result : withTrace(outcome.result);
  await write(result, options);
  await print(result, options, terminal);
  return tellEnd(outcome, until, terminal);
}

/** Which facts to keep: only the trace in NDJSON tells of single requests. */
export function everyFactOf({ facts = usualFacts, out }: RunCommandOptions): boolean | number {
  return out === undefined ? false : factsToKeep(facts);
}

/** The scenario as relations see it. */
function declaredIn(file: string, { policies, seed }: ValidScenario, { data = [], set = [] }: RunCommandOptions): Subject {
  const { files, parsed } = parseScenario(file, data);
  return subjectOf(parsed, { files, policies, seed, set });
}

async function write(result: RunResult, { out, trace }: RunCommandOptions): Promise<void> {
  if (out !== undefined) {
    const { outFiles } = await import("./outFiles.ts");
    writeOut(out, await outFiles(result));
  }
  if (trace !== undefined) {
    const { perfetto } = await import("../report/export/perfetto.ts");
    writeFile(trace, perfetto(result));
  }
}

async function print(result: RunResult, { json, out }: RunCommandOptions, terminal: Terminal): Promise<void> {
  if (json) {
    terminal.out(`${JSON.stringify(result.summary, null, 2)}\n`);
    return;
  }
  const { renderRun } = await import("../report/terminal.ts");
  terminal.out(renderRun(result, { colour: terminal.isColoured, ...(out === undefined ? {} : { report: `${out}/report.html` }) }));
}

/** The exit code, and a word on an interrupt. */
function tellEnd({ result, interruptedAt }: Outcome, until: number | undefined, terminal: Terminal): number {
  if (interruptedAt !== undefined) {
    const words = `  Interrupted after ${(100 * interruptedAt).toFixed(1)} %, the figures are of that part`;
    terminal.err(`${bothEnds(words, `exit code ${ExitCode.interrupted}`, terminal.colours.err.warn)}\n`);
    return ExitCode.interrupted;
  }
  if (until !== undefined) terminal.err(`${stopWords(until, terminal)}\n`);
  return result.summary.expectations.every(({ met }) => met) ? ExitCode.ok : ExitCode.expectationMissed;
}
