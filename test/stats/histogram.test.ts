import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Histogram } from "../../src/stats/histogram.ts";
import { sampleQuantile, sortedQuantile } from "../../src/stats/quantile.ts";

const value = fc.oneof(
  fc.nat(127),
  fc.nat(100_000),
  fc.maxSafeNat(),
  fc
    .record({ power: fc.nat(53), off: fc.integer({ min: -1, max: 1 }) })
    .map(({ power, off }) => Math.max(0, Math.min(2 ** 53, 2 ** power + off))),
);
/** Not any double: nearly all of those between 0 and 1 are so small that the least value is the answer. */
const share = fc.nat(1000).map((thousandths) => thousandths / 1000);
const values = fc.array(value, { minLength: 1, maxLength: 200 });

function histogramOf(all: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const one of all) histogram.add(one);
  return histogram;
}

describe("a histogram", () => {
  test("puts every quantile within 0.8 % of the exact one, and below 128 on it", () => {
    fc.assert(
      fc.property(values, share, (all, p) => {
        const exact = sampleQuantile(all, p)!;
        const found = histogramOf(all).quantile(p)!;
        if (exact < 128) expect(found).toBe(exact);
        else expect(Math.abs(found / exact - 1)).toBeLessThanOrEqual(0.008);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test("merged from parts is the histogram of the whole", () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 5 }), (parts) => {
        const merged = new Histogram();
        for (const part of parts) merged.merge(histogramOf(part));
        const whole = histogramOf(parts.flat());
        expect([...merged.buckets()]).toEqual([...whole.buckets()]);
        expect([merged.count, merged.min, merged.max]).toEqual([whole.count, whole.min, whole.max]);
        if (whole.sum < 2 ** 53) expect(merged.sum).toBe(whole.sum);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test("counts every value once, in a bucket that holds it", () => {
    fc.assert(
      fc.property(values, (all) => {
        const sorted = [...all].sort((a, b) => a - b);
        for (const { low, high, count } of histogramOf(all).buckets()) {
          expect(sorted.splice(0, count).every((one) => one >= low && one <= high)).toBe(true);
        }
        expect(sorted).toEqual([]);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test("knows count, sum, mean and extremes exactly", () => {
    const histogram = histogramOf([1_000_003, 5, 77_777]);
    histogram.add(9);
    histogram.add(9);
    expect([histogram.count, histogram.sum, histogram.min, histogram.max]).toEqual([5, 1_077_803, 5, 1_000_003]);
    expect(histogram.mean()).toBe(215_560.6);
    expect([histogram.quantile(0), histogram.quantile(1)]).toEqual([5, 1_000_003]);
  });

  test("that is empty has no mean and no quantile", () => {
    const histogram = new Histogram();
    histogram.merge(new Histogram());
    expect([histogram.mean(), histogram.quantile(0.5), histogram.countAtMost(10)]).toEqual([undefined, undefined, 0]);
    expect([...histogram.buckets()]).toEqual([]);
  });

  test("counts the values at most a limit, exactly at the edges of buckets", () => {
    const histogram = histogramOf(Array.from({ length: 10_000 }, (_, i) => i));
    expect([-1, 0, 100, 127.5, 4095, 8191, 9999, 1e9].map((limit) => histogram.countAtMost(limit))).toEqual([
      0, 1, 101, 128, 4096, 8192, 10_000, 10_000,
    ]);
    expect(Math.abs(histogram.countAtMost(5000) - 5001)).toBeLessThan(2);
  });

  test("refuses what it cannot count", () => {
    for (const wrong of [-1, Number.NaN, Infinity, 2 ** 54]) expect(() => new Histogram().add(wrong)).toThrow(RangeError);
  });

  test("comes back from a saved state", () => {
    const histogram = histogramOf([3, 500, 90_000]);
    const state = structuredClone(histogram.save());
    histogram.add(1e12);
    const restored = new Histogram();
    restored.load(state);
    restored.add(1e12);
    expect(restored.save()).toEqual(histogram.save());
    expect(state.count).toBe(3);
  });

  test("takes memory for the octaves it has seen only", () => {
    expect(new Histogram().save().counts).toHaveLength(0);
    expect(histogramOf([1e9]).save().counts).toHaveLength(64);
    expect(histogramOf([1e9, 3e9]).save().counts.length).toBeLessThanOrEqual(192);
  });
});

test("a sample quantile is the smallest value that the share does not exceed", () => {
  expect(sampleQuantile([], 0.5)).toBeUndefined();
  expect(
    [0, 0.07, 0.5, 0.51, 0.99, 1].map((p) =>
      sortedQuantile(
        Array.from({ length: 100 }, (_, i) => i + 1),
        p,
      ),
    ),
  ).toEqual([1, 7, 50, 51, 99, 100]);
});
