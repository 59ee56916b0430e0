import type { Checks } from "../invariants/watcher.ts";
import type { Design } from "../model/design.ts";
import type { Policy } from "../model/policies/own.ts";
import { hashText } from "../scenario/hash.ts";
import type { ParsedScenario } from "../scenario/parse.ts";
import type { Scenario } from "../scenario/schema/scenario.ts";
import { type ValidateOptions, type ValidScenario, validate } from "../scenario/validate.ts";
import { Course } from "./course.ts";
import { joinDesigns } from "./joined.ts";
import { isValid } from "./library.ts";
import { Run } from "./live.ts";
import { type Runnable, withAlways } from "./run.ts";
import { checkSnapshot, type RunIdentity, type Snapshot, SnapshotRefused } from "./snapshot.ts";

/** How a run is started that is to be stepped. */
export interface StartOptions extends Omit<ValidateOptions, "runs"> {
  /** Which of the independent runs of the seed, from 0; 0 when absent, which is the one that `run` tells. */
  readonly replication?: number;
  /** Keep the facts of requests and messages too; memory and snapshots then grow with the run. */
  readonly everyFact?: boolean;
  /** Invariants to watch, beside what the scenario says must always hold: the first that does not hold ends the run with a BrokenInvariant. */
  readonly checks?: Checks;
}

/**
 * Begins a run of a scenario that is stepped from outside; nothing has happened yet. To its end it is the first run of `run`.
 *
 * Takes what `run` takes and throws what it throws; variants are left aside, and so is how many runs the scenario wants.
 */
export function start(scenario: Scenario | ParsedScenario | ValidScenario, options: StartOptions = {}): Run {
  const { checks, everyFact = false, replication = 0 } = options;
  if (!Number.isSafeInteger(replication) || replication < 0)
    throw new RangeError(`a replication is a whole number from 0 on, not ${replication}`);
  const valid = isValid(scenario) ? scenario : validate(scenario, options);
  const identity = { scenario: runnable(valid, options.seed ?? valid.seed), hash: valid.hash, replication, everyFact };
  return new Run(courseOf(identity, undefined, withAlways(valid.always, checks)), identity);
}

/**
 * Goes on where a snapshot of the same scenario was taken, with the same draws: the rest of the run is what it would have been.
 *
 * Throws SnapshotRefused for a snapshot of another scenario, version or format, and what `run` throws. Invariants watch from the start of a run
 * on, so a restored one has none.
 */
export function restore(
  scenario: Scenario | ParsedScenario | ValidScenario,
  snapshot: Snapshot,
  options: Pick<ValidateOptions, "files" | "set" | "policies"> & Pick<StartOptions, "everyFact"> = {},
): Run {
  checkSnapshot(snapshot);
  const valid = isValid(scenario) ? scenario : validate(scenario, options);
  if (valid.hash !== snapshot.hash)
    throw new SnapshotRefused(
      `the snapshot is of ${snapshot.scenario.name} (hash ${snapshot.hash}), and this is ${valid.name} (hash ${valid.hash}): to go on with another scenario, branch`,
    );
  return goOn(snapshot, valid.policies, options.everyFact);
}

/**
 * Goes on where a snapshot was taken as another scenario, with the same draws; without one, or with one that is no other, the rest of the run is what it
 * would have been.
 *
 * The other scenario is the snapshot's with further faults and operations, none of them before the snapshot, and perhaps another `balancer.policy`
 * or weights. Its seed is that of the snapshot. Throws SnapshotRefused for anything else that differs in what is simulated, and for a snapshot of
 * another version.
 */
export function branch(
  snapshot: Snapshot,
  changed?: Scenario | ParsedScenario | ValidScenario,
  options: Pick<ValidateOptions, "files" | "set" | "policies"> & Pick<StartOptions, "everyFact"> = {},
): Run {
  checkSnapshot(snapshot);
  if (changed === undefined) return goOn(snapshot, options.policies ?? [], options.everyFact);
  const valid = isValid(changed) ? changed : validate(changed, options);
  const before = snapshot.scenario.design;
  const { design, faults, isBalancedAnew, operations } = joinDesigns(before, valid.design, snapshot.at);
  const isSame = faults.length === 0 && operations.length === 0 && !isBalancedAnew;
  const hash = isSame ? snapshot.hash : hashText(JSON.stringify([snapshot.hash, snapshot.events, faults, operations, design.balancer]));
  const identity = {
    scenario: { ...runnable(valid, snapshot.seed), design },
    hash,
    replication: snapshot.replication,
    everyFact: options.everyFact ?? snapshot.everyFact,
  };
  return new Run(courseOf(identity, snapshot, undefined, before), identity);
}

/** Goes on as what was being replayed. */
function goOn(snapshot: Snapshot, policies: readonly Policy[], everyFact = snapshot.everyFact): Run {
  const identity = { scenario: { ...snapshot.scenario, policies }, hash: snapshot.hash, replication: snapshot.replication, everyFact };
  return new Run(courseOf(identity, snapshot), identity);
}

function courseOf({ everyFact, replication, scenario }: RunIdentity, snapshot?: Snapshot, checks?: Checks, before?: Design): Course {
  const { design, policies, seed } = scenario;
  const known = before === undefined ? undefined : { faults: before.faults.length, operations: before.operations.length };
  return new Course({ design, seed, replication, keep: everyFact ? "all" : "control", checks, policies, known }, snapshot?.state);
}

/** What is replayed of a scenario. */
function runnable({ design, expectations, name, policies, summary }: ValidScenario, seed: number): Runnable {
  return { name, summary, seed, runs: 1, design, expectations, policies };
}
