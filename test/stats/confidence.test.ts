import { describe, expect, test } from "vitest";
import { compileLaw, sample } from "../../src/random/laws.ts";
import { Streams } from "../../src/random/streams.ts";
import { batchMeans } from "../../src/stats/batchMeans.ts";
import { binomialInterval, poissonInterval, ratioInterval, tInterval, tQuantile } from "../../src/stats/confidence.ts";
import { betaQuantile, betaRegularised } from "../../src/stats/specialFunctions.ts";
import { warmupLength } from "../../src/stats/warmup.ts";

function exponentials(seed: number, count: number): number[] {
  const streams = new Streams(seed, 0);
  const id = streams.open("x");
  const law = compileLaw({ law: "exponential", mean: 1 });
  return Array.from({ length: count }, () => sample(law, streams, id));
}

describe("the t quantile", () => {
  test("agrees with the tables", () => {
    const table = [
      [0.975, 1, 12.7062],
      [0.975, 2, 4.30265],
      [0.95, 3, 2.35336],
      [0.975, 4, 2.77645],
      [0.99, 5, 3.36493],
      [0.975, 9, 2.26216],
      [0.995, 10, 3.16927],
      [0.975, 29, 2.04523],
      [0.995, 29, 2.75639],
      [0.9995, 60, 3.4602],
      [0.975, 1000, 1.96234],
      [0.975, 1e7, 1.95996],
      [0.9999, 1, 3183.099],
    ] as const;
    for (const [p, freedom, t] of table) expect(Math.abs(tQuantile(p, freedom) / t - 1)).toBeLessThan(3e-6);
  });

  test("is exact where there is a closed form, odd, and 0 at one half", () => {
    for (const p of [0.6, 0.9, 0.999, 0.9999999]) {
      expect(tQuantile(p, 1) / Math.tan(Math.PI * (p - 0.5))).toBeCloseTo(1, 8);
      const a = 2 * p - 1;
      expect(tQuantile(p, 2) / (a * Math.sqrt(2 / (1 - a * a)))).toBeCloseTo(1, 8);
      expect(tQuantile(1 - p, 7)).toBeCloseTo(-tQuantile(p, 7), 8);
    }
    expect(tQuantile(0.5, 3)).toBe(0);
    expect(() => tQuantile(1, 3)).toThrow(RangeError);
    expect(() => tQuantile(0.9, 0)).toThrow(RangeError);
  });
});

describe("the t interval", () => {
  test("of five numbers is what the textbook makes of them", () => {
    const interval = tInterval([1, 2, 3, 4, 5], 0.95)!;
    expect(interval.mean).toBe(3);
    expect(interval.halfWidth).toBeCloseTo((2.776445105 * Math.sqrt(2.5)) / Math.sqrt(5), 8);
    expect(interval.high - interval.low).toBeCloseTo(2 * interval.halfWidth, 12);
    expect(tInterval([1], 0.95)).toBeUndefined();
  });

  test("holds the mean in about 95 of 100 samples", () => {
    let held = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const sums = Array.from({ length: 10 }, () => 0);
      for (const [i, x] of exponentials(seed, 200).entries()) sums[i % 10] += x / 20;
      const { low, high } = tInterval(sums, 0.95)!;
      if (low <= 1 && 1 <= high) held++;
    }
    expect(held).toBeGreaterThan(925);
    expect(held).toBeLessThan(975);
  });

  test("of a ratio is centred on the ratio of sums", () => {
    const interval = ratioInterval([10, 30, 22], [20, 50, 44], 0.95)!;
    expect(interval.mean).toBeCloseTo(62 / 114, 12);
    expect(interval.halfWidth).toBeGreaterThan(0);
    expect(ratioInterval([5, 10, 15], [10, 20, 30], 0.95)!.halfWidth).toBeCloseTo(0, 12);
    expect(ratioInterval([1], [2], 0.95)).toBeUndefined();
    expect(ratioInterval([0, 0], [0, 0], 0.95)).toBeUndefined();
    expect(ratioInterval([1, 0], [2, 0], 0.95)).toBeUndefined();
  });
});

describe("the exact intervals", () => {
  test("of a Poisson count agree with the tables, and follow the rule of three at 0", () => {
    const table = [
      [1, 0.0253, 5.5716],
      [2, 0.2422, 7.2247],
      [5, 1.6235, 11.6683],
      [10, 4.7954, 18.3904],
      [100, 81.3638, 121.627],
    ] as const;
    for (const [count, low, high] of table) {
      const interval = poissonInterval(count, 0.95);
      expect(interval.low).toBeCloseTo(low, 3);
      expect(interval.high).toBeCloseTo(high, 3);
    }
    expect(poissonInterval(0, 0.95)).toEqual({ low: 0, high: expect.closeTo(2.995732, 6) });
  });

  test("of a probability agree with the tables and stay in 0..1", () => {
    expect(binomialInterval(7, 10, 0.95)).toEqual({ low: expect.closeTo(0.347547, 6), high: expect.closeTo(0.93326, 6) });
    expect(binomialInterval(0, 100, 0.95)).toEqual({ low: 0, high: expect.closeTo(0.0362167, 6) });
    expect(binomialInterval(100, 100, 0.95)).toEqual({ low: expect.closeTo(0.9637833, 6), high: 1 });
    expect(binomialInterval(999_000, 1_000_000, 0.95)).toEqual({ low: expect.closeTo(0.998936, 6), high: expect.closeTo(0.999061, 6) });
  });

  test("rest on an incomplete beta function that agrees with closed forms", () => {
    for (const x of [0, 0.1, 0.5, 0.77, 1]) {
      expect(betaRegularised(1, 1, x)).toBeCloseTo(x, 14);
      expect(betaRegularised(2, 3, x)).toBeCloseTo(x * x * (6 - 8 * x + 3 * x * x), 13);
      expect(betaRegularised(0.5, 0.5, x)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 12);
    }
    for (const p of [1e-6, 0.3, 0.999]) expect(betaRegularised(3.5, 80, betaQuantile(3.5, 80, p))).toBeCloseTo(p, 12);
    expect([betaQuantile(1, 2, 0), betaQuantile(1, 2, 1)]).toEqual([0, 1]);
  });
});

describe("one long run", () => {
  test("is split into equal batches that leave out what does not fit at the front", () => {
    const result = batchMeans([99, 1, 3, 5, 7], 2, 0.95)!;
    expect(result.means).toEqual([2, 6]);
    expect(result.mean).toBe(4);
    expect(batchMeans([1], 2, 0.95)).toBeUndefined();
    expect(batchMeans([2, 2, 2, 2], 2, 0.95)!.correlation).toBe(0);
  });

  test("shows in the correlation of its batches whether they are long enough", () => {
    const noise = exponentials(1, 20_000);
    let level = 0;
    const slow = noise.map((x) => {
      level = 0.999 * level + x - 1;
      return level;
    });
    expect(Math.abs(batchMeans(noise, 20, 0.95)!.correlation)).toBeLessThan(0.45);
    expect(batchMeans(slow, 200, 0.95)!.correlation).toBeGreaterThan(0.5);
  });

  test("has a warm-up where it starts far from its mean, and none where it does not", () => {
    const noise = exponentials(2, 1000);
    expect(warmupLength(noise.map((x, i) => x + (i < 100 ? 20 : 0)))).toBe(100);
    expect(warmupLength(noise)!).toBeLessThan(200);
    expect(warmupLength(noise.map((x, i) => x + i))).toBeUndefined();
    expect(warmupLength([1, 2, 3])).toBeUndefined();
    expect(warmupLength(new Array(50).fill(1))).toBe(0);
  });
});
