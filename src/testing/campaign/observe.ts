import fc from "fast-check";
import { BrokenInvariant } from "../../invariants/invariant.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { validate } from "../../scenario/validate.ts";
import { check, type Property } from "../check.ts";
import { askLocated } from "../relations/askLocated.ts";
import type { CheckedRelation } from "../relations/checkRelations.ts";
import { relations } from "../relations/index.ts";
import { toolsFor } from "../relations/outcome.ts";
import { settling } from "../settling.ts";
import { thrownId } from "../thrown.ts";
import type { CoverageCounts } from "./coverage.ts";
import { occasions } from "./occasions.ts";
import type { CampaignOptions } from "./options.ts";
import { type Sizes, sizesOf } from "./sizes.ts";

/** What one scenario of a campaign has shown, as plain data: what a thread sends. */
export interface Observed {
  readonly sizes: Sizes;
  readonly coverage: CoverageCounts;
  /** How often each occasion was met. */
  readonly hits: Readonly<Record<string, number>>;
  /** The relations that were asked, and what the others say nothing about. */
  readonly relations: readonly CheckedRelation[];
}

/** What chooses scenario `index` of a campaign: fast-check's seed for a single run. Neighbours have nothing in common. */
export function drawingSeed(seed: number, index: number): number {
  // the finisher of MurmurHash3
  let hash = (Math.imul(seed, 1_000_003) + index) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/** Scenario `index` of a campaign, from 0: the same for the same seed, whoever draws it. */
export function drawn(options: CampaignOptions, index: number): Scenario {
  const { seed = 1 } = options;
  const [scenario] = fc.sample(scenariosOf(options), { seed: drawingSeed(seed, index), numRuns: 1 });
  if (scenario === undefined) throw new RangeError("fast-check draws nothing");
  return scenario;
}

/** The scenarios of a campaign, with time to settle where that is asked for. */
export function scenariosOf({ scenarios, settle }: CampaignOptions): fc.Arbitrary<Scenario> {
  return settle === undefined ? scenarios : scenarios.map((scenario) => settling(scenario, settle));
}

/** What is watched beside the catalogue. */
export function propertiesOf({ expectOccasions = true, properties = [] }: CampaignOptions): readonly Property[] {
  return [...properties, ...(expectOccasions ? occasions : [])];
}

/**
 * Checks a scenario as number `index` of a campaign: invariants, then a snapshot unless one relation was chosen for it, then relations. Throws what the
 * first of them that fails throws.
 */
export function observe(options: CampaignOptions, index: number, scenario: Scenario): Observed {
  const { expectOccasions = true, invariants = "all", policies = [] } = options;
  const valid = validate(scenario, { policies });
  const chosen = relationsFor(options, index);
  // another part of the way each time, the same for the same scenario
  const snapshots = expectOccasions && chosen.length !== 1 ? { snapshotAt: ((scenario.seed ?? 0) % 97) / 97 } : {};
  const properties = propertiesOf(options);
  const { coverage, events, hits } = check(valid, { invariants, policies, properties, replayTwice: false, ...snapshots });
  const subject = { design: valid.design, seed: valid.seed, declared: scenario };
  const asked = chosen.map((relation) => askLocated(relation, subject, toolsFor(policies), valid));
  return { sizes: sizesOf(valid, events), coverage, hits, relations: asked };
}

/** Every second scenario is asked for one relation, each in its turn; or all for all, or none. */
function relationsFor({ relations: share = "none" }: CampaignOptions, index: number) {
  if (share === "all") return relations;
  return share === "some" && index % 2 === 0 ? [relations[(index / 2) % relations.length]] : [];
}

/** What went wrong in a scenario, as a name: errors of the same name are the same mistake, as far as anybody can tell. */
export function mistakeOf(error: unknown): string {
  if (error instanceof BrokenInvariant)
    return error.invariant === thrownId ? withoutNumbers(error.found) : `${error.invariant} ${error.title}`;
  return error instanceof Error ? withoutNumbers(`${error.name}: ${error.message.split("\n")[0] ?? ""}`) : String(error);
}

/** Instants and numbers of things differ from run to run. */
function withoutNumbers(text: string): string {
  return text.replace(/\d+(\.\d+)?/g, "N");
}
