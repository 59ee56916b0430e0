import alea from "seedrandom/lib/alea.js";

/** Handle of an open stream: its index, from 0 in the order of opening. */
export type StreamId = number;

/** The states of all open streams, as plain data: eight numbers a stream, of which the last three are unused. */
export type StreamStates = Float64Array;

const withState = { state: true } as const;
const perWord = 2.3283064365386963e-10; // 2^-32
const perDouble = 1.1102230246251565e-16; // 2^-53
const halfStep = 5.551115123125783e-17; // 2^-54
const belowOne = 0.9999999999999999; // 1 - 2^-53
const stride = 8;

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
  /** c, s0, s1, s2 of each stream, and the uniform that is drawn next; a stream fills a cache line. */
  private states: Float64Array;

  /**
   * Makes the streams of one replication of a seed, with room for `capacity` of them before it must double.
   *
   * Opening a name twice would give two streams that draw the same numbers. With `unique` it is refused; that costs a set of names, so it
   * is for tests.
   */
  constructor(seed: number | string, replication: number, capacity = 64, unique = false) {
    this.prefix = named(["v1", seed, replication]);
    this.states = new Float64Array(stride * Math.max(1, capacity));
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
    const at = stride * this.count;
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
    this.double(this.count);
    return this.count++;
  }

  /** One uniform in (0, 1) of a stream that is not kept: a hash of its name. */
  once(...parts: readonly (string | number)[]): number {
    return inside(alea(this.prefix + named(parts)).double());
  }

  /**
   * The next uniform of a stream in [0, 1): a multiple of 2^-53, the library's `.double()`.
   *
   * It was computed when the one before it was drawn, and the one after it is computed now: the two steps of the generator take longer than
   * all else in a draw, and so nothing waits for them.
   */
  double(id: StreamId): number {
    const states = this.states;
    const at = stride * id;
    const drawn = states[at + 4];
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
    states[at + 4] = high + ((low * 0x200000) | 0) * perDouble;
    return drawn;
  }

  /** The next uniform of a stream in (0, 1), neither end included. */
  uniform(id: StreamId): number {
    return inside(this.double(id));
  }

  /** The next draw of a stream as an integer in 0..2^32-1: the first 32 bits of its uniform. */
  uint32(id: StreamId): number {
    return Math.floor(this.double(id) * 0x100000000);
  }

  /** A copy of the states of all streams. */
  save(): StreamStates {
    return this.states.slice(0, stride * this.count);
  }

  /** Puts saved states back; the ids of the streams saved are valid again, later ones are not. */
  load(states: StreamStates): void {
    this.count = states.length / stride;
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
