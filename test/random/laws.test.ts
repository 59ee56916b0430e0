import { describe, expect, test } from "vitest";
import {
  compileLaw,
  constantMicros,
  type LawSpec,
  mean,
  quantile,
  sample,
  sampleByInversion,
  sampleMicros,
  variance,
} from "../../src/random/laws.ts";
import { Streams } from "../../src/random/streams.ts";
import { unitExponential, unitNormal } from "../../src/random/ziggurat.ts";

interface Case {
  readonly spec: LawSpec;
  /** Distribution function from a textbook, by the engine's own functions. */
  readonly below: (x: number) => number;
  /** Kurtosis, which says how far a sample variance strays. */
  readonly kurtosis: number;
}

/** Standard normal distribution function by its Taylor series, good to 1e-13 where it is used. */
function phi(z: number): number {
  if (Math.abs(z) > 6) return z > 0 ? 1 : 0;
  let term = z;
  let sum = z;
  for (let n = 1; Math.abs(term) > 1e-17; n++) {
    term *= (-z * z) / (2 * n);
    sum += term / (2 * n + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}

const hyper = { first: (1 + Math.sqrt(3 / 5)) / 2 };
const logVariance = Math.log(1 + 0.5 * 0.5);
const weibullScale = 1000 / (Math.sqrt(Math.PI) / 2);

const continuous: readonly Case[] = [
  { spec: { law: "uniform", min: 200, max: 700 }, below: (x) => (x - 200) / 500, kurtosis: 1.8 },
  { spec: { law: "exponential", mean: 1000 }, below: (x) => 1 - Math.exp(-x / 1000), kurtosis: 9 },
  {
    spec: { law: "erlang", mean: 900, stages: 3 },
    below: (x) => 1 - Math.exp(-x / 300) * (1 + x / 300 + (x / 300) ** 2 / 2),
    kurtosis: 5,
  },
  {
    spec: { law: "hyperexponential", mean: 1000, cv: 2 },
    below: (x) =>
      1 - hyper.first * Math.exp((-2 * hyper.first * x) / 1000) - (1 - hyper.first) * Math.exp((-2 * (1 - hyper.first) * x) / 1000),
    kurtosis: 25,
  },
  {
    spec: { law: "lognormal", mean: 1000, cv: 0.5 },
    below: (x) => phi((Math.log(x / 1000) + logVariance / 2) / Math.sqrt(logVariance)),
    kurtosis: 9,
  },
  { spec: { law: "weibull", mean: 1000, shape: 2 }, below: (x) => 1 - Math.exp(-((x / weibullScale) ** 2)), kurtosis: 3.25 },
  { spec: { law: "weibull", mean: 1000, shape: 0.5 }, below: (x) => 1 - Math.exp(-Math.sqrt(x / 500)), kurtosis: 88 },
  { spec: { law: "gamma", mean: 1000, cv: Math.SQRT1_2 }, below: (x) => 1 - Math.exp(-x / 500) * (1 + x / 500), kurtosis: 6 },
  { spec: { law: "gamma", mean: 1000, cv: Math.SQRT2 }, below: (x) => 2 * phi(Math.sqrt(x / 1000)) - 1, kurtosis: 15 },
  { spec: { law: "pareto", min: 100, shape: 5 }, below: (x) => 1 - (100 / x) ** 5, kurtosis: 74 },
];
const empirical: LawSpec = { law: "empirical", values: [5, 1, 3, 3, 8] };
const size = 40_000;

function drawn(spec: LawSpec, seed = 11): Float64Array {
  const streams = new Streams(seed, 0);
  const id = streams.open(spec.law);
  const law = compileLaw(spec);
  return Float64Array.from({ length: size }, () => sample(law, streams, id)).sort();
}

function momentsOf(values: Float64Array): [number, number] {
  const average = values.reduce((sum, x) => sum + x, 0) / values.length;
  return [average, values.reduce((sum, x) => sum + (x - average) ** 2, 0) / (values.length - 1)];
}

/** Largest distance between the sample and the distribution, times the root of the size: above 1.95 once in a thousand samples. */
function kolmogorovSmirnov(sorted: Float64Array, below: (x: number) => number): number {
  let distance = 0;
  for (let i = 0; i < sorted.length; i++) {
    const p = below(sorted[i]);
    distance = Math.max(distance, p - i / sorted.length, (i + 1) / sorted.length - p);
  }
  return distance * Math.sqrt(sorted.length);
}

for (const { spec, below, kurtosis } of continuous) {
  const { law, ...parameters } = spec;
  describe(`${law} ${JSON.stringify(parameters)}`, () => {
    const values = drawn(spec);

    test("has the mean and variance it says", () => {
      const [average, spread] = momentsOf(values);
      expect(Math.abs(average - mean(spec)) / Math.sqrt(variance(spec) / size)).toBeLessThan(3.3);
      expect(Math.abs(spread / variance(spec) - 1) / Math.sqrt((kurtosis - 1) / size)).toBeLessThan(3.3);
    });

    test("is distributed as the textbook says", () => {
      expect(kolmogorovSmirnov(values, below)).toBeLessThan(1.95);
    });

    test("has a quantile that is the inverse of its distribution", () => {
      for (const p of [0.001, 0.1, 0.25, 0.5, 0.9, 0.99, 0.9999]) expect(below(quantile(spec, p)!)).toBeCloseTo(p, 10);
    });

    test("gives by inversion draws that rise with the uniform", () => {
      const compiled = compileLaw(spec);
      let before = -1;
      for (let i = 1; i < 400; i++) {
        const draw = sampleByInversion(compiled, i / 400);
        expect(draw).toBeGreaterThan(before);
        before = draw;
      }
    });
  });
}

describe("an empirical law", () => {
  test("draws each of its values equally often", () => {
    const values = drawn(empirical);
    const seen = [1, 3, 5, 8].map((value) => values.filter((x) => x === value).length);
    const expected = [0.2, 0.4, 0.2, 0.2].map((share) => share * size);
    const chiSquare = seen.reduce((sum, count, i) => sum + (count - expected[i]) ** 2 / expected[i], 0);
    expect(chiSquare).toBeLessThan(16.3); // once in a thousand, three degrees of freedom
  });

  test("knows its moments and quantiles", () => {
    expect(mean(empirical)).toBe(4);
    expect(variance(empirical)).toBeCloseTo(5.6, 12);
    expect([0, 0.2, 0.21, 0.6, 0.61, 0.8, 1].map((p) => quantile(empirical, p))).toEqual([1, 1, 3, 3, 5, 5, 8]);
  });
});

describe("the unit variates", () => {
  const streams = new Streams(3, 0);
  const count = 400_000;
  const exponential = streams.open("exponential");
  const normal = streams.open("normal");
  const exponentials = Float64Array.from({ length: count }, () => unitExponential(streams, exponential)).sort();
  const normals = Float64Array.from({ length: count }, () => unitNormal(streams, normal)).sort();

  test("are exponential and normal, tails included", () => {
    expect(kolmogorovSmirnov(exponentials, (x) => 1 - Math.exp(-x))).toBeLessThan(1.95);
    expect(kolmogorovSmirnov(normals, phi)).toBeLessThan(1.95);
    const beyond = exponentials.filter((x) => x > 7.69711747013105).map((x) => x - 7.69711747013105);
    expect(Math.abs(beyond.length / (count * Math.exp(-7.69711747013105)) - 1)).toBeLessThan(0.25);
    expect(kolmogorovSmirnov(beyond, (x) => 1 - Math.exp(-x))).toBeLessThan(1.95);
    const far = normals.filter((z) => Math.abs(z) > 3).length;
    expect(Math.abs(far - count * 0.0026998) / Math.sqrt(count * 0.0027)).toBeLessThan(3.3);
  });

  test("do not correlate with the draw before", () => {
    for (const [unit, id] of [
      [unitExponential, exponential],
      [unitNormal, normal],
    ] as const) {
      const values = Float64Array.from({ length: 100_000 }, () => unit(streams, id));
      const [average, spread] = momentsOf(values);
      let product = 0;
      for (let i = 1; i < values.length; i++) product += (values[i] - average) * (values[i - 1] - average);
      expect(Math.abs(product / spread / Math.sqrt(values.length))).toBeLessThan(3.3);
    }
  });
});

describe("laws in general", () => {
  test("see the same luck whatever their mean", () => {
    const small = drawn({ law: "lognormal", mean: 10, cv: 1 });
    const large = drawn({ law: "lognormal", mean: 1000, cv: 1 });
    for (let i = 0; i < 100; i++) expect(large[i * 97] / small[i * 97]).toBeCloseTo(100, 9);
  });

  test("are rounded to whole microseconds from 0 on, half up", () => {
    const streams = new Streams(1, 0);
    const id = streams.open("x");
    const micros = (value: number) => sampleMicros(compileLaw({ law: "constant", value }), streams, id);
    expect([0, 0.49, 0.5, 1.5, 2.5, 1e300].map(micros)).toEqual([0, 0, 1, 2, 3, Number.MAX_SAFE_INTEGER]);
  });

  test("draw the same in microseconds as they do in real numbers, rounded", () => {
    for (const { spec } of [...continuous, { spec: empirical }]) {
      const law = compileLaw(spec);
      const streams = new Streams(6, 0);
      const [real, whole] = [streams.open("x"), streams.open("x")];
      for (let i = 0; i < 1000; i++) expect(sampleMicros(law, streams, whole)).toBe(Math.floor(sample(law, streams, real) + 0.5));
    }
  });

  test("are known without a draw when they are constant, and only then", () => {
    expect(constantMicros(compileLaw({ law: "constant", value: 2.5 }))).toBe(3);
    expect(constantMicros(compileLaw({ law: "gamma", mean: 7, cv: 0 }))).toBe(7);
    for (const { spec } of continuous) expect(constantMicros(compileLaw(spec))).toBeUndefined();
  });

  test("without variation are constants", () => {
    const streams = new Streams(1, 0);
    const id = streams.open("x");
    for (const law of ["lognormal", "gamma"] as const) expect(sample(compileLaw({ law, mean: 7, cv: 0 }), streams, id)).toBe(7);
    for (const spec of [
      { law: "exponential", mean: 0 },
      { law: "hyperexponential", mean: 0, cv: 2 },
    ] as const) {
      expect(sample(compileLaw(spec), streams, id)).toBe(0);
      expect(quantile(spec, 0.5)).toBe(0);
    }
    expect([mean({ law: "constant", value: 7 }), variance({ law: "constant", value: 7 })]).toEqual([7, 0]);
  });

  test("have infinite moments where these do not exist", () => {
    expect(mean({ law: "pareto", min: 1, shape: 1 })).toBe(Infinity);
    expect(variance({ law: "pareto", min: 1, shape: 2 })).toBe(Infinity);
    expect(mean({ law: "pareto", min: 2, shape: 2 })).toBe(4);
  });

  test("have ends where they have them", () => {
    const ends = (spec: LawSpec) => [quantile(spec, 0), quantile(spec, 1)];
    expect(ends({ law: "uniform", min: 1, max: 3 })).toEqual([1, 3]);
    expect(ends({ law: "constant", value: 3 })).toEqual([3, 3]);
    expect(ends({ law: "exponential", mean: 3 })).toEqual([0, undefined]);
    expect(ends({ law: "exponential", mean: 0 })).toEqual([0, 0]);
    expect(ends({ law: "lognormal", mean: 3, cv: 1 })).toEqual([0, undefined]);
    // a lognormal whose median is 1 has a log mean of 0, and no end all the same
    expect(compileLaw({ law: "lognormal", mean: 1.25, cv: 0.75 }).a).toBe(0);
    expect(ends({ law: "lognormal", mean: 1.25, cv: 0.75 })).toEqual([0, undefined]);
    expect(ends({ law: "pareto", min: 3, shape: 2 })).toEqual([3, undefined]);
    expect(() => quantile({ law: "exponential", mean: 3 }, 1.5)).toThrow(RangeError);
  });

  test("refuse parameters that make no sense", () => {
    const wrong: readonly LawSpec[] = [
      { law: "exponential", mean: -1 },
      { law: "constant", value: Number.NaN },
      { law: "uniform", min: 3, max: 2 },
      { law: "erlang", mean: 1, stages: 0 },
      { law: "erlang", mean: 1, stages: 1.5 },
      { law: "hyperexponential", mean: 1, cv: 0.9 },
      { law: "weibull", mean: 1, shape: 0 },
      { law: "pareto", min: 1, shape: 0 },
      { law: "lognormal", mean: Infinity, cv: 1 },
      { law: "empirical", values: [] },
      { law: "empirical", values: [1, Infinity] },
    ];
    for (const spec of wrong) expect(() => compileLaw(spec)).toThrow(RangeError);
  });

  test("of high concentration keep their mean", () => {
    const streams = new Streams(4, 0);
    const id = streams.open("x");
    const law = compileLaw({ law: "gamma", mean: 100, cv: 0.01 });
    let sum = 0;
    for (let i = 0; i < 1000; i++) sum += sample(law, streams, id);
    expect(sum / 1000).toBeCloseTo(100, 0);
  });
});
