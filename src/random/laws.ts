import { bisect, exp, gammaQuantile, log, normalQuantile, pow } from "./detmath.ts";
import { compileLaw, type Law, type LawSpec, lawKind } from "./lawSpec.ts";
import type { StreamId, Streams } from "./streams.ts";
import { unitExponential, unitNormal } from "./ziggurat.ts";

export { compileLaw, type Law, type LawSpec, mean, variance } from "./lawSpec.ts";

/**
 * The next draw of a law from a stream: a real number, not rounded.
 *
 * Unit variates are drawn and then scaled, so that runs that differ only in a mean see the same luck.
 */
export function sample(law: Law, streams: Streams, stream: StreamId): number {
  switch (law.kind) {
    case lawKind.constant:
      return law.a;
    case lawKind.uniform:
      return law.a + law.b * streams.uniform(stream);
    case lawKind.exponential:
      return law.a * unitExponential(streams, stream);
    case lawKind.erlang: {
      let sum = 0;
      for (let stage = 0; stage < law.b; stage++) sum += unitExponential(streams, stream);
      return law.a * sum;
    }
    case lawKind.hyperexponential: {
      const branch = streams.uniform(stream) < law.c ? law.a : law.b;
      return branch * unitExponential(streams, stream);
    }
    case lawKind.lognormal:
      return exp(law.a + law.b * unitNormal(streams, stream));
    case lawKind.weibull:
      return law.a * pow(unitExponential(streams, stream), law.b);
    case lawKind.gamma:
      return law.a * unitGamma(law.b, streams, stream);
    case lawKind.pareto:
      return law.a * exp(unitExponential(streams, stream) * law.b);
    default:
      return law.values[(streams.uniform(stream) * law.b) | 0];
  }
}

/** The next draw of a law in whole microseconds from 0 on, rounded half up. */
export function sampleMicros(law: Law, streams: Streams, stream: StreamId): number {
  if (law.kind === lawKind.exponential) return rounded(law.a * unitExponential(streams, stream));
  return otherMicros(law, streams, stream);
}

/** A lognormal is rounded where it is drawn: a real number that is returned must be put into memory first. */
function otherMicros(law: Law, streams: Streams, stream: StreamId): number {
  if (law.kind === lawKind.lognormal) return rounded(exp(law.a + law.b * unitNormal(streams, stream)));
  return rounded(sample(law, streams, stream));
}

/** What every draw of a constant law is, in whole microseconds; undefined for other laws. It needs no stream, so none need be opened. */
export function constantMicros(law: Law): number | undefined {
  return law.kind === lawKind.constant ? rounded(law.a) : undefined;
}

/** The draw that belongs to a uniform in (0, 1); it grows with the uniform, so that `1 - uniform` gives the antithetic draw. */
export function sampleByInversion(law: Law, uniform: number): number {
  switch (law.kind) {
    case lawKind.constant:
      return law.a;
    case lawKind.uniform:
      return law.a + law.b * uniform;
    case lawKind.exponential:
      return law.a * -log(1 - uniform);
    case lawKind.erlang:
      return law.a * gammaQuantile(law.b, uniform);
    case lawKind.hyperexponential:
      return hyperexponentialQuantile(law, uniform);
    case lawKind.lognormal:
      return exp(law.a + law.b * normalQuantile(uniform));
    case lawKind.weibull:
      return law.a * pow(-log(1 - uniform), law.b);
    case lawKind.gamma:
      return law.a * gammaQuantile(law.b, uniform);
    case lawKind.pareto:
      return law.a * exp(-log(1 - uniform) * law.b);
    default:
      return law.values[Math.max(0, Math.ceil(uniform * law.b) - 1)];
  }
}

/** Smallest value that a draw stays at or below with probability p in 0..1; undefined when that is without bound. */
export function quantile(spec: LawSpec, p: number): number | undefined {
  const law = compileLaw(spec);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability ${p} is not in 0..1`);
  if (p > 0 && p < 1) return sampleByInversion(law, p);
  if (law.kind === lawKind.constant || law.kind === lawKind.empirical || law.kind === lawKind.uniform) return sampleByInversion(law, p);
  if (p === 1) return law.a === 0 && law.kind !== lawKind.lognormal ? 0 : undefined;
  return law.kind === lawKind.pareto ? law.a : 0;
}

function rounded(value: number): number {
  const whole = Math.floor(value + 0.5);
  if (whole >= Number.MAX_SAFE_INTEGER) return Number.MAX_SAFE_INTEGER;
  return Math.max(0, whole);
}

/** Marsaglia and Tsang, A simple method for generating gamma variables (2000); shapes below 1 by their section 6. */
function unitGamma(shape: number, streams: Streams, stream: StreamId): number {
  if (shape < 1) {
    const boost = exp(-unitExponential(streams, stream) / shape);
    return boost * unitGamma(shape + 1, streams, stream);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = unitNormal(streams, stream);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = streams.uniform(stream);
    const squared = x * x;
    if (u < 1 - 0.0331 * squared * squared) return d * v;
    if (log(u) < 0.5 * squared + d * (1 - v + log(v))) return d * v;
  }
}

function hyperexponentialQuantile({ a, b, c }: Law, p: number): number {
  if (b === 0) return 0;
  const tail = 1 - p;
  const longest = -log(tail) * Math.max(a, b);
  return bisect(0, longest, (x) => c * exp(-x / a) + (1 - c) * exp(-x / b) > tail);
}
