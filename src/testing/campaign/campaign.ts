import fc from "fast-check";
import { BrokenInvariant, type Invariant } from "../../invariants/invariant.ts";
import type { Policy } from "../../model/policies/own.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { type CheckReport, check, type Property } from "../check.ts";
import { type Counterexample, counterexampleOf } from "../counterexample/counterexample.ts";
import { minimise } from "../minimise/minimise.ts";
import { Coverage } from "./coverage.ts";
import { occasions, snapshotInUpgrade } from "./occasions.ts";

/** How a campaign is led. */
export interface CampaignOptions {
  /** Where scenarios come from, such as `arb.scenario()`. */
  readonly scenarios: fc.Arbitrary<Scenario>;
  /** How many scenarios; with `minutes` too, whichever ends first. 100 when neither is given. */
  readonly runs?: number;
  readonly minutes?: number;
  /** Chooses the scenarios; 1 when absent. */
  readonly seed?: number;
  readonly invariants?: "all" | readonly Invariant[];
  /** Beside the catalogue and its occasions. */
  readonly properties?: readonly Property[];
  readonly policies?: readonly Policy[];
  /** Whether the occasions of the catalogue must be met too; true when absent. */
  readonly expectOccasions?: boolean;
  /** Runs that may be spent on making one counterexample small. */
  readonly budget?: number;
}

/** What a campaign has come to. */
export interface CampaignReport {
  readonly seed: number;
  readonly scenarios: number;
  readonly events: number;
  readonly seconds: number;
  readonly coverage: Coverage;
  /** How often each occasion was met, over all scenarios. */
  readonly hits: Readonly<Record<string, number>>;
  /** Occasions that were never met: the campaign has failed. */
  readonly missed: readonly string[];
  /** One for each invariant that broke, made small. */
  readonly counterexamples: readonly Counterexample[];
}

/** Scenarios that are drawn, and shrunk, together. */
const batch = 10;
/** fast-check's own shrinking ends after so many runs: the minimiser goes on. */
const mostShrinks = 100;

/** Draws scenarios and checks each, and reports what was met; a bug of the simulator that is no broken invariant is thrown as it is. */
export function campaign(options: CampaignOptions): CampaignReport {
  const steps = campaignInSteps(options);
  let step = steps.next();
  while (!step.done) step = steps.next(true);
  return step.value;
}

/** As `campaign`: yields the report so far after every few scenarios; whoever drives it answers whether to go on. */
export function* campaignInSteps(options: CampaignOptions): Generator<CampaignReport, CampaignReport, boolean> {
  const { minutes = Number.POSITIVE_INFINITY, seed = 1 } = options;
  const { runs = options.minutes === undefined ? 100 : Number.POSITIVE_INFINITY } = options;
  const tally = new Tally(seed, options);
  const until = performance.now() + minutes * 60_000;
  while (tally.drawn < runs && performance.now() < until) {
    tally.drawBatch(Math.min(batch, runs - tally.drawn));
    if (!(yield tally.report())) break;
  }
  return tally.report();
}

class Tally {
  drawn = 0;
  private readonly started = performance.now();
  private scenarios = 0;
  private events = 0;
  private batches = 0;
  private readonly seed: number;
  private readonly options: CampaignOptions;
  private readonly coverage = new Coverage();
  private readonly hits: Record<string, number> = {};
  private readonly found = new Map<string, Counterexample>();
  private readonly properties: readonly Property[];

  constructor(seed: number, options: CampaignOptions) {
    this.seed = seed;
    this.options = options;
    const { expectOccasions = true, properties = [] } = options;
    this.properties = [...properties, ...(expectOccasions ? occasions : [])];
    for (const property of this.properties) if ("look" in property) this.hits[property.name] = 0;
    if (expectOccasions) this.hits[snapshotInUpgrade] = 0;
  }

  /** Draws and checks so many scenarios; at the first that fails it is made small instead of drawing the rest. */
  drawBatch(size: number): void {
    const seed = (this.seed * 1_000_003 + this.batches++) | 0;
    let isShrinking = false;
    const property = fc.property(fc.limitShrink(this.options.scenarios, mostShrinks), (scenario) => {
      if (!isShrinking) this.drawn++;
      try {
        this.add(this.checkOne(scenario, !isShrinking));
      } catch (error) {
        isShrinking = true;
        throw error;
      }
    });
    const { counterexample, counterexamplePath, errorInstance, failed } = fc.check(property, { seed, numRuns: size });
    if (!failed) return;
    if (!(errorInstance instanceof BrokenInvariant) || counterexample === null) throw errorInstance;
    this.keep(counterexample[0], errorInstance, { seed, path: counterexamplePath ?? "" });
  }

  report(): CampaignReport {
    const { coverage, events, hits, scenarios, seed } = this;
    const missed = Object.keys(hits).filter((name) => hits[name] === 0);
    const seconds = (performance.now() - this.started) / 1000;
    return { seed, scenarios, events, seconds, coverage, hits: { ...hits }, missed, counterexamples: [...this.found.values()] };
  }

  private checkOne(scenario: Scenario, isNew: boolean): CheckReport {
    const { invariants = "all", policies = [] } = this.options;
    // another part of the way each time, the same for the same scenario
    const snapshotAt = ((scenario.seed ?? 0) % 97) / 97;
    const snapshots = isNew && (this.options.expectOccasions ?? true) ? { snapshotAt } : {};
    return check(scenario, { invariants, policies, properties: this.properties, replayTwice: false, ...snapshots });
  }

  private add({ coverage, events, hits }: CheckReport): void {
    this.scenarios++;
    this.events += events;
    this.coverage.add(coverage);
    for (const [name, count] of Object.entries(hits)) this.hits[name] = (this.hits[name] ?? 0) + count;
  }

  /** One counterexample for each invariant is enough to work on. */
  private keep(scenario: Scenario, error: BrokenInvariant, drawn: { readonly seed: number; readonly path: string }): void {
    const key = `${error.invariant} ${error.title}`;
    if (this.found.has(key)) return;
    const broken = (candidate: Scenario): BrokenInvariant | undefined => {
      try {
        this.checkOne(candidate, error.invariant === "M2");
      } catch (thrown) {
        if (thrown instanceof BrokenInvariant && `${thrown.invariant} ${thrown.title}` === key) return thrown;
      }
      return undefined;
    };
    const {
      runs,
      scenario: small,
      steps,
    } = minimise(scenario, (candidate) => broken(candidate) !== undefined, {
      budget: this.options.budget ?? 300,
    });
    this.found.set(key, counterexampleOf(small, broken(small) ?? error, { drawn, shrink: { runs, steps } }));
  }
}
