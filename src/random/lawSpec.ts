import { exp, lgamma, log } from "./detmath.ts";

/** A probability law as a scenario states it; durations in microseconds, or plain numbers where a law is of counts. */
export type LawSpec =
  | { readonly law: "constant"; readonly value: number }
  | { readonly law: "uniform"; readonly min: number; readonly max: number }
  | { readonly law: "exponential"; readonly mean: number }
  | { readonly law: "erlang"; readonly mean: number; readonly stages: number }
  | { readonly law: "hyperexponential"; readonly mean: number; readonly cv: number }
  | { readonly law: "lognormal"; readonly mean: number; readonly cv: number }
  | { readonly law: "weibull"; readonly mean: number; readonly shape: number }
  | { readonly law: "gamma"; readonly mean: number; readonly cv: number }
  | { readonly law: "pareto"; readonly min: number; readonly shape: number }
  | { readonly law: "empirical"; readonly values: readonly number[] };

/** What a compiled law is, as a number. */
export const lawKind = {
  constant: 0,
  uniform: 1,
  exponential: 2,
  erlang: 3,
  hyperexponential: 4,
  lognormal: 5,
  weibull: 6,
  gamma: 7,
  pareto: 8,
  empirical: 9,
} as const;

/** A law ready to draw from. One shape of record for all laws, so that drawing meets one hidden class. */
export interface Law {
  /** One of `lawKind`. */
  readonly kind: number;
  /** Location or scale: value, min, mean, mean of a stage, log mean. */
  readonly a: number;
  /** Spread or shape: width, stages, log deviation, exponent. */
  readonly b: number;
  /** Third parameter: probability of the first branch of a hyperexponential law. */
  readonly c: number;
  /** Sorted values of an empirical law, otherwise empty. */
  readonly values: Float64Array;
}

const noValues = new Float64Array(0);

/** Prepares a law for drawing; throws RangeError when a parameter makes no sense. */
export function compileLaw(spec: LawSpec): Law {
  refuseNonsense(spec);
  switch (spec.law) {
    case "constant":
      return law(lawKind.constant, spec.value);
    case "uniform":
      return law(lawKind.uniform, spec.min, spec.max - spec.min);
    case "exponential":
      return law(lawKind.exponential, spec.mean);
    case "erlang":
      return law(lawKind.erlang, spec.mean / spec.stages, spec.stages);
    case "hyperexponential": {
      const { first, firstMean, secondMean } = branches(spec);
      return law(lawKind.hyperexponential, firstMean, secondMean, first);
    }
    case "lognormal": {
      if (spec.cv === 0 || spec.mean === 0) return law(lawKind.constant, spec.mean);
      const spread = log(1 + spec.cv * spec.cv);
      return law(lawKind.lognormal, log(spec.mean) - spread / 2, Math.sqrt(spread));
    }
    case "weibull":
      return law(lawKind.weibull, spec.mean / exp(lgamma(1 + 1 / spec.shape)), 1 / spec.shape);
    case "gamma": {
      if (spec.cv === 0) return law(lawKind.constant, spec.mean);
      const squared = spec.cv * spec.cv;
      return law(lawKind.gamma, spec.mean * squared, 1 / squared);
    }
    case "pareto":
      return law(lawKind.pareto, spec.min, 1 / spec.shape);
    case "empirical":
      return law(lawKind.empirical, 0, spec.values.length, 0, Float64Array.from(spec.values).sort());
  }
}

/** Mean of a law, in its own unit; Infinity where it does not exist. */
export function mean(spec: LawSpec): number {
  switch (spec.law) {
    case "constant":
      return spec.value;
    case "uniform":
      return (spec.min + spec.max) / 2;
    case "pareto":
      return spec.shape > 1 ? (spec.min * spec.shape) / (spec.shape - 1) : Infinity;
    case "empirical":
      return average(spec.values);
    default:
      return spec.mean;
  }
}

/** Variance of a law, in its own unit squared; Infinity where it does not exist. */
export function variance(spec: LawSpec): number {
  switch (spec.law) {
    case "constant":
      return 0;
    case "uniform":
      return ((spec.max - spec.min) * (spec.max - spec.min)) / 12;
    case "exponential":
      return spec.mean * spec.mean;
    case "erlang":
      return (spec.mean * spec.mean) / spec.stages;
    case "weibull": {
      const half = lgamma(1 + 1 / spec.shape);
      return spec.mean * spec.mean * (exp(lgamma(1 + 2 / spec.shape) - 2 * half) - 1);
    }
    case "pareto": {
      const { min, shape } = spec;
      return shape > 2 ? (min * min * shape) / ((shape - 1) * (shape - 1) * (shape - 2)) : Infinity;
    }
    case "empirical": {
      const center = average(spec.values);
      return average(spec.values.map((value) => (value - center) * (value - center)));
    }
    default:
      return spec.mean * spec.mean * spec.cv * spec.cv;
  }
}

/** Balanced means: each branch contributes half of the mean, so that mean and cv fix the law (Tijms 1994, appendix B). */
function branches({ mean, cv }: { readonly mean: number; readonly cv: number }) {
  const squared = cv * cv;
  const first = (1 + Math.sqrt((squared - 1) / (squared + 1))) / 2;
  return { first, firstMean: mean / (2 * first), secondMean: mean / (2 * (1 - first)) };
}

function law(kind: number, a: number, b = 0, c = 0, values = noValues): Law {
  return { kind, a, b, c, values };
}

function average(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function refuseNonsense(spec: LawSpec): void {
  const problem = problemOf(spec);
  if (problem !== undefined) throw new RangeError(`${spec.law}: ${problem}`);
}

function problemOf(spec: LawSpec): string | undefined {
  if (spec.law === "empirical") return spec.values.length > 0 && spec.values.every(Number.isFinite) ? undefined : "needs finite values";
  for (const [name, value] of Object.entries(spec)) {
    if (typeof value === "number" && !(Number.isFinite(value) && value >= 0)) return `${name} is ${value}, not a finite number from 0 on`;
  }
  if (spec.law === "uniform" && spec.max < spec.min) return "max is below min";
  if (spec.law === "erlang" && !(Number.isInteger(spec.stages) && spec.stages >= 1)) return "stages is not a whole number from 1 on";
  if (spec.law === "hyperexponential" && spec.cv < 1) return "cv is below 1";
  if ((spec.law === "weibull" || spec.law === "pareto") && spec.shape === 0) return "shape is 0";
  return undefined;
}
