import { type Estimate, tInterval } from "./confidence.ts";

/** Mean of one long run with an interval, and whether its batches may pass for independent. */
export interface BatchMeans extends Estimate {
  /** Means of the batches, in order of time. */
  readonly means: readonly number[];
  /** Correlation of neighbouring batches, about -1..1; well above 2 / sqrt(batches) the interval is too narrow. */
  readonly correlation: number;
}

/** Splits the values of one run into equal batches (20 to 30 are usual) and takes their t interval; values left over at the front are dropped. */
export function batchMeans(values: readonly number[], batchCount: number, confidence: number): BatchMeans | undefined {
  const size = Math.floor(values.length / batchCount);
  if (size < 1 || batchCount < 2) return undefined;
  const first = values.length - size * batchCount;
  const means: number[] = [];
  for (let batch = 0; batch < batchCount; batch++) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += values[first + batch * size + i];
    means.push(sum / size);
  }
  const interval = tInterval(means, confidence);
  return interval && { ...interval, means, correlation: lagOne(means, interval.mean) };
}

function lagOne(values: readonly number[], mean: number): number {
  let together = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    squares += (values[i] - mean) * (values[i] - mean);
    if (i > 0) together += (values[i] - mean) * (values[i - 1] - mean);
  }
  return squares === 0 ? 0 : together / squares;
}
