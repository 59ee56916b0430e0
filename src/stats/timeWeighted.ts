/** Integral over time of a value that changes in steps; exact for integers while it is below 2^53. */
export class TimeWeighted {
  /** The value since the last change. */
  value: number;
  /** Largest value held, however briefly. */
  max: number;
  private from: number;
  private changedAt: number;
  private area = 0;

  /** Starts at an instant in microseconds with a value. */
  constructor(at = 0, value = 0) {
    this.from = at;
    this.changedAt = at;
    this.value = value;
    this.max = value;
  }

  /** Changes the value at an instant, not before the last change. */
  set(at: number, value: number): void {
    this.area += this.value * (at - this.changedAt);
    this.changedAt = at;
    this.value = value;
    if (value > this.max) this.max = value;
  }

  /** Changes the value by an amount at an instant, not before the last change. */
  add(at: number, change: number): void {
    this.set(at, this.value + change);
  }

  /** Forgets the past, as at the end of a warm-up; the value stays. */
  reset(at: number): void {
    this.from = at;
    this.changedAt = at;
    this.area = 0;
    this.max = this.value;
  }

  /** Integral from the start to an instant, in value times microseconds. */
  integral(at: number): number {
    return this.area + this.value * (at - this.changedAt);
  }

  /** Mean over time from the start to an instant; undefined when no time has passed. */
  mean(at: number): number | undefined {
    return at > this.from ? this.integral(at) / (at - this.from) : undefined;
  }
}
