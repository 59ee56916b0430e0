import type { RunResult } from "../experiment/result.ts";
import { BrokenInvariant } from "../invariants/invariant.ts";
import type { Checks } from "../invariants/watcher.ts";
import { InvariantError } from "../kernel/invariant.ts";
import type { Micros } from "../kernel/time.ts";
import { clock } from "../node/clock.ts";
import { runInTurns } from "../node/turns.ts";
import { printable } from "../report/ink.ts";
import type { ValidScenario } from "../scenario/validate.ts";
import { asInvariant } from "../testing/relations/asInvariant.ts";
import { ask as askRelation } from "../testing/relations/checkRelations.ts";
import { toolsFor } from "../testing/relations/outcome.ts";
import { BrokenRelation, type Relation, type Subject } from "../testing/relations/relation.ts";
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
  /** Relations to ask of the scenario once it has been replayed, and the scenario as it was declared. */
  readonly relations?: readonly Relation[] | undefined;
  readonly subject?: Subject | undefined;
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
    if (interruptedAt === undefined) for (const relation of options.relations ?? []) ask(relation, scenario, options);
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

/** Compares runs that belong together; a relation that says nothing about the scenario says so on `err`. */
function ask(relation: Relation, scenario: ValidScenario, { subject = scenario, terminal }: ReplayOptions): void {
  try {
    const { skipped } = askRelation(relation, subject, toolsFor(scenario.policies));
    if (skipped !== undefined) terminal.err(`  ${relation.id} ${relation.name} says nothing about this scenario: ${printable(skipped)}\n`);
  } catch (error) {
    throw error instanceof BrokenRelation ? asInvariant(scenario, error) : error;
  }
}

/** What is printed and written of a run that was stopped says so. */
function marked(result: RunResult, interruptedAt: number): RunResult {
  const title = `${result.title} (interrupted after ${(100 * interruptedAt).toFixed(1)} %)`;
  return { ...result, title, summary: Object.assign({ ...result.summary }, { interrupted: true }) };
}
