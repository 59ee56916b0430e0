import { violated } from "./invariant.ts";

/** A kind of typed array that a column can be. */
type ColumnType =
  | Float64ArrayConstructor
  | Int32ArrayConstructor
  | Uint32ArrayConstructor
  | Int16ArrayConstructor
  | Uint16ArrayConstructor
  | Int8ArrayConstructor
  | Uint8ArrayConstructor;

/** The columns of a record: its fields by name. */
export type ColumnShape = Readonly<Record<string, ColumnType>>;

/** Records stored as one typed array a field: `columns.arrivedAt[id]`. */
export type Columns<S extends ColumnShape> = ColumnStore & { -readonly [Name in keyof S]: S[Name]["prototype"] };

/** Everything a set of columns holds, as plain data. */
export interface ColumnsState {
  readonly count: number;
  readonly freeHead: number;
  readonly links: Int32Array;
  readonly fields: Readonly<Record<string, ColumnType["prototype"]>>;
}

const live = -2;
const fewest = 16;

/** Ids from a free list; what all sets of columns share, whatever their fields. */
abstract class ColumnStore {
  /** How many records are live. */
  count = 0;
  /** How many records fit before the columns double; a column must be read anew after `allocate`. */
  capacity: number;

  /** Ids below this have been used. */
  private limit = 0;
  private freeHead = -1;
  /** The next free id of a free record, -1 at the end of the list, -2 for a live one. */
  private links: Int32Array;

  constructor(capacity: number) {
    this.capacity = Math.max(fewest, capacity);
    this.links = new Int32Array(this.capacity);
  }

  /** Takes a free id, the one released last; its fields hold what their last owner left. */
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

  /** A copy of all records. */
  save(): ColumnsState {
    const fields: Record<string, ColumnType["prototype"]> = {};
    const columns = this.columns();
    for (const name of this.names()) fields[name] = columns[name].slice(0, this.limit);
    return { count: this.count, freeHead: this.freeHead, links: this.links.slice(0, this.limit), fields };
  }

  /** Puts saved records back under their old ids; the state may be loaded again later. */
  load(state: ColumnsState): void {
    this.limit = state.links.length;
    if (this.limit > this.capacity) this.resize(this.limit);
    this.count = state.count;
    this.freeHead = state.freeHead;
    this.links.set(state.links);
    const columns = this.columns();
    for (const name of this.names()) columns[name].set(state.fields[name]);
  }

  /** Names of the columns in order of definition. */
  protected abstract names(): readonly string[];

  private resize(capacity: number): void {
    const columns = this.columns();
    for (const name of this.names()) columns[name] = larger(columns[name], capacity);
    this.links = larger(this.links, capacity);
    this.capacity = capacity;
  }

  private columns(): Record<string, ColumnType["prototype"]> {
    return this as unknown as Record<string, ColumnType["prototype"]>;
  }
}

/** Makes a class of columns: one hidden class for all its objects, each field a typed array. `capacity` is where it starts. */
export function defineColumns<const S extends ColumnShape>(shape: S): new (capacity?: number) => Columns<S> {
  const order = Object.keys(shape);
  class DefinedColumns extends ColumnStore {
    constructor(capacity = fewest) {
      super(capacity);
      for (const name of order) {
        if (name in this) violated(`a column cannot be called ${name}`);
        // defined, not assigned: V8 turns an object with more than 30 computed assignments into a slow dictionary
        Object.defineProperty(this, name, { value: new shape[name](this.capacity), writable: true, enumerable: true, configurable: true });
      }
    }
    protected override names(): readonly string[] {
      return order;
    }
  }
  return DefinedColumns as unknown as new (
    capacity?: number,
  ) => Columns<S>;
}

function larger<T extends ColumnType["prototype"]>(column: T, capacity: number): T {
  const copy = new (column.constructor as new (length: number) => T)(capacity);
  copy.set(column);
  return copy;
}
