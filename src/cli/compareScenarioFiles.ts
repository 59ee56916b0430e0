import { basename, join } from "node:path";
import type { VariantResult } from "../experiment/variants.ts";
import { loadPlugins } from "../node/plugins.ts";
import { makeFolder } from "../node/writeOut.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import { ExitCode } from "./exitCode.ts";
import { tellProblems } from "./failure.ts";
import { Interrupt } from "./interrupt.ts";
import { commandLine, type ScenarioOptions } from "./options.ts";
import { replayWatched } from "./replay.ts";
import { tellComparison, writeVariant } from "./runVariants.ts";
import { changesOf, loadScenario, reproduceCommand } from "./scenarioFile.ts";
import { bothEnds, type Terminal } from "./terminal.ts";
import { UsageError } from "./usageError.ts";

/** The options of `nines compare`. */
export interface CompareOptions extends ScenarioOptions {
  readonly json?: true;
  readonly out?: string;
}

/** Fewer runs hardly give an interval. */
const usualRuns = 10;

interface Design {
  readonly file: string;
  readonly name: string;
  readonly scenario: ValidScenario;
}

/** Replays designs on the same draws, says which is better and why, and returns the exit code. */
export async function compareScenarioFiles(files: readonly string[], options: CompareOptions, terminal: Terminal): Promise<number> {
  const designs = await loadDesigns(files, options, terminal);
  const interrupt = new Interrupt();
  if (options.out !== undefined) makeFolder(options.out);
  const results: VariantResult[] = [];
  for (const { file, name, scenario } of designs) {
    const reproduce = reproduceCommand(file, scenario, options);
    const { result, interruptedAt } = await replayWatched(scenario, { reproduce, everyFact: false, interrupt, terminal });
    if (interruptedAt !== undefined) {
      await interrupt.release();
      const words = `  Interrupted in design ${results.length + 1} of ${designs.length}: nothing can be compared`;
      terminal.err(`${bothEnds(words, `exit code ${ExitCode.interrupted}`, terminal.colours.err.warn)}\n`);
      return ExitCode.interrupted;
    }
    results.push({ name, result });
  }
  await interrupt.release();
  const title = `${results.map(({ name }) => name).join(" or ")}?`;
  if (options.out !== undefined) for (const one of results) await writeVariant(join(options.out, one.name), one);
  const reproduce = reproduceOf(designs, options);
  await tellComparison({ kind: "designs", results, scenario: "compare", title, reproduce }, options, terminal);
  const isMet = results.every(({ result }) => result.summary.expectations.every(({ met }) => met));
  return isMet ? ExitCode.ok : ExitCode.expectationMissed;
}

/** All designs with the luck of the first, so that what is drawn for one is drawn for all; throws UsageError. */
async function loadDesigns(files: readonly string[], options: CompareOptions, terminal: Terminal): Promise<readonly Design[]> {
  const { policies } = await loadPlugins(options.plugin ?? []);
  const { runs = usualRuns } = options;
  const first = loadScenario(files[0] ?? "", { ...options, runs }, policies);
  const scenarios = files.map((file) => loadScenario(file, { ...options, runs, seed: options.seed ?? first.seed }, policies));
  for (const { warnings } of scenarios) tellProblems(warnings, terminal);
  const designs =
    files.length === 1 && first.variants.length > 1
      ? first.variants.map((scenario) => ({ file: files[0] ?? "", scenario, name: scenario.variant ?? scenario.name }))
      : scenarios.map((scenario, place) => ({ file: files[place] ?? "", scenario, name: scenario.name }));
  if (designs.length < 2)
    throw new UsageError(
      "a design is compared with another one: give a second scenario, or one that has variants",
      "nines compare A.yaml B.yaml",
    );
  const several = designs.find(({ scenario }) => scenario.variants.length > 0);
  if (several !== undefined)
    throw new UsageError(`${several.file} has variants: compare them by themselves`, `nines compare ${several.file}`);
  const horizons = new Set(designs.map(({ scenario }) => scenario.design.horizon));
  if (horizons.size > 1)
    throw new UsageError("designs are compared over the same time, and these have horizons of their own: --set horizon=30min");
  const names = new Set(designs.map(({ name }) => name));
  return names.size === designs.length ? designs : designs.map((design, place) => ({ ...design, name: uniqueName(files, place) }));
}

/** The file's own name, or its place too when that does not tell files apart. */
function uniqueName(files: readonly string[], place: number): string {
  const name = basename(files[place] ?? "").replace(/\.ya?ml$/, "");
  const isAlone = files.filter((file) => basename(file).replace(/\.ya?ml$/, "") === name).length === 1;
  return isAlone ? name : `${place + 1}-${name}`;
}

function reproduceOf(designs: readonly Design[], options: CompareOptions): string {
  const files = new Set(designs.map(({ file }) => file));
  const { seed = 0, runs = usualRuns } = designs[0]?.scenario ?? {};
  return commandLine(["nines", "compare", ...files, ...changesOf(options), "--seed", String(seed), "--runs", String(runs)]);
}
