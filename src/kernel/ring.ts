/** The ids in a ring, first to last, as plain data. */
export type RingState = Int32Array;

/** A first-in, first-out queue of int32 ids that grows by doubling and never shrinks. */
export class Ring {
  /** How many ids are in the ring. */
  length = 0;
  private head = 0;
  private ids: Int32Array;

  /** Makes an empty ring with room for `capacity` ids before it must double. */
  constructor(capacity = 8) {
    let size = 4;
    while (size < capacity) size *= 2;
    this.ids = new Int32Array(size);
  }

  /** Adds an id at the end. */
  push(id: number): void {
    if (this.length === this.ids.length) this.grow();
    this.ids[(this.head + this.length) & (this.ids.length - 1)] = id;
    this.length++;
  }

  /** Adds an id before the first. */
  unshift(id: number): void {
    if (this.length === this.ids.length) this.grow();
    this.head = (this.head - 1) & (this.ids.length - 1);
    this.ids[this.head] = id;
    this.length++;
  }

  /** Removes and returns the first id; -1 when the ring is empty. */
  shift(): number {
    if (this.length === 0) return -1;
    const id = this.ids[this.head];
    this.head = (this.head + 1) & (this.ids.length - 1);
    this.length--;
    return id;
  }

  /** The id `index` places behind the first; -1 outside the ring. */
  at(index: number): number {
    if (index < 0 || index >= this.length) return -1;
    return this.ids[(this.head + index) & (this.ids.length - 1)];
  }

  /** Removes the first occurrence of an id and keeps the order of the rest; false when it is not there. Costs its distance to an end. */
  remove(id: number): boolean {
    const { ids, head, length } = this;
    const mask = ids.length - 1;
    let index = 0;
    while (index < length && ids[(head + index) & mask] !== id) index++;
    if (index === length) return false;
    if (index < length / 2) {
      for (let i = index; i > 0; i--) ids[(head + i) & mask] = ids[(head + i - 1) & mask];
      this.head = (head + 1) & mask;
    } else {
      for (let i = index; i < length - 1; i++) ids[(head + i) & mask] = ids[(head + i + 1) & mask];
    }
    this.length--;
    return true;
  }

  /** Removes all ids. */
  clear(): void {
    this.head = 0;
    this.length = 0;
  }

  /** A copy of the ids, first to last. */
  save(): RingState {
    return this.unrolled(this.length);
  }

  /** Puts saved ids back. */
  load(state: RingState): void {
    let size = this.ids.length;
    while (size < state.length) size *= 2;
    this.ids = new Int32Array(size);
    this.ids.set(state);
    this.head = 0;
    this.length = state.length;
  }

  private grow(): void {
    this.ids = this.unrolled(2 * this.ids.length);
    this.head = 0;
  }

  private unrolled(size: number): Int32Array {
    const copy = new Int32Array(size);
    const untilWrap = Math.min(this.length, this.ids.length - this.head);
    copy.set(this.ids.subarray(this.head, this.head + untilWrap));
    copy.set(this.ids.subarray(0, this.length - untilWrap), untilWrap);
    return copy;
  }
}
