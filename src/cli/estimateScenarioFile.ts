import { availableParallelism } from "node:os";
import { comparableFigures } from "../experiment/comparable.ts";
import { type Estimate, Estimator } from "../experiment/estimate/estimate.ts";
import { figureNamesOf, namesOf } from "../experiment/estimate/figureNames.ts";
import { clock } from "../node/clock.ts";
import { makeFolder, writeOut } from "../node/writeOut.ts";
import { renderEstimate } from "../report/terminalEstimate.ts";
import { type Precision, readPrecisions } from "../scenario/precisionText.ts";
import { TextError } from "../scenario/textError.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import { ExitCode } from "./exitCode.ts";
import { tellProblems } from "./failure.ts";
import { Interrupt } from "./interrupt.ts";
import { commandLine, type ScenarioOptions } from "./options.ts";
import { ProgressBar } from "./progressBar.ts";
import { replications } from "./replications.ts";
import { type ChosenScenario, changesOf, loadChosen } from "./scenarioFile.ts";
import { bothEnds, type Terminal } from "./terminal.ts";
import { UsageError } from "./usageError.ts";

/** The options of `nines estimate`. */
export interface EstimateCommandOptions extends Omit<ScenarioOptions, "runs"> {
  readonly precision?: string;
  readonly replications?: number;
  /** 0..1. */
  readonly confidence: number;
  readonly variant?: string;
  /** Threads; as many as the machine has processors when absent. */
  readonly workers?: number;
  readonly json?: true;
  readonly out?: string;
}

/** Replications when neither a number nor a precision is asked for, and at most when a precision is. */
const usualReplications = 30;
const mostReplications = 100_000;

/** Estimates the figures of a scenario file, prints and writes what was asked for, and returns the exit code. */
export async function estimateScenarioFile(file: string, options: EstimateCommandOptions, terminal: Terminal): Promise<number> {
  const interrupt = new Interrupt();
  const chosen: ChosenScenario = { file, options, variant: options.variant };
  const scenario = await loadChosen(chosen);
  tellProblems(scenario.warnings, terminal);
  if (scenario.variants.length > 0)
    throw new UsageError("this scenario has variants: choose one to estimate", "nines estimate FILE --variant NAME");
  const precisions = readWish(options.precision, scenario);
  if (options.out !== undefined) makeFolder(options.out);
  const count = options.replications ?? (precisions.length === 0 ? usualReplications : mostReplications);
  const { confidence } = options;
  const figures = figureNamesOf(scenario.design);
  const estimator = new Estimator(scenario, { precisions, confidence, replications: count, figures });
  const startedAt = clock();
  const workers = Math.min(options.workers ?? availableParallelism(), count);
  await replicateWatched({ chosen, scenario, estimator, workers, count }, interrupt, terminal);
  const wasInterrupted = (await interrupt.release()) && !estimator.isDone;
  if (estimator.taken === 0) return tellInterrupt(0, terminal);
  const estimate = estimator.result();
  const told = { ...estimate, wallSeconds: clock() - startedAt, reproduce: reproduceCommand(file, scenario, options, estimator.taken) };
  if (options.out !== undefined) writeOut(options.out, [{ name: "estimate.json", text: json(told) }]);
  if (options.json) terminal.out(json(told));
  else terminal.out(renderEstimate(estimate, { colour: terminal.isColoured, shown: shownOf(estimate), ...told }));
  if (wasInterrupted) return tellInterrupt(estimator.taken, terminal);
  return estimate.expectations.some(({ verdict }) => verdict === "missed") ? ExitCode.expectationMissed : ExitCode.ok;
}

interface Work {
  readonly chosen: ChosenScenario;
  readonly scenario: ValidScenario;
  readonly estimator: Estimator;
  readonly workers: number;
  readonly count: number;
}

/** Feeds the estimator until it has enough or somebody interrupts; replications that were begun then are dropped. */
async function replicateWatched(
  { chosen, scenario, estimator, workers, count }: Work,
  interrupt: Interrupt,
  terminal: Terminal,
): Promise<void> {
  const bar = new ProgressBar(terminal, clock, (done) => progressWords(estimator, done));
  const goesOn = (): boolean => {
    bar.show(estimator.progress());
    return !interrupt.isAsked;
  };
  try {
    for await (const replication of replications(chosen, scenario, workers, { count, goesOn, isWanted: () => !estimator.isDone })) {
      estimator.take(replication);
      if (estimator.isDone) return;
    }
  } finally {
    bar.clear();
  }
}

function progressWords(estimator: Estimator, done: number): string {
  const about = done > 0 ? ` of about ${Math.max(estimator.taken, Math.round(estimator.taken / done))}` : "";
  const [first] = estimator.precisions().filter(({ reached }) => !reached);
  const ratio =
    first === undefined || first.value === null || first.low === null || first.wanted === null
      ? undefined
      : (first.value - first.low) / first.wanted;
  const off = ratio === undefined || !Number.isFinite(ratio) ? "" : `, ${first?.metric} ${ratio.toFixed(1)}× too wide`;
  return `${estimator.taken}${about} runs${off}`;
}

function readWish(text: string | undefined, { design }: ValidScenario): readonly Precision[] {
  if (text === undefined) return [];
  try {
    return readPrecisions(text, namesOf(design));
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    const found = text.slice(error.at, error.at + error.length).trim();
    const place = found === "" ? `at column ${error.at + 1}` : `at column ${error.at + 1}, "${found}"`;
    throw new UsageError(`--precision ${place}: ${error.message}`, error.hint);
  }
}

/** What is shown of all figures: those by which designs are compared, and those of expectations. */
function shownOf({ expectations }: Estimate): ReadonlySet<string> {
  return new Set([...comparableFigures.map(({ key }) => key), "downtime", ...expectations.map(({ metric }) => metric)]);
}

function reproduceCommand(file: string, { seed, variant }: ValidScenario, options: EstimateCommandOptions, replications: number): string {
  const one = variant === undefined ? [] : ["--variant", variant];
  const confidence = options.confidence === 0.95 ? [] : ["--confidence", `${100 * options.confidence}%`];
  return commandLine([
    "nines",
    "estimate",
    file,
    ...one,
    ...changesOf(options),
    "--seed",
    String(seed),
    "--replications",
    String(replications),
    ...confidence,
  ]);
}

function tellInterrupt(taken: number, terminal: Terminal): number {
  const words = taken === 0 ? "  Interrupted before the first run was over" : `  Interrupted, the figures are of ${taken} runs`;
  terminal.err(`${bothEnds(words, `exit code ${ExitCode.interrupted}`, terminal.colours.err.warn)}\n`);
  return ExitCode.interrupted;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
