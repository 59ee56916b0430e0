import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arb } from "../../../src/testing/arbitraries/index.ts";
import { drawingSeed, drawn, mistakeOf, observe } from "../../../src/testing/campaign/observe.ts";
import { distributionsOf } from "../../../src/testing/campaign/sizes.ts";
import { relations } from "../../../src/testing/relations/index.ts";

const options = { scenarios: arb.scenario({ size: "small" }), seed: 4, relations: "some" } as const;

describe("scenario i of a campaign", () => {
  it("is the same whoever draws it, and the one that is made small", () => {
    const scenario = drawn(options, 17);
    expect(drawn({ ...options }, 17)).toEqual(scenario);
    expect(drawn(options, 18)).not.toEqual(scenario);
    expect(drawn({ ...options, seed: 5 }, 17)).not.toEqual(scenario);
    const tried: unknown[] = [];
    fc.check(
      fc.property(options.scenarios, (one) => tried.push(one) < 0),
      { seed: drawingSeed(4, 17), numRuns: 1, endOnFailure: true },
    );
    expect(tried[0]).toEqual(scenario);
  });

  it("is drawn with a seed of its own", () => {
    const seeds = new Set<number>();
    for (const seed of [0, 1, 2, 1_000_003]) for (let index = 0; index < 500; index++) seeds.add(drawingSeed(seed, index));
    expect(seeds.size).toBe(2000);
  });

  it("is asked for one relation when it is even, all in turn, and saved and restored when it is odd", () => {
    const asked = relations.map((_, turn) => observe(options, 2 * turn, drawn(options, 2 * turn)));
    expect(asked.map(({ relations: [one] }) => one?.id)).toEqual(relations.map(({ id }) => id));
    const odd = observe(options, 1, drawn(options, 1));
    expect(odd.relations).toEqual([]);
    expect(odd.hits).toHaveProperty("snapshot in an upgrade");
  });
});

it("errors that differ in numbers alone are one mistake", () => {
  const [one, other] = [new TypeError("instance 3 at 1.5 s\nmore"), new TypeError("instance 40 at 2 s")];
  expect([mistakeOf(one), mistakeOf(other)]).toEqual(Array(2).fill("TypeError: instance N at N s"));
});

it("sizes are told by what half, nine in ten and all of them do not exceed", () => {
  const sizes = Array.from({ length: 10 }, (_, hosts) => ({ hosts: 10 - hosts, instances: 0, faults: 1, operations: 2, events: 7 }));
  expect(distributionsOf(sizes)).toMatchObject({
    hosts: { least: 1, median: 5, nineInTen: 9, most: 10 },
    operations: { least: 2, median: 2, nineInTen: 2, most: 2 },
  });
  expect(distributionsOf([]).events).toEqual({ least: 0, median: 0, nineInTen: 0, most: 0 });
});
