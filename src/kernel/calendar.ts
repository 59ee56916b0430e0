import { EventHeap, type EventHeapState } from "./eventHeap.ts";
import { fingerprintHex, highWord, lowWord, mixEvent, mixNumber } from "./fingerprint.ts";
import { violated } from "./invariant.ts";
import { type Micros, never } from "./time.ts";

/** Handle of a pending event, a non-negative int32; -1 means none, and cancelling a stale one returns false. */
export type EventId = number;

/** Everything a calendar knows, as plain data: can be cloned, posted to a worker, written to a file. */
export interface CalendarState {
  readonly now: Micros;
  readonly sequence: number;
  /** Seed of the order of events at equal instants; 0: that of scheduling. */
  readonly ties: number;
  readonly processed: number;
  readonly capacity: number;
  readonly slotCount: number;
  readonly freeSlot: number;
  readonly current: readonly [kind: number, target: number, arg: number];
  readonly hash: Int32Array;
  readonly slots: Int32Array;
  readonly heap: EventHeapState;
}

const capacityMax = 1 << 24;
const capacityMin = 16;
const handleMask = 0x7fffffff;
const topGeneration = 0x40000000;

/**
 * Pending events in the order (time, order of scheduling), and the clock they drive.
 *
 * An event waits in a slot: its payload stays there while the heap moves the slot's number. A handle is the slot in the low bits and, in
 * the rest of 31 bits, how often the slot had been used; the slot bits are as many as the capacity needs.
 */
export class Calendar {
  /** The current instant in microseconds. */
  now: Micros = 0;
  /** Kind of the event popped last. */
  kind = -1;
  /** Target of the event popped last. */
  target = -1;
  /** Argument of the event popped last. */
  arg = 0;
  /** How many events have been popped. */
  processed = 0;

  private sequence = 0;
  private ties = 0;
  private capacity: number;
  /** Slots below this have been used at least once. */
  private slotCount = 0;
  /** First free slot below that, or -1; a free slot holds the next one in place of its kind. */
  private freeSlot = -1;
  /** Handle, kind, target and arg of each slot. */
  private slots: Int32Array;
  private readonly heap: EventHeap;
  private readonly hash = new Int32Array(2);

  /** Makes an empty calendar with room for `capacity` pending events before it must double. */
  constructor(capacity = 1024) {
    let size = capacityMin;
    while (size < capacity) size *= 2;
    this.capacity = size;
    this.slots = new Int32Array(4 * size);
    this.heap = new EventHeap(size);
  }

  /** How many events are pending. */
  get size(): number {
    return this.heap.size;
  }

  /**
   * Adds an event at an instant from `now` on and returns its handle, or -1 for an instant that is never, which stores nothing.
   *
   * `kind`, `target` and `arg` are int32. Throws InvariantError for an instant in the past or between two microseconds.
   */
  schedule(at: Micros, kind: number, target: number, arg = 0): EventId {
    return this.scheduleAfter(at - this.now, kind, target, arg);
  }

  /**
   * As `schedule`, after a delay from now on. On the hot path this is the one to call: a delay below half an hour is a small integer, which
   * is passed without an allocation, and an instant is not.
   */
  scheduleAfter(delay: Micros, kind: number, target: number, arg = 0): EventId {
    const at = this.now + delay;
    if (at >= never) return -1;
    if (!(delay >= 0) || Math.floor(at) !== at || arg !== (arg | 0)) this.refuse(at, kind, target, arg);
    let slot = this.freeSlot;
    if (slot >= 0) {
      this.freeSlot = this.slots[4 * slot + 1];
    } else {
      if (this.slotCount === this.capacity) this.grow();
      slot = this.slotCount++;
    }
    const { slots, capacity } = this;
    const first = 4 * slot;
    const handle = (((slots[first] & -capacity) + capacity) & handleMask) | slot;
    slots[first] = handle;
    slots[first + 1] = kind;
    slots[first + 2] = target;
    slots[first + 3] = arg;
    this.heap.add(at, this.ties === 0 ? this.sequence++ : this.drawnPlace(), slot);
    return handle;
  }

  /** Removes a pending event; false when it has happened, was cancelled, or is -1. */
  cancel(id: EventId): boolean {
    const slot = this.slotOf(id);
    if (slot < 0) return false;
    this.heap.remove(slot);
    this.release(slot);
    return true;
  }

  /** Whether the event has neither happened nor been cancelled. */
  isPending(id: EventId): boolean {
    return this.slotOf(id) >= 0;
  }

  /** The instant of a pending event in microseconds, or never when it is not pending. */
  timeOf(id: EventId): Micros {
    const slot = this.slotOf(id);
    return slot < 0 ? never : this.heap.timeOf(slot);
  }

  /** The instant of the next event in microseconds, or never when there is none. */
  peek(): Micros {
    return this.heap.settle() ? this.heap.times[0] : never;
  }

  /** Takes the next event: moves `now` to it and leaves it in `kind`, `target` and `arg`; false when there is none. */
  pop(): boolean {
    return this.popUntil(never);
  }

  /** Takes the next event if it happens at `limit` or before; otherwise returns false and leaves `now` alone. */
  popUntil(limit: Micros): boolean {
    if (!this.heap.settle()) return false;
    const at = this.heap.times[0];
    if (at > limit) return false;
    const slot = this.heap.takeFirst();
    const slots = this.slots;
    const kind = slots[4 * slot + 1];
    const target = slots[4 * slot + 2];
    const arg = slots[4 * slot + 3];
    this.release(slot);
    this.now = at;
    this.kind = kind;
    this.target = target;
    this.arg = arg;
    this.processed++;
    mixEvent(this.hash, lowWord(at), highWord(at), kind, target, arg);
    return true;
  }

  /** Moves the clock forward without an event; throws InvariantError when that would be back, or past a pending event. */
  advanceTo(at: Micros): void {
    if (!(at >= this.now && at <= this.peek())) violated(`cannot advance from ${this.now} to ${at}: next event at ${this.peek()}`);
    this.now = at;
  }

  /**
   * From now on, events at equal instants happen in an order drawn from a seed, an int32 from 1 on, and not in the order of scheduling. An event
   * that another one schedules at its own instant still happens after it: only the order of what is pending together is drawn.
   */
  shuffleTies(seed: number): void {
    this.ties = seed;
  }

  /** Adds a number to the fingerprint, bit by bit. */
  mix(value: number): void {
    mixNumber(this.hash, value);
  }

  /** Rolling hash of (at, kind, target, arg) of every event popped and of every number mixed in: 16 hex digits. */
  fingerprintHex(): string {
    return fingerprintHex(this.hash);
  }

  /** A copy of everything the calendar knows; handles stay valid for a calendar that loads it. */
  save(): CalendarState {
    const { now, sequence, ties, processed, capacity, slotCount, freeSlot } = this;
    return {
      now,
      sequence,
      ties,
      processed,
      capacity,
      slotCount,
      freeSlot,
      current: [this.kind, this.target, this.arg],
      hash: this.hash.slice(),
      slots: this.slots.slice(),
      heap: this.heap.save(slotCount),
    };
  }

  /** Puts a saved state back; the state may be loaded again later. */
  load(state: CalendarState): void {
    this.now = state.now;
    this.sequence = state.sequence;
    this.ties = state.ties;
    this.processed = state.processed;
    this.capacity = state.capacity;
    this.slotCount = state.slotCount;
    this.freeSlot = state.freeSlot;
    [this.kind, this.target, this.arg] = state.current;
    this.hash.set(state.hash);
    this.slots = state.slots.slice();
    this.heap.load(state.heap, state.capacity);
  }

  /** The slot of a pending event, or -1. A handle older than a doubling was made with fewer slot bits. */
  private slotOf(id: EventId): number {
    if (id < 0) return -1;
    for (let mask = this.capacity - 1; mask >= capacityMin - 1; mask >>= 1) {
      const slot = id & mask;
      if (this.slots[4 * slot] === id && slot < this.slotCount) return this.heap.holds(slot) ? slot : -1;
    }
    return -1;
  }

  /** A drawn place among those at the same instant: 32 bits of a hash of the order of scheduling, which decides where those are equal. */
  private drawnPlace(): number {
    const order = this.sequence++;
    let bits = Math.imul(order ^ this.ties, 0x9e3779b1) + Math.imul(this.ties, 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
    bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
    return ((bits ^ (bits >>> 15)) >>> 0) * 0x200000 + (order % 0x200000);
  }

  private release(slot: number): void {
    this.slots[4 * slot + 1] = this.freeSlot;
    this.freeSlot = slot;
  }

  private grow(): void {
    const { capacity } = this;
    if (capacity === capacityMax) violated(`more than ${capacityMax} events are pending`);
    const slots = resized(this.slots, 8 * capacity);
    // A handle of slot s may also be read as one of slot s + capacity, so their counts of uses start as far apart as they can.
    for (let first = 0; first < 4 * capacity; first += 4) slots[4 * capacity + first] = slots[first] ^ topGeneration;
    this.slots = slots;
    this.capacity = 2 * capacity;
    this.heap.resize(2 * capacity);
  }

  private refuse(at: Micros, kind: number, target: number, arg: number): void {
    violated(`event (${kind}, ${target}, ${arg}) at ${at} is in the past of ${this.now}, between microseconds, or not of int32`);
  }
}

function resized(column: Int32Array, length: number): Int32Array {
  const copy = new Int32Array(length);
  copy.set(column);
  return copy;
}
