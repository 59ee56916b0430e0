/** A number for each id of some kind of record, noted by a monitor; it grows with the ids. */
export class NumberById {
  private values = new Float64Array(64);
  private readonly absent: number;

  /** What is not noted reads as `absent`. */
  constructor(absent: number) {
    this.absent = absent;
    this.values.fill(absent);
  }

  /** The number noted for an id from 0 on. */
  get(id: number): number {
    return id < this.values.length ? this.values[id] : this.absent;
  }

  /** Notes a number. */
  set(id: number, value: number): void {
    if (id >= this.values.length) this.grow(id);
    this.values[id] = value;
  }

  /** Adds to the number noted. */
  add(id: number, change: number): void {
    if (id >= this.values.length) this.grow(id);
    this.values[id] += change;
  }

  private grow(id: number): void {
    let length = 2 * this.values.length;
    while (length <= id) length *= 2;
    const longer = new Float64Array(length).fill(this.absent);
    longer.set(this.values);
    this.values = longer;
  }
}
