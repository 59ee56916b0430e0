import { violated } from "./invariant.ts";

/**
 * What `capture` makes: numbers, texts, arrays, typed arrays and plain objects, which `structuredClone` copies and which nothing else holds.
 * An object that was reachable by two paths still is.
 */
export type State = unknown;

/** Something that copies itself in its own way. */
interface Savable {
  save(): State;
  load(state: never): void;
}

/** The key that tells what an object of a state stands for; what is captured has no such key. */
const mark = "#";
const outside = { [mark]: "outside" } as const;

type Marked =
  | { readonly [mark]: "outside" }
  | { readonly [mark]: "saved"; readonly state: State }
  | { readonly [mark]: "map"; readonly entries: readonly State[] }
  | { readonly [mark]: "fields"; readonly fields: Fields };
type Fields = Readonly<Record<string, State>>;
type Typed = Float64Array | Int32Array;

/**
 * Copies everything that can be reached from a value, which stays as it is; references to objects of `others` are noted as such and not followed.
 *
 * Objects of a class are copied by their `save`, or else field by field. Throws InvariantError for what is no data: functions, sets, dates.
 */
export function capture(value: object, others: ReadonlySet<object> = new Set()): State {
  return new Capture(others).copy(value);
}

/**
 * Puts a captured state into a value of the same build, which keeps its identity as do all its objects of classes; the state may be restored again.
 *
 * Throws InvariantError where the state has an object of a class, or one of `others`, and the value has nothing of the kind.
 */
export function restore(value: object, state: State): void {
  if (new Restoration().put(value, state) !== value) violated("the state is not of this kind of object");
}

class Capture {
  private readonly others: ReadonlySet<object>;
  private readonly copies = new Map<object, State>();

  constructor(others: ReadonlySet<object>) {
    this.others = others;
  }

  copy(value: unknown): State {
    if (typeof value === "function" || typeof value === "symbol") violated(`a ${typeof value} is no data and cannot be captured`);
    if (typeof value !== "object" || value === null) return value;
    if (this.others.has(value)) return outside;
    const known = this.copies.get(value);
    if (known !== undefined) return known;
    return this.copyNew(value);
  }

  private copyNew(value: object): State {
    if (isTyped(value)) return this.note(value, value.slice());
    if (Array.isArray(value)) {
      // a slice has the holes of the original
      const copy: unknown[] = this.note(value, value.slice());
      for (let place = 0; place < copy.length; place++) if (isObject(copy[place])) copy[place] = this.copy(copy[place]);
      return copy;
    }
    if (value instanceof Map) {
      const entries: State[] = [];
      this.note(value, { [mark]: "map", entries });
      for (const [key, entry] of value) entries.push(this.copy(key), this.copy(entry));
      return this.copies.get(value);
    }
    if (isPlain(value)) {
      if (Object.hasOwn(value, mark)) violated(`an object with the key "${mark}" cannot be captured`);
      return this.copyFields(value, this.note(value, {}));
    }
    if (isSavable(value)) return this.note(value, { [mark]: "saved", state: value.save() });
    if (Object.prototype.toString.call(value) !== "[object Object]") violated(`a ${value.constructor.name} cannot be captured`);
    const fields = {};
    const copy = this.note(value, { [mark]: "fields", fields });
    this.copyFields(value, fields);
    return copy;
  }

  private copyFields(value: object, into: Record<string, State>): State {
    for (const [key, field] of Object.entries(value)) into[key] = this.copy(field);
    return into;
  }

  /** Notes the copy before what is in it is copied, so that circles end. */
  private note<T>(value: object, copy: T): T {
    this.copies.set(value, copy);
    return copy;
  }
}

class Restoration {
  private readonly restored = new Map<object, unknown>();
  /** Objects of the target that stand for something already. */
  private readonly taken = new Set<object>();

  /** What a state stands for: the object that is there, if it is of its kind, or a new one. */
  put(there: unknown, state: State): unknown {
    if (typeof state !== "object" || state === null) return state;
    const known = this.restored.get(state);
    if (known !== undefined) return known;
    if (isTyped(state)) return this.note(state, state.slice());
    if (Array.isArray(state)) return this.putArray(Array.isArray(there) ? there : [], state);
    if (mark in state) return this.putMarked(there, state as Marked);
    if (isObject(there) && isPlain(there) && !this.taken.has(there)) return this.putFields(there, state, state as Fields);
    // spread, an object has the shape that engines like, however many fields it has
    const target: Record<string, unknown> = this.note(state, { ...state });
    for (const key of Object.keys(target)) target[key] = this.put(undefined, target[key]);
    return target;
  }

  private putArray(there: unknown[], state: readonly State[]): unknown {
    const target = this.note(state, this.taken.has(there) ? [] : there);
    const before = target.slice();
    target.length = 0;
    target.length = state.length;
    for (let place = 0; place < state.length; place++) if (place in state) target[place] = this.put(before[place], state[place]);
    return target;
  }

  private putMarked(there: unknown, state: Marked): unknown {
    const kind = state[mark];
    if (!isObject(there)) return violated(`there is no object to put a state of kind "${kind}" into`);
    if (kind === "outside") return there;
    if (this.taken.has(there)) violated("an object stands for two of a state");
    if (kind === "saved") {
      if (!isSavable(there)) return violated("there is no object with a method load");
      there.load(state.state as never);
      return this.note(state, there);
    }
    if (kind === "fields") return this.putFields(there, state, state.fields);
    if (!(there instanceof Map)) return violated("there is no map");
    this.note(state, there);
    there.clear();
    for (let place = 0; place < state.entries.length; place += 2) {
      there.set(this.put(undefined, state.entries[place]), this.put(undefined, state.entries[place + 1]));
    }
    return there;
  }

  private putFields(there: object, state: object, fields: Fields): unknown {
    const target = this.note(state, there as Record<string, unknown>);
    for (const key of Object.keys(target)) if (!Object.hasOwn(fields, key)) delete target[key];
    for (const [key, field] of Object.entries(fields)) target[key] = this.put(target[key], field);
    return target;
  }

  private note<T extends object>(state: object, target: T): T {
    this.restored.set(state, target);
    this.taken.add(target);
    return target;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isTyped(value: object): value is Typed {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isSavable(value: object): value is Savable {
  return "save" in value && typeof value.save === "function" && "load" in value && typeof value.load === "function";
}
