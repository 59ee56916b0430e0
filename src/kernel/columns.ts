import { FreeIds, type FreeIdsState } from "./freeIds.ts";
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
  readonly ids: FreeIdsState;
  readonly fields: Readonly<Record<string, ColumnType["prototype"]>>;
}

const fewest = 16;

/** What all sets of columns share, whatever their fields. */
abstract class ColumnStore {
  /** Which records are live; a column must be read anew after `ids.allocate()`, which may double them. */
  readonly ids: FreeIds;

  constructor(capacity: number) {
    this.ids = new FreeIds(Math.max(fewest, capacity), (larger) => this.makeRoom(larger));
  }

  /** How many records are live. */
  get count(): number {
    return this.ids.count;
  }

  /** How many records fit before the columns double. */
  get capacity(): number {
    return this.ids.capacity;
  }

  /** A copy of all records. */
  save(): ColumnsState {
    const fields: Record<string, ColumnType["prototype"]> = {};
    const columns = this.columns();
    for (const name of this.names()) fields[name] = columns[name].slice(0, this.ids.limit);
    return { ids: this.ids.save(), fields };
  }

  /** Puts saved records back under their old ids; the state may be loaded again later. */
  load(state: ColumnsState): void {
    this.ids.load(state.ids);
    const columns = this.columns();
    for (const name of this.names()) columns[name].set(state.fields[name]);
  }

  /** Names of the columns in order of definition. */
  protected abstract names(): readonly string[];

  private makeRoom(capacity: number): void {
    const columns = this.columns();
    for (const name of this.names()) columns[name] = longer(columns[name], capacity);
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

function longer<T extends ColumnType["prototype"]>(column: T, capacity: number): T {
  const copy = new (column.constructor as new (length: number) => T)(capacity);
  copy.set(column);
  return copy;
}
