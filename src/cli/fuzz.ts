import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { loadPlugins } from "../node/plugins.ts";
import { writeOut } from "../node/writeOut.ts";
import { printable } from "../report/ink.ts";
import { grouped } from "../report/numbers.ts";
import { TextError } from "../scenario/textError.ts";
import { readDuration } from "../scenario/units.ts";
import type { CampaignReport } from "../testing/campaign/campaign.ts";
import { counterexampleJson, counterexampleName, counterexampleYaml } from "../testing/counterexample/counterexample.ts";
import { ExitCode } from "./exitCode.ts";
import { Interrupt } from "./interrupt.ts";
import { bothEnds, type Terminal } from "./terminal.ts";
import { UsageError } from "./usageError.ts";

/** The options of `nines fuzz`. */
export interface FuzzOptions {
  readonly for?: string;
  readonly runs?: number;
  readonly seed?: number;
  readonly out: string;
  readonly plugin?: readonly string[];
}

/** Leads a campaign over drawn scenarios, writes counterexamples, prints the report and returns the exit code. */
export async function fuzz(options: FuzzOptions, terminal: Terminal): Promise<number> {
  const { runs, seed = 1 } = options;
  const { invariants } = await loadPlugins(options.plugin ?? []);
  const minutes = options.for === undefined ? (runs === undefined ? 1 : undefined) : readMinutes(options.for);
  const { arb, campaignInSteps } = await generators();
  const lengths = { ...(minutes === undefined ? {} : { minutes }), ...(runs === undefined ? {} : { runs }) };
  const interrupt = new Interrupt();
  const steps = campaignInSteps({ scenarios: arb.scenario(), seed, properties: invariants, ...lengths });
  let step = steps.next();
  while (!step.done) {
    if (terminal.isWatched) terminal.err(`\r  ${grouped(step.value.scenarios)} scenarios `);
    await setImmediate();
    step = steps.next(!interrupt.isAsked);
  }
  if (terminal.isWatched) terminal.err("\r\u001B[2K");
  const isInterrupted = await interrupt.release();
  const report = step.value;
  writeOut(
    options.out,
    report.counterexamples.flatMap((one) => {
      const name = counterexampleName(one);
      return [
        { name: `${name}.json`, text: counterexampleJson(one) },
        { name: `${name}.yaml`, text: counterexampleYaml(one) },
      ];
    }),
  );
  terminal.out(words(report, options.out, terminal));
  if (report.counterexamples.length > 0) return ExitCode.invariantBroken;
  if (isInterrupted) return ExitCode.interrupted;
  return report.missed.length > 0 ? ExitCode.expectationMissed : ExitCode.ok;
}

/** fast-check is there for those who test, and not for those who only run scenarios. */
async function generators() {
  try {
    const [{ arb }, { campaignInSteps }] = await Promise.all([
      import("../testing/arbitraries/index.ts"),
      import("../testing/campaign/campaign.ts"),
    ]);
    return { arb, campaignInSteps };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    throw new UsageError("scenarios are drawn with fast-check, which is not installed", "npm i -D fast-check");
  }
}

function readMinutes(text: string): number {
  try {
    return readDuration(text) / 60_000_000;
  } catch (error) {
    if (error instanceof TextError) throw new UsageError(`--for is a time such as 10min: ${error.message}`);
    throw error;
  }
}

function words(report: CampaignReport, folder: string, { colours }: Terminal): string {
  const { good, bad, faint } = colours.out;
  const { counterexamples, coverage, events, hits, missed, scenarios, seconds, seed } = report;
  const speed = `${(scenarios / Math.max(seconds, 1e-9)).toFixed(1)} scenarios/s`;
  const lines = [
    bothEnds(`  ${grouped(scenarios)} scenarios, ${grouped(events)} events`, `${seconds.toFixed(0)} s, ${speed}`),
    bothEnds(`  ${grouped(coverage.changes.size)} changes of state, with the operation under way`, `seed ${seed}`),
    `  ${coverage.faults.size} kinds of faults, ${coverage.operations.size} kinds of operations, ${coverage.facts.size} kinds of facts`,
    "",
    ...Object.entries(hits).map(([name, count]) => {
      const isMissed = missed.includes(name);
      const line = bothEnds(`  ${isMissed ? "✕" : "✓"} ${name}`, isMissed ? "never" : grouped(count));
      return isMissed ? bad(line) : line;
    }),
    "",
  ];
  for (const one of counterexamples) {
    lines.push(bad(`  ✕ ${printable(`${one.finding.invariant} ${one.finding.name}: ${one.found}`)}`));
    lines.push(`    nines replay ${join(folder, `${counterexampleName(one)}.yaml`)}`);
  }
  if (counterexamples.length === 0) lines.push(good("  ✓ 0 counterexamples"));
  if (missed.length > 0) lines.push(faint(`  ${missed.length} of ${Object.keys(hits).length} occasions were never met`));
  return `${lines.join("\n")}\n`;
}
