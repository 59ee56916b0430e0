import { join } from "node:path";
import { compareVariants, type VariantResult } from "../experiment/variants.ts";
import { writeOut } from "../node/writeOut.ts";
import { renderVariants } from "../report/variants/terminal.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import { ExitCode } from "./exitCode.ts";
import { type ReplayOptions, replayWatched } from "./replay.ts";
import { everyFactOf, type RunCommandOptions } from "./runScenarioFile.ts";
import { reproduceCommand } from "./scenarioFile.ts";
import { bothEnds, type Terminal } from "./terminal.ts";
import { withTrace } from "./traceFacts.ts";
import { stopWords } from "./until.ts";

/** Replays every variant of a scenario, prints and writes what was asked for, and returns the exit code. */
export async function runVariantsOf(
  scenario: ValidScenario,
  file: string,
  options: RunCommandOptions,
  { checks, interrupt, relations, terminal }: Pick<ReplayOptions, "checks" | "interrupt" | "relations" | "terminal">,
): Promise<number> {
  const everyFact = everyFactOf(options);
  const variants: VariantResult[] = [];
  let isInterrupted = false;
  for (const one of scenario.variants) {
    const name = one.variant ?? one.name;
    const reproduce = reproduceCommand(file, one, options);
    const outcome = await replayWatched(one, { reproduce, everyFact, interrupt, terminal, checks, relations, until: options.until });
    isInterrupted = outcome.interruptedAt !== undefined;
    if (isInterrupted) break;
    const result = options.out === undefined ? outcome.result : withTrace(outcome.result);
    variants.push({ name, result });
    if (options.out !== undefined) await writeVariant(join(options.out, name), { name, result });
  }
  await interrupt.release();
  if (variants.length > 0) {
    const { name, summary } = scenario;
    const reproduce = reproduceCommand(file, scenario, options);
    await tellComparison({ kind: "variants", results: variants, scenario: name, title: summary, reproduce }, options, terminal);
  }
  if (isInterrupted) {
    const words = `  Interrupted, ${variants.length} of ${scenario.variants.length} variants were replayed`;
    terminal.err(`${bothEnds(words, `exit code ${ExitCode.interrupted}`, terminal.colours.err.warn)}\n`);
    return ExitCode.interrupted;
  }
  if (options.until !== undefined) terminal.err(`${stopWords(options.until, terminal)}\n`);
  const isMet = variants.every(({ result }) => result.summary.expectations.every(({ met }) => met));
  return isMet ? ExitCode.ok : ExitCode.expectationMissed;
}

/** Writes the report of one variant into a folder. */
export async function writeVariant(folder: string, { result }: VariantResult): Promise<void> {
  const { outFiles } = await import("./outFiles.ts");
  writeOut(folder, await outFiles(result));
}

/** What is compared, and how it is told. */
export interface Comparison {
  readonly results: readonly VariantResult[];
  /** What the results are: variants of a scenario, or designs of their own. */
  readonly kind: "variants" | "designs";
  readonly scenario: string;
  readonly title: string;
  readonly reproduce: string;
}

/** Prints and writes a comparison. */
export async function tellComparison(
  { kind, reproduce, results, scenario, title }: Comparison,
  { json: isJson, out }: Pick<RunCommandOptions, "json" | "out">,
  terminal: Terminal,
): Promise<void> {
  const differences = compareVariants(results);
  const summaries = Object.fromEntries(results.map(({ name, result }) => [name, result.summary]));
  const json = `${JSON.stringify({ [kind]: summaries, differences }, null, 2)}\n`;
  const isContest = kind === "designs";
  if (out !== undefined) {
    const { renderVariantsPage } = await import("../report/variants/page.ts");
    writeOut(out, [
      { name: "index.html", text: renderVariantsPage(scenario, title, results, differences, isContest) },
      { name: `${kind}.json`, text: json },
    ]);
  }
  if (isJson) {
    terminal.out(json);
    return;
  }
  const index = out === undefined ? undefined : join(out, "index.html");
  terminal.out(renderVariants(results, differences, { colour: terminal.isColoured, scenario, title, index, reproduce, isContest }));
}
