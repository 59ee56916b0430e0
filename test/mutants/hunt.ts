import fc from "fast-check";
import { invariants } from "../../src/invariants/index.ts";
import { BrokenInvariant } from "../../src/invariants/invariant.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";
import { arb } from "../../src/testing/arbitraries/index.ts";
import { check } from "../../src/testing/check.ts";
import { checkRelations } from "../../src/testing/relations/checkRelations.ts";
import { BrokenRelation } from "../../src/testing/relations/relation.ts";

/** What generated scenarios found. */
export interface Hunted {
  /** Id of the invariant or relation that broke, or the error's own words when it was neither. */
  readonly noticedBy: string;
  /** Scenarios it took. */
  readonly runs: number;
  readonly shrinks: number;
  /** Of the shrunk scenario: faults and operations, and hosts. */
  readonly happens: number;
  readonly hosts: number;
  /** The shrunk scenario. */
  readonly scenario: Scenario;
}

/**
 * Replays generated scenarios, watched by some invariants of the catalogue and nobody else, until one breaks, and shrinks the scenario in which it
 * does; undefined when all hold.
 */
export function hunt(ids: readonly string[], runs: number, seed: number): Hunted | undefined {
  const between = ids.filter((id) => id.startsWith("M"));
  const watching = invariants.filter(({ id }) => ids.includes(id));
  const property = fc.property(arb.scenario({ size: "small" }), (scenario) => {
    if (watching.length > 0) check(scenario, { invariants: watching, lookEvery: 1, replayTwice: false });
    if (between.length > 0) checkRelations(scenario, between);
  });
  const found = fc.check(property, { numRuns: runs, seed });
  const scenario = found.counterexample?.[0];
  if (!found.failed || scenario === undefined) return undefined;
  const { datacenter, faults, operations } = validate(scenario).design;
  return {
    noticedBy: nameOf(found.errorInstance),
    runs: found.numRuns,
    shrinks: found.numShrinks,
    happens: faults.length + operations.length,
    hosts: datacenter.faultDomains * datacenter.hostsPerFaultDomain,
    scenario,
  };
}

function nameOf(error: unknown): string {
  if (error instanceof BrokenInvariant || error instanceof BrokenRelation) return error.invariant;
  return String(error).split("\n")[0];
}
