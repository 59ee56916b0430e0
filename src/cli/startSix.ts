import { join, relative } from "node:path";
import type { RunResult } from "../experiment/result.ts";
import { clock } from "../node/clock.ts";
import { packageRoot } from "../node/packageRoot.ts";
import { makeFolder, writeOut } from "../node/writeOut.ts";
import { renderIndex } from "../report/indexPage.ts";
import { renderVerdictTable } from "../report/terminal.ts";
import { ExitCode } from "./exitCode.ts";
import { tellProblems } from "./failure.ts";
import { Interrupt } from "./interrupt.ts";
import { outFiles } from "./outFiles.ts";
import { replayWatched } from "./replay.ts";
import { loadScenario, reproduceCommand } from "./scenarioFile.ts";
import type { Terminal } from "./terminal.ts";
import { withTrace } from "./traceFacts.ts";

/** The scenarios that `nines start` replays, by name. */
const six = ["app-crash", "hardware-failure", "rack-failure", "rolling-upgrade", "scale-out", "zero-downtime-swap"];

/** Replays the six scenarios of the package, writes a report of each into a folder below `out`, prints the verdicts and returns the exit code. */
export async function startSix(out: string, terminal: Terminal): Promise<number> {
  const startedAt = clock();
  const interrupt = new Interrupt();
  const results: RunResult[] = [];
  let isInterrupted = false;
  makeFolder(out);
  for (const name of six) {
    const file = relative(".", packageRoot("scenarios", `${name}.yaml`));
    const scenario = loadScenario(file, {});
    tellProblems(scenario.warnings, terminal);
    const reproduce = reproduceCommand(file, scenario, {});
    const outcome = await replayWatched(scenario, { reproduce, everyFact: false, interrupt, terminal });
    isInterrupted = outcome.interruptedAt !== undefined;
    if (isInterrupted) break;
    const result = withTrace(outcome.result);
    results.push(result);
    writeOut(join(out, name), await outFiles(result));
  }
  isInterrupted = (await interrupt.release()) || isInterrupted;
  const index = join(out, "index.html");
  writeOut(out, [{ name: "index.html", text: renderIndex(results) }]);
  terminal.out(renderVerdictTable(results, { colour: terminal.isColoured, seconds: clock() - startedAt, index }));
  if (isInterrupted) return ExitCode.interrupted;
  return results.every(({ summary }) => summary.expectations.every(({ met }) => met)) ? ExitCode.ok : ExitCode.expectationMissed;
}
