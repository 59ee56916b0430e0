import type { RunResult } from "../experiment/result.ts";
import { BrokenInvariant } from "../invariants/invariant.ts";
import type { Checks } from "../invariants/watcher.ts";
import { InvariantError } from "../kernel/invariant.ts";
import type { Micros } from "../kernel/time.ts";
import { clock } from "../node/clock.ts";
import { runInTurns } from "../node/turns.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import type { Interrupt } from "./interrupt.ts";
import { ProgressBar } from "./progressBar.ts";
import type { Terminal } from "./terminal.ts";
import { stoppedAt } from "./until.ts";

/** A replayed scenario, and how far it came (0..1) when it was interrupted. */
export interface Outcome {
  readonly result: RunResult;
  readonly interruptedAt: number | undefined;
}

/** How a scenario is replayed for somebody who watches. */
export interface ReplayOptions {
  readonly reproduce: string;
  readonly everyFact: boolean | number;
  readonly interrupt: Interrupt;
  readonly terminal: Terminal;
  /** Invariants to watch. */
  readonly checks?: Checks | undefined;
  /** Where every run is stopped; expectations are of whole runs, so then none is judged. */
  readonly until?: Micros | undefined;
}

/** Replays a scenario with a progress bar until its end or an interrupt; an InvariantError leaves with seed and command. */
export async function replayWatched(scenario: ValidScenario, options: ReplayOptions): Promise<Outcome> {
  const { checks, everyFact, interrupt, reproduce, terminal, until } = options;
  const { runs, name } = scenario;
  const bar = new ProgressBar(terminal, clock, (done) =>
    runs === 1 ? `${Math.floor(100 * done)} % of ${name}` : `${Math.floor(done * runs)} of ${runs} runs`,
  );
  let interruptedAt: number | undefined;
  const progress = (done: number): boolean => {
    bar.show(done);
    if (interrupt.isAsked && done < 1) interruptedAt = done;
    return interruptedAt === undefined;
  };
  try {
    const wishes = { everyFact, reproduce, ...(checks === undefined ? {} : { checks }), ...(until === undefined ? {} : { until }) };
    const whole = await runInTurns(until === undefined ? scenario : { ...scenario, expectations: [] }, progress, wishes);
    const result = until === undefined ? whole : stoppedAt(whole, until);
    return { result: interruptedAt === undefined ? result : marked(result, interruptedAt), interruptedAt };
  } catch (error) {
    if (error instanceof InvariantError) error.seed ??= String(scenario.seed);
    const again = error instanceof BrokenInvariant ? `${reproduce} --check ${error.invariant}` : reproduce;
    throw error instanceof Error ? Object.assign(error, { reproduce: again }) : error;
  } finally {
    bar.clear();
  }
}

/** What is printed and written of a run that was stopped says so. */
function marked(result: RunResult, interruptedAt: number): RunResult {
  const title = `${result.title} (interrupted after ${(100 * interruptedAt).toFixed(1)} %)`;
  return { ...result, title, summary: Object.assign({ ...result.summary }, { interrupted: true }) };
}
