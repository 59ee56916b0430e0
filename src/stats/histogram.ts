/** A range of values that the histogram does not tell apart, and how many values fell into it. */
export interface Bucket {
  /** Smallest integer in the bucket. */
  readonly low: number;
  /** Largest integer in the bucket. */
  readonly high: number;
  readonly count: number;
}

/** A histogram as plain data. */
export interface HistogramState {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly from: number;
  readonly counts: Float64Array;
}

const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);
const perOctave = 64;
const largest = 9007199254740992; // 2^53

/**
 * Counts of integers in 0..2^53 in 64 buckets an octave; exact below 128, and a bucket's middle is within 0.8 % of every value in it.
 *
 * Buckets are found from the bits of the number, without a logarithm. Only the octaves seen take memory, half a kilobyte each.
 */
export class Histogram {
  /** How many values have been added. */
  count = 0;
  /** Sum of the values; exact while it is below 2^53. */
  sum = 0;
  /** Smallest value, exactly; Infinity when there is none. */
  min = Infinity;
  /** Largest value, exactly; -Infinity when there is none. */
  max = -Infinity;
  /** Bucket of `counts[0]`, a multiple of 64. */
  private from = 0;
  private counts = new Float64Array(0);

  /** Adds a value, an integer in 0..2^53; throws RangeError for a negative one or NaN. */
  add(value: number): void {
    if (!(value >= 0 && value <= largest)) refuse(value);
    const bucket = bucketOf(value);
    let index = bucket - this.from;
    if (index < 0 || index >= this.counts.length) {
      this.cover(bucket, bucket);
      index = bucket - this.from;
    }
    this.counts[index]++;
    this.count++;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Adds everything another histogram has seen; the result is the same as if its values had been added one by one. */
  merge(other: Histogram): void {
    if (other.count === 0) return;
    this.cover(other.from, other.from + other.counts.length - 1);
    const shift = other.from - this.from;
    for (let i = 0; i < other.counts.length; i++) this.counts[i + shift] += other.counts[i];
    this.count += other.count;
    this.sum += other.sum;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }

  /** Mean of the values, from their sum and so without the error of the buckets; undefined when there is none. */
  mean(): number | undefined {
    return this.count === 0 ? undefined : this.sum / this.count;
  }

  /** Smallest value that a share `p` in 0..1 of the values does not exceed, within 0.8 %; undefined when there is none. */
  quantile(p: number): number | undefined {
    if (this.count === 0) return undefined;
    // Without the allowance, 0.07 * 100 would round up to rank 8.
    const rank = Math.ceil(p * this.count - 1e-9);
    if (rank <= 1) return this.min;
    if (rank >= this.count) return this.max;
    let seen = 0;
    for (let i = 0; i < this.counts.length; i++) {
      seen += this.counts[i];
      if (seen >= rank) return Math.min(this.max, Math.max(this.min, middleOf(this.from + i)));
    }
    return this.max;
  }

  /** How many values are at most `limit`; within the bucket of the limit the values are taken to be spread evenly, so it may be off. */
  countAtMost(limit: number): number {
    if (limit >= this.max) return this.count;
    if (!(limit >= this.min)) return 0;
    const bucket = bucketOf(Math.floor(limit));
    let seen = 0;
    for (let i = 0; i < bucket - this.from; i++) seen += this.counts[i];
    const low = lowOf(bucket);
    const share = (Math.floor(limit) - low + 1) / (lowOf(bucket + 1) - low);
    return seen + Math.round(share * this.counts[bucket - this.from]);
  }

  /** The buckets that hold something, in rising order. */
  *buckets(): Generator<Bucket> {
    for (let i = 0; i < this.counts.length; i++) {
      const bucket = this.from + i;
      if (this.counts[i] > 0) yield { low: lowOf(bucket), high: lowOf(bucket + 1) - 1, count: this.counts[i] };
    }
  }

  /** A copy as plain data. */
  save(): HistogramState {
    const { count, sum, min, max, from } = this;
    return { count, sum, min, max, from, counts: this.counts.slice() };
  }

  /** Puts a copy back. */
  load(state: HistogramState): void {
    this.count = state.count;
    this.sum = state.sum;
    this.min = state.min;
    this.max = state.max;
    this.from = state.from;
    this.counts = state.counts.slice();
  }

  /** Makes room for the octaves of two buckets and everything between. */
  private cover(first: number, last: number): void {
    const empty = this.counts.length === 0;
    const end = this.from + this.counts.length;
    const low = Math.floor(first / perOctave) * perOctave;
    const high = (Math.floor(last / perOctave) + 1) * perOctave;
    const from = empty ? low : Math.min(low, this.from);
    const to = empty ? high : Math.max(high, end);
    if (!empty && from === this.from && to === end) return;
    const wider = new Float64Array(to - from);
    wider.set(this.counts, empty ? 0 : this.from - from);
    this.from = from;
    this.counts = wider;
  }
}

/** From 64 on, the exponent and the first six bits of the fraction, numbered so that 64 falls into bucket 64. */
function bucketOf(value: number): number {
  if (value < 128) return value | 0;
  bits[0] = value;
  return (words[1] >> 14) - 65792;
}

function refuse(value: number): never {
  throw new RangeError(`${value} is not in 0..2^53`);
}

function lowOf(bucket: number): number {
  if (bucket < 128) return bucket;
  words[0] = 0;
  words[1] = (bucket + 65792) << 14;
  return bits[0];
}

function middleOf(bucket: number): number {
  return (lowOf(bucket) + lowOf(bucket + 1) - 1) / 2;
}
