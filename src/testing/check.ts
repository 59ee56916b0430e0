import { isValid } from "../experiment/library.ts";
import { runScenario } from "../experiment/run.ts";
import { invariants as catalogue } from "../invariants/index.ts";
import type { Invariant } from "../invariants/invariant.ts";
import { InvariantError } from "../kernel/invariant.ts";
import type { Summary } from "../metrics/summary.ts";
import type { Policy } from "../model/policies/own.ts";
import { ParsedScenario } from "../scenario/parse.ts";
import type { Scenario } from "../scenario/schema/scenario.ts";
import { type ValidScenario, validate } from "../scenario/validate.ts";
import { Coverage } from "./campaign/coverage.ts";
import { isUnderWay, snapshotInUpgrade } from "./campaign/occasions.ts";
import { choose } from "./chosen.ts";
import type { Occasion } from "./properties/sometimes.ts";
import { askLocated } from "./relations/askLocated.ts";
import { type CheckedRelation, subjectOf } from "./relations/checkRelations.ts";
import { toolsFor } from "./relations/outcome.ts";
import { replayIdentity } from "./replayIdentity.ts";
import { settling } from "./settling.ts";
import { checkSnapshot } from "./snapshotIdentity.ts";
import { Locator } from "./thrown.ts";

/** What must hold of a run, or should happen in it. */
export type Property = Invariant | Occasion;

/** How a scenario is checked. */
export interface CheckOptions {
  /**
   * What of the catalogue must hold: ids, names or invariants. M1 to M15 hold between runs, and cost as many more as each of them needs; "all" are
   * those that are watched while a run is under way, S and T, and is meant when absent.
   */
  readonly invariants?: "all" | readonly (string | Invariant)[];
  /**
   * A time such as "10min": faults end at the horizon, or when the scenario itself says (`heal`), and within this time from then on all must be well
   * (T9); the horizon moves if need be. Leave `replayTwice` and the rest as they are: they see the longer run.
   */
  readonly settle?: string;
  /** Invariants and occasions of the user's own. */
  readonly properties?: readonly Property[];
  /** Policies of the user's own that the scenario names. */
  readonly policies?: readonly Policy[];
  /** Monitors look through the world after so many events; absent: the larger it is, the more seldom. */
  readonly lookEvery?: number;
  /** Replays the scenario a second time and compares: a policy that keeps something to itself is found by it. */
  readonly replayTwice?: boolean;
  /** Saves, restores and compares the first run there: after so many events, or below 1 after that part of them. */
  readonly snapshotAt?: number;
  /** In place of the scenario's own. */
  readonly seed?: number;
}

/** What a scenario that holds has shown. */
export interface CheckReport {
  readonly name: string;
  readonly seed: number;
  readonly events: number;
  /** Of the events, 16 hex digits. */
  readonly fingerprint: string;
  readonly summary: Summary;
  /** How often each occasion happened, by name. */
  readonly hits: Readonly<Record<string, number>>;
  /** What happened in the run at all. */
  readonly coverage: Coverage;
  /** The relations that were named: each holds, or says nothing about the scenario. */
  readonly relations: readonly CheckedRelation[];
}

/**
 * Replays a scenario while its invariants are watched, and tells what happened in it; needs no test framework.
 *
 * Throws BrokenInvariant at the first that does not hold, with instant, event, seed and fingerprint. What the model, a property or a policy throws
 * is such an error too, of the invariant "error", with what was thrown as its cause: a counterexample can be made of it. Throws ScenarioError when
 * the scenario is wrong; RangeError for an id or a name that nothing in the catalogue has, and for `settle` with a scenario that is no plain object.
 */
export function check(scenario: Scenario | ParsedScenario | ValidScenario, options: CheckOptions = {}): CheckReport {
  const { invariants = "all", lookEvery, policies = [], properties = [], replayTwice = true } = options;
  const chosen = choose(invariants === "all" ? catalogue : invariants);
  const whole = options.settle === undefined ? scenario : settled(scenario, options.settle);
  const valid = isValid(whole) ? whole : validate(whole, { policies });
  const seed = options.seed ?? valid.seed;
  const coverage = new Coverage();
  const hits: Record<string, number> = {};
  const own = properties.map((property) => ("look" in property ? counted(property, hits) : property));
  const identity = replayIdentity();
  const locator = new Locator();
  const watched = [locator.invariant, ...chosen.invariants, ...own, coverage.observer()];
  const runnable = { ...valid, seed };
  const looks = lookEvery === undefined ? {} : { lookEvery };
  try {
    const { summary } = runScenario(runnable, { checks: { invariants: replayTwice ? [...watched, identity.first] : watched, ...looks } });
    if (replayTwice) runScenario(runnable, { checks: { invariants: [locator.invariant, identity.second], ...looks } });
    const { events, fingerprint } = summary;
    if (options.snapshotAt !== undefined) {
      const at = options.snapshotAt < 1 ? Math.floor(options.snapshotAt * events) : options.snapshotAt;
      hits[snapshotInUpgrade] ??= 0;
      const single = valid.runs === 1 ? fingerprint : runScenario({ ...runnable, runs: 1 }).summary.fingerprint;
      checkSnapshot(valid, seed, at, single, (platform) => {
        if (isUnderWay(platform, "upgrade")) hits[snapshotInUpgrade] = 1;
      });
    }
    const subject = { ...subjectOf(whole, { policies }), seed };
    const relations = chosen.relations.map((relation) => askLocated(relation, subject, toolsFor(valid.policies), { ...valid, seed }));
    return { name: valid.name, seed, events, fingerprint, summary, hits, coverage, relations };
  } catch (thrown) {
    const error = locator.located(thrown);
    if (error instanceof InvariantError) error.seed ??= String(seed);
    throw error;
  }
}

function settled(scenario: Scenario | ParsedScenario | ValidScenario, settle: string): Scenario {
  if (isValid(scenario) || scenario instanceof ParsedScenario)
    throw new RangeError("settle changes the scenario: give it as an object, or write heal.at and heal.settle into it");
  return settling(scenario, settle);
}

/** An occasion that is watched as invariants are, and never breaks. */
function counted({ look, name, statement }: Occasion, hits: Record<string, number>): Invariant {
  hits[name] ??= 0;
  const hit = (): void => {
    hits[name] = (hits[name] ?? 0) + 1;
  };
  return { id: "occasion", name, statement, watch: (run) => look(run, hit) };
}
