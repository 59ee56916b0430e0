/** Ids by id: a column that grows with the largest index set, -1 where nothing was set. */
export class IdTable {
  private ids = new Int32Array(0);

  /** The id at an index, -1 when there is none. */
  get(index: number): number {
    return index < this.ids.length ? this.ids[index] : -1;
  }

  /** Puts an id at an index from 0 on. */
  set(index: number, id: number): void {
    if (index >= this.ids.length) {
      const longer = new Int32Array(Math.max(8, 2 * this.ids.length, index + 1)).fill(-1);
      longer.set(this.ids);
      this.ids = longer;
    }
    this.ids[index] = id;
  }
}
