import type { RunDiff } from "../experiment/diff.ts";
import { diffRuns } from "../experiment/diff.ts";
import { compareVariants } from "../experiment/variants.ts";
import { loadPlugins } from "../node/plugins.ts";
import { factTeller } from "../report/diff/factText.ts";
import { areEqual, renderDiff } from "../report/diff/terminal.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import { ExitCode } from "./exitCode.ts";
import { tellProblems } from "./failure.ts";
import type { ScenarioOptions } from "./options.ts";
import { loadScenario, variantOf } from "./scenarioFile.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usageError.ts";

/** The options of `nines diff`. */
export interface DiffOptions extends Omit<ScenarioOptions, "runs"> {
  readonly variant?: string;
  readonly json?: true;
}

/** Replays two scenarios side by side, prints where they part, and returns the exit code; `--seed`, `--set` and `--variant` are of the other one. */
export async function diffScenarios(
  file: string,
  otherFile: string | undefined,
  options: DiffOptions,
  terminal: Terminal,
): Promise<number> {
  const { data = [], json, plugin = [], seed, set = [], variant } = options;
  if (otherFile === undefined && seed === undefined && set.length === 0 && variant === undefined)
    throw new UsageError(
      "a run is compared with another one: give a second scenario, --seed, --set or --variant",
      "nines diff FILE --seed 7",
    );
  const { policies } = await loadPlugins(plugin);
  const first = oneOf(loadScenario(file, { data, runs: 1 }, policies), undefined);
  const changes = { data, set, runs: 1, ...(seed === undefined ? {} : { seed }) };
  const other = oneOf(loadScenario(otherFile ?? file, changes, policies), variant);
  tellProblems([...new Map([...first.warnings, ...other.warnings].map((one) => [JSON.stringify(one), one])).values()], terminal);
  const diff = diffRuns(first, other, factTeller);
  const isEqual = areEqual(diff);
  const code = isEqual ? ExitCode.ok : ExitCode.different;
  if (json) terminal.out(`${JSON.stringify(asJson(diff, isEqual), null, 2)}\n`);
  else {
    const changed = [...(seed === undefined ? [] : [`seed ${seed}`]), ...set];
    const files = otherFile === undefined ? ["", ""] : [` (${file})`, ` (${otherFile})`];
    const names = [`${first.name}${files[0]}`, [`${other.name}${files[1]}`, ...changed].join(", ")] as const;
    terminal.out(renderDiff(diff, { colour: terminal.isColoured, names, right: isEqual ? "" : `exit code ${code}` }));
  }
  return code;
}

/** The scenario that is replayed: of one with variants the one named, else the first. */
function oneOf(scenario: ValidScenario, variant: string | undefined): ValidScenario {
  return variant === undefined ? (scenario.variants[0] ?? scenario) : variantOf(scenario, variant);
}

function asJson({ difference, first, other }: RunDiff, isEqual: boolean) {
  const differences = compareVariants([
    { name: "first", result: first },
    { name: "other", result: other },
  ]);
  return { isEqual, difference, first: first.summary, other: other.summary, figures: differences[0]?.figures };
}
