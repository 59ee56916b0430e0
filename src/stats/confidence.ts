import { bisect, exp, gammaQuantile, lgamma, log, normalQuantile } from "../random/detmath.ts";
import { betaQuantile, betaRegularised } from "./specialFunctions.ts";
import { Welford } from "./welford.ts";

/** An interval for an unknown figure. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** An estimate in the middle of its interval. */
export interface Estimate extends Interval {
  readonly mean: number;
  readonly halfWidth: number;
}

/** Quantile of Student's t distribution for p in (0, 1) and degrees of freedom from 1 on, which need not be whole. */
export function tQuantile(p: number, freedom: number): number {
  if (!(p > 0 && p < 1 && freedom >= 1)) throw new RangeError(`no t quantile for p ${p} and ${freedom} degrees of freedom`);
  if (p === 0.5) return 0;
  if (p < 0.5) return -tQuantile(1 - p, freedom);
  const tail = 1 - p;
  const tailOf = (t: number) => betaRegularised(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2;
  let low = 0;
  let high = 2 * normalQuantile(p) + 1;
  while (tailOf(high) > tail) {
    low = high;
    high *= 2;
  }
  const logNorm = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - 0.5 * log(freedom * Math.PI);
  let t = low + (high - low) / 2;
  for (let i = 0; i < 100; i++) {
    const excess = tailOf(t) - tail;
    if (excess > 0) low = t;
    else high = t;
    const density = exp(logNorm - ((freedom + 1) / 2) * log(1 + (t * t) / freedom));
    let next = t + excess / density;
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    if (Math.abs(next - t) <= 1e-14 * t) return next;
    t = next;
  }
  return bisect(low, high, (x) => tailOf(x) > tail);
}

/** Mean of independent values and its t interval at a confidence such as 0.95; undefined below two values. */
export function tInterval(values: readonly number[], confidence: number): Estimate | undefined {
  const summary = new Welford();
  for (const value of values) summary.add(value);
  const deviation = summary.deviation();
  if (deviation === undefined) return undefined;
  return estimate(summary.mean, (tQuantile((1 + confidence) / 2, summary.count - 1) * deviation) / Math.sqrt(summary.count));
}

/**
 * Ratio of two sums over replications and its jackknife interval, as for an availability or a mean latency.
 *
 * The mean of the replications' own ratios would be biased. Undefined below two replications, or when leaving one out leaves nothing to
 * divide by.
 */
export function ratioInterval(numerators: readonly number[], denominators: readonly number[], confidence: number): Estimate | undefined {
  const n = numerators.length;
  const top = sum(numerators);
  const bottom = sum(denominators);
  if (n < 2 || bottom === 0) return undefined;
  const pseudo: number[] = [];
  for (let i = 0; i < n; i++) {
    const rest = bottom - denominators[i];
    if (rest === 0) return undefined;
    pseudo.push((n * top) / bottom - ((n - 1) * (top - numerators[i])) / rest);
  }
  const interval = tInterval(pseudo, confidence);
  return interval && estimate(top / bottom, interval.halfWidth);
}

/**
 * Exact interval for the mean of a Poisson count. Garwood (1936).
 *
 * With a count of 0 it is one-sided: at 95 % its upper end is 3.0, the rule of three. Divide by the time observed to get a rate.
 */
export function poissonInterval(count: number, confidence: number): Interval {
  if (count === 0) return { low: 0, high: -log(1 - confidence) };
  const outside = (1 - confidence) / 2;
  return { low: gammaQuantile(count, outside), high: gammaQuantile(count + 1, 1 - outside) };
}

/** Exact interval for a probability of which `successes` in `trials` were seen; never narrower than its confidence. Clopper, Pearson (1934). */
export function binomialInterval(successes: number, trials: number, confidence: number): Interval {
  const outside = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(successes, trials - successes + 1, outside),
    high: successes === trials ? 1 : betaQuantile(successes + 1, trials - successes, 1 - outside),
  };
}

function estimate(mean: number, halfWidth: number): Estimate {
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth };
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
