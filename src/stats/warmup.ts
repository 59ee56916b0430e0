/**
 * How many values at the front of a run belong to its warm-up, by MSER-5: the cut, a multiple of five, after which the mean is known best.
 *
 * Undefined when the run is too short to tell: fewer than ten values, or a best cut within a tenth of the middle of the run, beyond which
 * none is looked for. White, Cobb and Spratt, A comparison of five steady-state truncation heuristics (2000).
 */
export function warmupLength(values: readonly number[]): number | undefined {
  const n = Math.floor(values.length / 5);
  if (n < 2) return undefined;
  const means = new Float64Array(n);
  for (let batch = 0; batch < n; batch++) {
    let sum = 0;
    for (let i = 0; i < 5; i++) sum += values[5 * batch + i];
    means[batch] = sum / 5;
  }
  // From the back, so that each cut adds one batch to what is kept.
  let mean = 0;
  let squares = 0;
  let best = 0;
  let bestScore = Infinity;
  for (let cut = n - 1; cut >= 0; cut--) {
    const kept = n - cut;
    const before = means[cut] - mean;
    mean += before / kept;
    squares += before * (means[cut] - mean);
    const score = squares / (kept * kept);
    if (2 * cut <= n && score <= bestScore) {
      best = cut;
      bestScore = score;
    }
  }
  return best > 0.45 * n ? undefined : 5 * best;
}
