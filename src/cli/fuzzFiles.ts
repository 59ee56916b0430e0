import type { OutFile } from "../node/writeOut.ts";
import { writeScenario } from "../scenario/export/scenarioText.ts";
import { hashText } from "../scenario/hash.ts";
import type { Mistake } from "../testing/campaign/tally.ts";
import { counterexampleJson, counterexampleName, counterexampleYaml } from "../testing/counterexample/counterexample.ts";
import { version } from "../version.ts";
import type { FuzzSettings } from "./fuzzCampaign.ts";
import { commandLine } from "./options.ts";

/** The command that draws and checks one scenario of a campaign again. */
export function againCommand(index: number, { plugin, relations, seed }: FuzzSettings): string {
  return commandLine([
    ...["nines", "fuzz", "--seed", String(seed), "--only", String(index)],
    ...(relations === "some" ? [] : ["--relations", relations]),
    ...plugin.flatMap((path) => ["--plugin", path]),
  ]);
}

/** What is written about a mistake: a counterexample to be replayed, or the scenario alone when no invariant is broken. */
export function filesOf(mistake: Mistake, settings: FuzzSettings): readonly OutFile[] {
  const { counterexample, first, found, scenario } = mistake;
  const name = nameOf(mistake);
  if (counterexample !== undefined) {
    return [
      { name: `${name}.json`, text: counterexampleJson(counterexample) },
      { name: `${name}.yaml`, text: counterexampleYaml(counterexample) },
    ];
  }
  const lines = [`Found by Nines ${version}: ${mistake.mistake}.`, `found: ${found}`, `drawn: ${againCommand(first, settings)}`];
  const header = lines.map((line) => `# ${line.replace(/[\p{Cc}\u2028\u2029]+/gu, " ")}\n`).join("");
  return [{ name: `${name}.yaml`, text: `${header}${writeScenario(scenario)}` }];
}

/** The name of its files, without their ends: the same for the same scenario and mistake. */
export function nameOf({ counterexample, mistake, scenario }: Mistake): string {
  if (counterexample !== undefined) return counterexampleName(counterexample);
  return `counterexample-${hashText(JSON.stringify([scenario, mistake]))}`;
}
