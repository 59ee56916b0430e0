import type { Counterexample } from "../counterexample/counterexample.ts";
import { relations } from "../relations/index.ts";
import { wallClock } from "./clock.ts";
import { Coverage } from "./coverage.ts";
import { type Observed, propertiesOf } from "./observe.ts";
import { snapshotInUpgrade } from "./occasions.ts";
import type { CampaignOptions } from "./options.ts";
import type { Found } from "./shrink.ts";
import { distributionsOf, type SizeDistributions, type Sizes } from "./sizes.ts";

/** Something that went wrong in a campaign, and where. */
export interface Mistake extends Found {
  /** The first scenario in which it did, from 0. */
  readonly first: number;
  /** In how many scenarios it did. */
  readonly scenarios: number;
}

/** How many scenarios a relation was asked of. */
export interface RelationCount {
  readonly held: number;
  /** It says nothing about these. */
  readonly skipped: number;
}

/** What a campaign has come to. */
export interface CampaignReport {
  readonly seed: number;
  readonly scenarios: number;
  readonly events: number;
  readonly seconds: number;
  readonly sizes: SizeDistributions;
  readonly coverage: Coverage;
  /** The last scenario in which something happened that had not happened before, from 0; -1 when nothing did. */
  readonly newest: number;
  /** By id. */
  readonly relations: Readonly<Record<string, RelationCount>>;
  /** How often each occasion was met, over all scenarios. */
  readonly hits: Readonly<Record<string, number>>;
  /** Occasions that were never met: the campaign has failed. */
  readonly missed: readonly string[];
  /** Everything that went wrong, each once, made small. */
  readonly mistakes: readonly Mistake[];
  /** One for each invariant or relation that broke: those of the mistakes. */
  readonly counterexamples: readonly Counterexample[];
}

/** Adds up what the scenarios of a campaign have shown, in the order of their numbers. */
export class Tally {
  private drawn = 0;
  private newest = -1;
  private readonly started = wallClock();
  private readonly seed: number;
  private readonly sizes: Sizes[] = [];
  private readonly coverage = new Coverage();
  private readonly hits: Record<string, number> = {};
  private readonly relations = new Map<string, RelationCount>(relations.map(({ id }) => [id, { held: 0, skipped: 0 }]));
  private readonly mistakes = new Map<string, Mistake>();

  constructor(options: CampaignOptions) {
    this.seed = options.seed ?? 1;
    for (const property of propertiesOf(options)) if ("look" in property) this.hits[property.name] = 0;
    if (options.expectOccasions ?? true) this.hits[snapshotInUpgrade] = 0;
  }

  /** A scenario that holds. */
  add(index: number, { coverage, hits, relations: asked, sizes }: Observed): void {
    this.drawn++;
    this.sizes.push(sizes);
    if (this.coverage.add(coverage) > 0) this.newest = index;
    for (const [name, count] of Object.entries(hits)) this.hits[name] = (this.hits[name] ?? 0) + count;
    for (const { id, skipped } of asked) {
      const before = this.relations.get(id) ?? { held: 0, skipped: 0 };
      this.relations.set(id, {
        held: before.held + (skipped === undefined ? 1 : 0),
        skipped: before.skipped + (skipped === undefined ? 0 : 1),
      });
    }
  }

  /** A scenario that does not; returns whether its mistake is a new one. */
  addFound(index: number, found: Found): boolean {
    this.drawn++;
    const before = this.mistakes.get(found.mistake);
    this.mistakes.set(
      found.mistake,
      before === undefined ? { ...found, first: index, scenarios: 1 } : { ...before, scenarios: before.scenarios + 1 },
    );
    return before === undefined;
  }

  /** The same mistake in a smaller scenario. */
  replace(small: Found): void {
    const before = this.mistakes.get(small.mistake);
    if (before !== undefined) this.mistakes.set(small.mistake, { ...before, ...small });
  }

  /** What there is so far. */
  report(): CampaignReport {
    const { coverage, drawn: scenarios, hits, newest, seed, sizes } = this;
    const mistakes = [...this.mistakes.values()];
    return {
      seed,
      scenarios,
      events: sizes.reduce((sum, { events }) => sum + events, 0),
      seconds: wallClock() - this.started,
      sizes: distributionsOf(sizes),
      coverage,
      newest,
      relations: Object.fromEntries(this.relations),
      hits: { ...hits },
      missed: Object.keys(hits).filter((name) => hits[name] === 0),
      mistakes,
      counterexamples: mistakes.flatMap(({ counterexample }): readonly Counterexample[] =>
        counterexample === undefined ? [] : [counterexample],
      ),
    };
  }
}
