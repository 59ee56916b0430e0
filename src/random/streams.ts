import alea from "seedrandom/lib/alea.js";

/** Handle of an open stream: its index, from 0 in the order of opening. */
export type StreamId = number;

/** The states of all open streams, as plain data: four numbers a stream. */
export type StreamStates = Float64Array;

const withState = { state: true } as const;
const perWord = 2.3283064365386963e-10; // 2^-32
const perDouble = 1.1102230246251565e-16; // 2^-53
const halfStep = 5.551115123125783e-17; // 2^-54
const belowOne = 0.9999999999999999; // 1 - 2^-53

/**
 * Named, independent sub-streams of one seed.
 *
 * There is one stream per entity and purpose, named by stable parts, so that adding an entity shifts nobody's draws. Streams are seeded by
 * the library `seedrandom/lib/alea`; their states are kept in one array and stepped here with the library's arithmetic, bit for bit.
 */
export class Streams {
  private readonly prefix: string;
  private readonly names: Set<string> | undefined;
  private count = 0;
  /** c, s0, s1, s2 of each stream. */
  private states: Float64Array;

  /**
   * Makes the streams of one replication of a seed, with room for `capacity` of them before it must double.
   *
   * Opening a name twice would give two streams that draw the same numbers. With `unique` it is refused; that costs a set of names, so it
   * is for tests.
   */
  constructor(seed: number | string, replication: number, capacity = 64, unique = false) {
    this.prefix = named(["v1", seed, replication]);
    this.states = new Float64Array(4 * Math.max(1, capacity));
    this.names = unique ? new Set() : undefined;
  }

  /** How many streams are open. */
  get length(): number {
    return this.count;
  }

  /** Opens the stream with a name, made of stable parts such as `"host", 7, "failure"`; the caller keeps the id. */
  open(...parts: readonly (string | number)[]): StreamId {
    const name = this.prefix + named(parts);
    if (this.names?.has(name)) throw new Error(`stream ${parts.join("/")} is open already`);
    this.names?.add(name);
    const at = 4 * this.count;
    if (at === this.states.length) {
      const larger = new Float64Array(2 * at);
      larger.set(this.states);
      this.states = larger;
    }
    const { c, s0, s1, s2 } = alea(name, withState).state();
    this.states[at] = c;
    this.states[at + 1] = s0;
    this.states[at + 2] = s1;
    this.states[at + 3] = s2;
    return this.count++;
  }

  /** One uniform in (0, 1) of a stream that is not kept: a hash of its name. */
  once(...parts: readonly (string | number)[]): number {
    return inside(alea(this.prefix + named(parts)).double());
  }

  /** The next uniform of a stream in [0, 1): a multiple of 2^-53, the library's `.double()`. */
  double(id: StreamId): number {
    const states = this.states;
    const at = 4 * id;
    const s2 = states[at + 3];
    const first = 2091639 * states[at + 1] + states[at] * perWord;
    const carry = first | 0;
    const high = first - carry;
    const second = 2091639 * states[at + 2] + carry * perWord;
    const c = second | 0;
    const low = second - c;
    states[at] = c;
    states[at + 1] = s2;
    states[at + 2] = high;
    states[at + 3] = low;
    return high + ((low * 0x200000) | 0) * perDouble;
  }

  /** The next uniform of a stream in (0, 1), neither end included. */
  uniform(id: StreamId): number {
    return inside(this.double(id));
  }

  /** The next 32 bits of a stream as an integer in 0..2^32-1; takes half as many bits from the stream as `uniform`. */
  uint32(id: StreamId): number {
    const states = this.states;
    const at = 4 * id;
    const sum = 2091639 * states[at + 1] + states[at] * perWord;
    const c = sum | 0;
    const value = sum - c;
    states[at] = c;
    states[at + 1] = states[at + 2];
    states[at + 2] = states[at + 3];
    states[at + 3] = value;
    return value * 0x100000000;
  }

  /** A copy of the states of all streams. */
  save(): StreamStates {
    return this.states.slice(0, 4 * this.count);
  }

  /** Puts saved states back; the ids of the streams saved are valid again, later ones are not. */
  load(states: StreamStates): void {
    this.count = states.length / 4;
    if (states.length > this.states.length) this.states = new Float64Array(states.length);
    this.states.set(states);
  }
}

function inside(uniform: number): number {
  const moved = uniform + halfStep;
  return moved < 1 ? moved : belowOne;
}

/** Parts with their lengths before them, so that ("1", "2") and ("12") differ. */
function named(parts: readonly (string | number)[]): string {
  let name = "";
  for (const part of parts) {
    const text = typeof part === "string" ? part : String(part);
    name += `${text.length}:${text}`;
  }
  return name;
}
