import type { Micros } from "./time.ts";

/** The contents of a heap, as plain data. */
export interface EventHeapState {
  readonly times: Float64Array;
  readonly sequences: Float64Array;
  readonly slots: Int32Array;
  readonly positions: Int32Array;
}

/**
 * Slots in the order (time, sequence): a four-ary heap over parallel typed arrays, with an index of positions, so that any slot can be
 * removed at once.
 *
 * Taking the first slot leaves the root empty (the hole) for the next one added, so that an event and its successor cost one sift. The
 * caller keeps slots below the capacity and resizes first.
 */
export class EventHeap {
  /** Entries, the hole included. */
  private length = 0;
  private hole = false;
  /** Times by place in the heap; that of the first slot is at 0, once `settle` has said that there is one. */
  times: Float64Array;
  private sequences: Float64Array;
  private slots: Int32Array;
  /** Where each slot is in the heap; -1 when it is not. */
  private positions: Int32Array;

  /** Makes an empty heap for slots below `capacity`. */
  constructor(capacity: number) {
    this.times = new Float64Array(capacity);
    this.sequences = new Float64Array(capacity);
    this.slots = new Int32Array(capacity);
    this.positions = new Int32Array(capacity).fill(-1);
  }

  /** How many slots are in the heap. */
  get size(): number {
    return this.hole ? this.length - 1 : this.length;
  }

  /** Whether the slot is in the heap. */
  holds(slot: number): boolean {
    return this.positions[slot] >= 0;
  }

  /** The time of a slot in the heap. */
  timeOf(slot: number): Micros {
    return this.times[this.positions[slot]];
  }

  /** Whether there is a first slot, brought to its place. Its time is read from `times`: a call that returned it would allocate. */
  settle(): boolean {
    if (this.hole) this.fillHole();
    return this.length > 0;
  }

  /** Adds a slot. */
  add(at: Micros, sequence: number, slot: number): void {
    if (this.hole) {
      this.hole = false;
      this.siftDown(0, at, sequence, slot);
    } else {
      this.siftUp(this.length++, at, sequence, slot);
    }
  }

  /** Removes and returns the first slot; only right after `settle` has said that there is one. */
  takeFirst(): number {
    const slot = this.slots[0];
    this.positions[slot] = -1;
    this.hole = true;
    // Nothing sifts up past the hole.
    this.times[0] = -1;
    return slot;
  }

  /** Removes a slot that is in the heap. */
  remove(slot: number): void {
    const position = this.positions[slot];
    this.positions[slot] = -1;
    const last = --this.length;
    if (position === last) return;
    const at = this.times[last];
    const sequence = this.sequences[last];
    const moved = this.slots[last];
    this.siftUp(position, at, sequence, moved);
    if (this.slots[position] === moved) this.siftDown(position, at, sequence, moved);
  }

  /** Makes room for slots below a larger capacity. */
  resize(capacity: number): void {
    this.load(this.save(), capacity);
  }

  /** A copy of the contents, if no slot from `slotCount` on is in the heap. */
  save(slotCount = this.positions.length): EventHeapState {
    if (this.hole) this.fillHole();
    return {
      times: this.times.slice(0, this.length),
      sequences: this.sequences.slice(0, this.length),
      slots: this.slots.slice(0, this.length),
      positions: this.positions.slice(0, slotCount),
    };
  }

  /** Puts saved contents back, with room for slots below `capacity`. */
  load(state: EventHeapState, capacity: number): void {
    this.hole = false;
    this.length = state.times.length;
    this.times = new Float64Array(capacity);
    this.times.set(state.times);
    this.sequences = new Float64Array(capacity);
    this.sequences.set(state.sequences);
    this.slots = new Int32Array(capacity);
    this.slots.set(state.slots);
    this.positions = new Int32Array(capacity).fill(-1);
    this.positions.set(state.positions);
  }

  private siftUp(start: number, at: Micros, sequence: number, slot: number): void {
    const { times, sequences, slots, positions } = this;
    let position = start;
    while (position > 0) {
      const parent = (position - 1) >> 2;
      const parentAt = times[parent];
      if (parentAt < at || (parentAt === at && sequences[parent] < sequence)) break;
      const parentSlot = slots[parent];
      times[position] = parentAt;
      sequences[position] = sequences[parent];
      slots[position] = parentSlot;
      positions[parentSlot] = position;
      position = parent;
    }
    times[position] = at;
    sequences[position] = sequence;
    slots[position] = slot;
    positions[slot] = position;
  }

  private siftDown(start: number, at: Micros, sequence: number, slot: number): void {
    const { times, sequences, slots, positions, length } = this;
    let position = start;
    for (let child = 4 * position + 1; child < length; child = 4 * position + 1) {
      let best = child;
      let bestAt = times[child];
      if (child + 3 < length) {
        // Numbers in place of branches, which would be guessed wrong half of the time: the earlier of each pair, and of those two.
        const at1 = times[child + 1];
        const at2 = times[child + 2];
        const at3 = times[child + 3];
        const left = child + Number(at1 < bestAt);
        const right = child + 2 + Number(at3 < at2);
        const leftAt = times[left];
        const rightAt = times[right];
        best = left + Number(rightAt < leftAt) * (right - left);
        if (at1 === bestAt || at2 === at3 || leftAt === rightAt) best = this.firstOfFour(child);
        bestAt = times[best];
      } else {
        for (let other = child + 1; other < length; other++) {
          const otherAt = times[other];
          if (otherAt < bestAt || (otherAt === bestAt && sequences[other] < sequences[best])) {
            best = other;
            bestAt = otherAt;
          }
        }
      }
      if (at < bestAt || (at === bestAt && sequence < sequences[best])) break;
      const bestSlot = slots[best];
      times[position] = bestAt;
      sequences[position] = sequences[best];
      slots[position] = bestSlot;
      positions[bestSlot] = position;
      position = best;
    }
    times[position] = at;
    sequences[position] = sequence;
    slots[position] = slot;
    positions[slot] = position;
  }

  /** The place of the first of four, some of which are at the same time. */
  private firstOfFour(start: number): number {
    const { times, sequences } = this;
    let best = start;
    for (let other = start + 1; other < start + 4; other++) {
      if (times[other] < times[best] || (times[other] === times[best] && sequences[other] < sequences[best])) best = other;
    }
    return best;
  }

  /** Moves the last entry into the hole. */
  private fillHole(): void {
    this.hole = false;
    const last = --this.length;
    if (last > 0) this.siftDown(0, this.times[last], this.sequences[last], this.slots[last]);
  }
}
