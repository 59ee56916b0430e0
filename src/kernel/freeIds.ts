import { violated } from "./invariant.ts";

/** Which ids are taken, as plain data. */
export interface FreeIdsState {
  readonly count: number;
  readonly capacity: number;
  readonly freeHead: number;
  readonly links: Int32Array;
}

const live = -2;

/** Ids from a free list. It is a class of its own beside the columns, so that engines see one shape where ids are taken and given back. */
export class FreeIds {
  /** How many ids are live. */
  count = 0;
  /** How many fit before whoever holds the records must make room. */
  capacity: number;

  /** Ids below this have been used. */
  limit = 0;
  private freeHead = -1;
  /** The next free id of a free one, -1 at the end of the list, -2 for a live one. */
  private links: Int32Array;
  private readonly makeRoom: (capacity: number) => void;

  /** `makeRoom` is called with the new capacity whenever it doubles. */
  constructor(capacity: number, makeRoom: (capacity: number) => void) {
    this.capacity = capacity;
    this.links = new Int32Array(capacity);
    this.makeRoom = makeRoom;
  }

  /** Takes a free id, the one released last; the fields of its record hold what their last owner left. */
  allocate(): number {
    let id = this.freeHead;
    if (id >= 0) {
      this.freeHead = this.links[id];
    } else {
      if (this.limit === this.capacity) this.resize(2 * this.capacity);
      id = this.limit++;
    }
    this.links[id] = live;
    this.count++;
    return id;
  }

  /** Gives an id back; throws InvariantError when it is not live. */
  release(id: number): void {
    if (this.links[id] !== live || id >= this.limit) violated(`record ${id} is released but not live`);
    this.links[id] = this.freeHead;
    this.freeHead = id;
    this.count--;
  }

  /** Whether the id has been allocated and not been released. */
  isLive(id: number): boolean {
    return id >= 0 && id < this.limit && this.links[id] === live;
  }

  /** A copy of it. */
  save(): FreeIdsState {
    return { count: this.count, capacity: this.capacity, freeHead: this.freeHead, links: this.links.slice(0, this.limit) };
  }

  /** Puts a saved state back; the state may be loaded again later. */
  load(state: FreeIdsState): void {
    this.limit = state.links.length;
    if (state.capacity > this.capacity) this.resize(state.capacity);
    this.count = state.count;
    this.freeHead = state.freeHead;
    this.links.set(state.links);
  }

  private resize(capacity: number): void {
    this.makeRoom(capacity);
    const links = new Int32Array(capacity);
    links.set(this.links);
    this.links = links;
    this.capacity = capacity;
  }
}
