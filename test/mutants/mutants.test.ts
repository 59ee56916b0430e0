import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { buildMutant } from "./build.ts";
import { changingMutants } from "./changing.ts";
import type { Hunted } from "./hunt.ts";
import type { Mutant } from "./mutant.ts";
import { pageOf } from "./page.ts";
import { placementMutants } from "./placement.ts";
import { servingMutants } from "./serving.ts";

const mutants = [...placementMutants, ...servingMutants, ...changingMutants];
const seed = 20261124;
const mostRuns = 500;
const page = new URL("MUTANTS.md", import.meta.url);
const isLong = process.env.NINES_LONG === "1";
/** Quick to be noticed, each by another part of the catalogue: hunted whenever tests run. */
const always = [
  "placement ignores what a host has left",
  "a failed request is not counted for its client",
  "a snapshot forgets which event came first",
];

async function findIn(mutant: Mutant): Promise<Hunted | undefined> {
  const { hunt } = await buildMutant(mutant);
  return hunt(mutant.noticedBy, mostRuns, seed);
}

describe("the table of mutants", () => {
  it("has at least forty, each with a name of its own", () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    expect(mutants.length).toBeGreaterThanOrEqual(40);
  });

  it("is the page MUTANTS.md, mutant by mutant", () => {
    // columns may be aligned
    const text = readFileSync(page, "utf8").replaceAll(/ +\|/g, " |");
    for (const { name } of mutants) expect(text).toContain(`| ${name} |`);
    expect(text).toContain(`${mutants.length} of ${mutants.length} mutants`);
  });

  it.runIf(!isLong).each(mutants.filter(({ name }) => always.includes(name)))(
    "$name: $noticedBy notices",
    { timeout: 60_000 },
    async (mutant) => {
      expect(mutant.noticedBy).toContain((await findIn(mutant))?.noticedBy);
    },
  );
});

// minutes long: for a change of the model, of the catalogue or of what is generated; it writes the page anew
describe.runIf(isLong)("a model with one mistake in it", () => {
  const found = new Map<string, Hunted>();

  it.each(mutants)("$name: $noticedBy notices", { timeout: 120_000 }, async (mutant) => {
    const hunted = await findIn(mutant);
    if (hunted !== undefined) found.set(mutant.name, hunted);
    expect(mutant.noticedBy).toContain(hunted?.noticedBy);
  });

  it("is shown by a small scenario: in the median at most three faults and operations and four hosts", () => {
    expect(found.size).toBe(mutants.length);
    expect(median([...found.values()].map(({ happens }) => happens))).toBeLessThanOrEqual(3);
    expect(median([...found.values()].map(({ hosts }) => hosts))).toBeLessThanOrEqual(4);
  });

  afterAll(() => {
    if (found.size === mutants.length) writeFileSync(page, pageOf(mutants, found, { mostRuns, seed }));
  });
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
