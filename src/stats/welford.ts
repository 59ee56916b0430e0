/** Running mean and variance without the loss of digits that sums of squares have. Welford (1962). */
export class Welford {
  /** How many values have been added. */
  count = 0;
  /** Mean of the values; 0 when there is none. */
  mean = 0;
  /** Sum of squared deviations from the mean. */
  squares = 0;

  /** Adds a value. */
  add(value: number): void {
    this.count++;
    const before = value - this.mean;
    this.mean += before / this.count;
    this.squares += before * (value - this.mean);
  }

  /** Adds what another one has seen. Merge in a fixed order: sums of floating point numbers depend on it. Chan et al. (1979). */
  merge(other: Welford): void {
    if (other.count === 0) return;
    const count = this.count + other.count;
    const apart = other.mean - this.mean;
    this.mean += (apart * other.count) / count;
    this.squares += other.squares + (apart * apart * this.count * other.count) / count;
    this.count = count;
  }

  /** Sample variance; undefined below two values. */
  variance(): number | undefined {
    return this.count < 2 ? undefined : this.squares / (this.count - 1);
  }

  /** Sample standard deviation; undefined below two values. */
  deviation(): number | undefined {
    const variance = this.variance();
    return variance === undefined ? undefined : Math.sqrt(variance);
  }
}
