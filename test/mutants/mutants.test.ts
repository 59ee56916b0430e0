import { afterAll, describe, expect, it } from "vitest";
import { buildMutant } from "./build.ts";
import { changingMutants } from "./changing.ts";
import type { Hunted } from "./hunt.ts";
import { placementMutants } from "./placement.ts";
import { servingMutants } from "./serving.ts";

const mutants = [...placementMutants, ...servingMutants, ...changingMutants];
const seed = 20261124;
const mostRuns = 500;
const found = new Map<string, Hunted>();

// minutes long: for a change of the model or of the catalogue
describe.runIf(process.env.NINES_LONG === "1")("a model with one mistake in it", () => {
  it("is made in at least forty ways, each with a name of its own", () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    expect(mutants.length).toBeGreaterThanOrEqual(40);
  });

  it.each(mutants)("$name: $noticedBy notices", { timeout: 120_000 }, async (mutant) => {
    const { hunt } = await buildMutant(mutant);
    const hunted = hunt(mutant.noticedBy, mostRuns, seed);
    if (hunted !== undefined) found.set(mutant.name, hunted);
    expect(mutant.noticedBy).toContain(hunted?.noticedBy);
  });

  it("is shown by a small scenario: in the median at most three faults and operations and four hosts", () => {
    expect(found.size).toBe(mutants.length);
    const sizes = [...found.values()].map(({ scenario }) => scenario);
    const happens = sizes.map(({ faults = [], operations = [] }) => faults.length + operations.length);
    const hosts = sizes.map(({ datacenter }) => (datacenter?.faultDomains ?? 2) * (datacenter?.hostsPerFaultDomain ?? 2));
    expect(median(happens)).toBeLessThanOrEqual(3);
    expect(median(hosts)).toBeLessThanOrEqual(4);
  });
});

afterAll(() => {
  if (process.env.NINES_TABLE === undefined) return;
  for (const [name, { noticedBy, runs, scenario, shrinks }] of found) {
    const { datacenter, faults = [], operations = [] } = scenario;
    const hosts = (datacenter?.faultDomains ?? 2) * (datacenter?.hostsPerFaultDomain ?? 2);
    console.log(
      [
        noticedBy.padEnd(4),
        name.padEnd(80),
        `${runs} runs`,
        `${shrinks} shrinks`,
        `${faults.length + operations.length} happen, ${hosts} hosts`,
      ].join("  "),
    );
  }
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
