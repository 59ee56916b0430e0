const perWord = 2.3283064365386963e-10; // 2^-32
const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);

/**
 * Absorbs one event into a 64-bit rolling hash of two int32; the order of events counts. `low` and `high` are `lowWord` and `highWord` of its
 * instant: integers, because a call with a float allocates.
 */
export function mixEvent(hash: Int32Array, low: number, high: number, kind: number, target: number, arg: number): void {
  const what = Math.imul(kind ^ 0x5bd1e995, 0x9e3779b1) ^ target;
  absorb(hash, low ^ Math.imul(what, 0x85ebca6b), Math.imul(arg ^ Math.imul(high, 0x165667b1), 0x27d4eb2f) + what);
}

/** The lower 32 bits of an instant. */
export function lowWord(at: number): number {
  return at | 0;
}

/** The bits of an instant above the lower 32. */
export function highWord(at: number): number {
  return (at * perWord) | 0;
}

/** Absorbs a number, bit by bit, into a rolling hash of two int32; any NaN is the same NaN. */
export function mixNumber(hash: Int32Array, value: number): void {
  bits[0] = value;
  if (Number.isNaN(value)) absorb(hash, 0, 0x7ff80000);
  else absorb(hash, words[0], words[1]);
}

/** A rolling hash as 16 hex digits. */
export function fingerprintHex(hash: Int32Array): string {
  return hexOf(hash[0]) + hexOf(hash[1]);
}

function absorb(hash: Int32Array, first: number, second: number): void {
  let a = Math.imul(hash[0] ^ first, 0xcc9e2d51);
  let b = Math.imul(hash[1] ^ second, 0x1b873593);
  a ^= a >>> 15;
  b = (b << 13) | (b >>> 19);
  hash[0] = (Math.imul(a, 0x85ebca77) + b) | 0;
  hash[1] = Math.imul(b ^ a, 0xc2b2ae3d) ^ (b >>> 16);
}

function hexOf(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
