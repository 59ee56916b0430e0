import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepExtremes, withoutGaps } from "../../../src/report/charts/downsample.ts";
import { valueScale } from "../../../src/report/charts/valueScale.ts";

const itself = (value: number | null): number | null => value;

describe("downsampling", () => {
  it("leaves alone what fits", () => {
    const items = [1, 2, null, 4];
    expect(keepExtremes(items, 2, [itself])).toBe(items);
  });

  it("keeps the order, every gap, and the lowest and highest of all", () => {
    const series = fc.array(fc.option(fc.integer({ min: -50, max: 50 }), { freq: 10 }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 30 }), (values, pixels) => {
        const kept = keepExtremes(
          values.map((value, place) => ({ value, place })),
          pixels,
          [({ value }) => value],
        );
        const places = kept.map(({ place }) => place);
        expect(places).toEqual([...places].sort((a, b) => a - b));
        const known = (list: readonly { value: number | null }[]): number[] =>
          list.map(({ value }) => value).filter((value) => value !== null);
        const all = known(values.map((value) => ({ value })));
        if (all.length > 0) {
          expect(Math.min(...known(kept))).toBe(Math.min(...all));
          expect(Math.max(...known(kept))).toBe(Math.max(...all));
        }
        const gaps = (list: readonly (number | null)[]): number => withoutGaps(list, (value) => value === null).length;
        expect(gaps(kept.map(({ value }) => value))).toBe(gaps(values));
      }),
    );
  });

  it("splits at gaps and leaves them out", () => {
    expect(withoutGaps([1, 2, null, null, 3, null], (value) => value === null)).toEqual([[1, 2], [3]]);
  });
});

describe("a scale", () => {
  const ends = (highest: number, least = 0): readonly number[] => valueScale(highest, String, least).ticks.map(({ at }) => at);

  it("has round steps that hold the highest value", () => {
    expect(ends(613)).toEqual([0, 200, 400, 600, 800]);
    expect(ends(14, 1)).toEqual([0, 5, 10, 15]);
    expect(ends(1, 1)).toEqual([0, 1]);
    expect(ends(0, 1)).toEqual([0, 1]);
    expect(ends(1000)).toEqual([0, 250, 500, 750, 1000]);
  });

  it("always holds the highest value with two to six ticks", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (highest) => {
        const { max, ticks } = valueScale(highest, String);
        expect(max).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
        expect(max).toBeLessThanOrEqual(highest * 2.5);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});
