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
  if (variants.length > 0) await tell(scenario, file, variants, options, terminal);
  if (isInterrupted) {
    const words = `  Interrupted, ${variants.length} of ${scenario.variants.length} variants were replayed`;
    terminal.err(`${bothEnds(words, `exit code ${ExitCode.interrupted}`, terminal.colours.err.warn)}\n`);
    return ExitCode.interrupted;
  }
  if (options.until !== undefined) terminal.err(`${stopWords(options.until, terminal)}\n`);
  const isMet = variants.every(({ result }) => result.summary.expectations.every(({ met }) => met));
  return isMet ? ExitCode.ok : ExitCode.expectationMissed;
}

async function writeVariant(folder: string, { result }: VariantResult): Promise<void> {
  const { outFiles } = await import("./outFiles.ts");
  writeOut(folder, await outFiles(result));
}

async function tell(
  scenario: ValidScenario,
  file: string,
  variants: readonly VariantResult[],
  options: RunCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const differences = compareVariants(variants);
  const summaries = Object.fromEntries(variants.map(({ name, result }) => [name, result.summary]));
  const json = `${JSON.stringify({ variants: summaries, differences }, null, 2)}\n`;
  const index = options.out === undefined ? undefined : join(options.out, "index.html");
  if (options.out !== undefined) {
    const { renderVariantsPage } = await import("../report/variants/page.ts");
    const text = renderVariantsPage(scenario.name, scenario.summary, variants, differences);
    writeOut(options.out, [
      { name: "index.html", text },
      { name: "variants.json", text: json },
    ]);
  }
  if (options.json) terminal.out(json);
  else {
    const reproduce = reproduceCommand(file, scenario, options);
    const { name, summary } = scenario;
    terminal.out(renderVariants(variants, differences, { colour: terminal.isColoured, scenario: name, title: summary, index, reproduce }));
  }
}
