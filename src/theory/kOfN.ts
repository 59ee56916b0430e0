/** Probability that at least `wanted` of some independent parts work, each with a probability of its own; 0..1. */
export function atLeastUp(wanted: number, probabilities: readonly number[]): number {
  return upShare(probabilities)
    .slice(Math.max(0, wanted))
    .reduce((sum, p) => sum + p, 0);
}

/** Probability that fewer than `wanted` of some independent parts work: its digits are those of the small figure, not of 1 minus a large one. */
export function fewerUp(wanted: number, probabilities: readonly number[]): number {
  return upShare(probabilities)
    .slice(0, Math.max(0, wanted))
    .reduce((sum, p) => sum + p, 0);
}

/** Probabilities that 0, 1, ... of some independent parts work. */
export function upShare(probabilities: readonly number[]): number[] {
  const share = [1];
  for (const up of probabilities) {
    share.push(0);
    for (let k = share.length - 1; k >= 0; k--) share[k] = share[k] * (1 - up) + (k > 0 ? share[k - 1] * up : 0);
  }
  return share;
}
