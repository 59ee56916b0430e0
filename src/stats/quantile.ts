/** Smallest of the sorted values that a share `p` in 0..1 of them does not exceed; undefined when there is none. */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const rank = Math.ceil(p * sorted.length - 1e-9);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
}

/** Smallest of the values that a share `p` in 0..1 of them does not exceed; undefined when there is none. Sorts a copy. */
export function sampleQuantile(values: ArrayLike<number>, p: number): number | undefined {
  return sortedQuantile(Float64Array.from(values).sort(), p);
}
