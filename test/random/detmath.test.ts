import { describe, expect, test } from "vitest";
import { mixNumber } from "../../src/kernel/fingerprint.ts";
import { exp, gammaP, gammaQuantile, lgamma, log, normalQuantile, pow } from "../../src/random/detmath.ts";
import { Streams } from "../../src/random/streams.ts";

const count = 200_000;

/** How many representable numbers lie between two finite ones of the same sign. */
function ulpsBetween(a: number, b: number): number {
  const view = new BigInt64Array(new Float64Array([a, b]).buffer);
  return Math.abs(Number(view[0] - view[1]));
}

/** Inputs of every size: uniform in bits, or uniform in a range. */
function inputs(low: number, high: number): Float64Array {
  const streams = new Streams("detmath", 0);
  const id = streams.open(low, high);
  return Float64Array.from({ length: count }, () => low + (high - low) * streams.uniform(id));
}

function anyPositive(): Float64Array {
  const words = new Uint32Array(2 * count);
  const streams = new Streams("detmath", 0);
  const id = streams.open("bits");
  for (let i = 0; i < words.length; i += 2) {
    words[i] = streams.uint32(id);
    words[i + 1] = streams.uint32(id) % 0x7ff00000;
  }
  return new Float64Array(words.buffer);
}

function worst(values: Float64Array, mine: (x: number) => number, theirs: (x: number) => number): number {
  let ulps = 0;
  for (const x of values) ulps = Math.max(ulps, ulpsBetween(mine(x), theirs(x)));
  return ulps;
}

function hashOf(values: Float64Array, f: (x: number) => number): string {
  const hash = new Int32Array(2);
  for (const x of values) mixNumber(hash, f(x));
  return [...hash].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

describe("the logarithm and the exponential", () => {
  test("are within one unit in the last place of the engine's own", () => {
    expect(worst(inputs(0, 1), log, Math.log)).toBeLessThanOrEqual(1);
    expect(worst(inputs(0.9, 1.1), log, Math.log)).toBeLessThanOrEqual(1);
    expect(worst(anyPositive(), log, Math.log)).toBeLessThanOrEqual(1);
    expect(worst(inputs(-30, 5), exp, Math.exp)).toBeLessThanOrEqual(1);
    expect(worst(inputs(-745, 709), exp, Math.exp)).toBeLessThanOrEqual(1);
  });

  test("give the same bits on every machine", () => {
    expect({
      logUnit: hashOf(inputs(0, 1), log),
      logAny: hashOf(anyPositive(), log),
      exp: hashOf(inputs(-745, 709), exp),
      normal: hashOf(inputs(0, 1), normalQuantile),
      gamma: hashOf(inputs(0.1, 50).subarray(0, 1000), lgamma),
    }).toEqual({
      logUnit: "f56b85866465499b",
      logAny: "ba268af73171bb8b",
      exp: "f9e5a8965dae5402",
      normal: "f918e6289f2522c6",
      gamma: "2f432d934396e358",
    });
  });

  test("keep to the rules at the ends of their domains", () => {
    expect([log(0), log(-0), log(1), log(Infinity)]).toEqual([-Infinity, -Infinity, 0, Infinity]);
    expect([log(-1), log(-Infinity), log(Number.NaN), exp(Number.NaN)]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect([exp(0), exp(Infinity), exp(-Infinity), exp(710), exp(-746)]).toEqual([1, Infinity, 0, Infinity, 0]);
    expect(log(5e-324)).toBeCloseTo(-744.4400719213812, 12);
    expect(exp(-745)).toBe(5e-324);
    // the largest power of two is no number of its own: 2 * 2^1023
    expect(worst(inputs(709.44, 709.78), exp, Math.exp)).toBeLessThanOrEqual(1);
  });

  test("make a power that is right to fourteen digits", () => {
    for (const [x, y] of [
      [2, 10],
      [10, -5],
      [0.3, 0.7],
      [1e6, 2.5],
      [1e-9, 1 / 3],
    ] as const) {
      expect(pow(x, y) / x ** y).toBeCloseTo(1, 13);
    }
    expect([pow(0, 2), pow(5, 0), pow(1, 1e9), pow(0, -1)]).toEqual([0, 1, 1, Infinity]);
  });
});

describe("the normal quantile", () => {
  test("agrees with the tables", () => {
    const table = [
      [0.5, 0],
      [0.75, 0.674489750196082],
      [0.9, 1.281551565544601],
      [0.95, 1.644853626951473],
      [0.975, 1.959963984540054],
      [0.99, 2.326347874040841],
      [0.995, 2.575829303548901],
      [0.999, 3.090232306167813],
      [1e-6, -4.753424308822899],
      [1e-10, -6.361340902404056],
      [1e-20, -9.26234008979841],
      [1e-300, -37.0471],
    ] as const;
    for (const [p, z] of table) expect(normalQuantile(p)).toBeCloseTo(z, p < 1e-100 ? 4 : 13);
  });

  test("is odd about one half and never falls", () => {
    let before = -Infinity;
    for (let i = 1; i < 4096; i++) {
      const z = normalQuantile(i / 4096);
      expect(z).toBeGreaterThan(before);
      expect(normalQuantile(1 - i / 4096)).toBeCloseTo(-z, 12);
      before = z;
    }
  });
});

describe("the gamma functions", () => {
  test("agree with factorials and half-integers", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(exp(lgamma(n)) / factorial).toBeCloseTo(1, 12);
      factorial *= n;
    }
    expect(lgamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(lgamma(1.5)).toBeCloseTo(Math.log(Math.PI) / 2 - Math.log(2), 13);
    expect(lgamma(0.01)).toBeCloseTo(4.599479878042022, 12);
    expect(lgamma(1000)).toBeCloseTo(5905.220423209181, 9);
  });

  test("give the exponential and Erlang distributions as special cases", () => {
    for (const x of [0, 0.01, 0.5, 1, 3, 10, 40]) {
      expect(gammaP(1, x)).toBeCloseTo(1 - Math.exp(-x), 14);
      expect(gammaP(3, x)).toBeCloseTo(1 - Math.exp(-x) * (1 + x + (x * x) / 2), 13);
    }
    expect([gammaP(3, -1), gammaP(3, Infinity)]).toEqual([0, 1]);
    expect(gammaP(0.5, 1)).toBeCloseTo(0.8427007929497149, 13);
  });

  test("are inverses of each other", () => {
    for (const shape of [0.1, 0.5, 1, 2.5, 30, 1e4]) {
      for (const p of [1e-6, 0.1, 0.5, 0.9, 0.999999]) expect(gammaP(shape, gammaQuantile(shape, p))).toBeCloseTo(p, 10);
    }
    expect([gammaQuantile(2, 0), gammaQuantile(2, 1)]).toEqual([0, Infinity]);
  });
});
