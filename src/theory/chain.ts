/** A Markov chain in continuous time with finitely many states: `rates[i * states + j]` leads from i to j; the diagonal is 0. */
export interface Chain {
  readonly states: number;
  readonly rates: Float64Array;
}

/** A chain, and what its states mean. */
export interface Explored<S> extends Chain {
  readonly meaning: readonly S[];
}

/** Chains are solved by elimination, in a time that grows with the third power of their states. */
export const statesMax = 2000;

/**
 * The chain of all states that can be reached from a first one, which is state 0. `movesOf` tells the states that a state leads to and at which
 * rates; two are the same when `keyOf` says the same of them. Throws RangeError beyond 2000 states.
 */
export function explore<S>(
  first: S,
  movesOf: (state: S) => Iterable<readonly [to: S, rate: number]>,
  keyOf: (state: S) => string,
): Explored<S> {
  const meaning: S[] = [first];
  const known = new Map([[keyOf(first), 0]]);
  const moves: (readonly [from: number, to: number, rate: number])[] = [];
  for (let from = 0; from < meaning.length; from++) {
    for (const [state, rate] of movesOf(meaning[from])) {
      const key = keyOf(state);
      let to = known.get(key);
      if (to === undefined) {
        to = meaning.length;
        if (to >= statesMax) throw new RangeError(`more than ${statesMax} states`);
        known.set(key, to);
        meaning.push(state);
      }
      if (to !== from) moves.push([from, to, rate]);
    }
  }
  const states = meaning.length;
  const rates = new Float64Array(states * states);
  for (const [from, to, rate] of moves) rates[from * states + to] += rate;
  return { states, rates, meaning };
}

/**
 * Long-run probabilities of the states of a chain in which every state leads to every other, by elimination that subtracts nothing, so that
 * the smallest of them is as exact as the largest. Grassmann, Taksar and Heyman (1985).
 */
export function longRun({ states: n, rates }: Chain): Float64Array {
  const a = rates.slice();
  for (let k = n - 1; k > 0; k--) {
    let leaves = 0;
    for (let j = 0; j < k; j++) leaves += a[k * n + j];
    if (!(leaves > 0)) throw new RangeError(`state ${k} leads to no state before it: the chain falls apart`);
    for (let i = 0; i < k; i++) {
      const to = a[i * n + k];
      if (to === 0) continue;
      const share = to / leaves;
      a[i * n + k] = share;
      for (let j = 0; j < k; j++) a[i * n + j] += share * a[k * n + j];
      a[i * n + i] = 0;
    }
  }
  const p = new Float64Array(n);
  p[0] = 1;
  let total = 1;
  for (let k = 1; k < n; k++) {
    for (let i = 0; i < k; i++) p[k] += p[i] * a[i * n + k];
    total += p[k];
  }
  for (let k = 0; k < n; k++) p[k] /= total;
  return p;
}

/** Mean time from state 0 until a state of a set is first reached, in the unit of the rates, by elimination that subtracts nothing. */
export function meanTimeTo({ states: n, rates }: Chain, isReached: (state: number) => boolean): number {
  if (isReached(0)) return 0;
  const a = rates.slice();
  const times = new Float64Array(n).fill(1);
  const reached = Array.from({ length: n }, (_, state) => isReached(state));
  for (let k = n - 1; k >= 0; k--) {
    if (reached[k]) continue;
    let leaves = 0;
    for (let j = 0; j < n; j++) if (j < k || reached[j]) leaves += a[k * n + j];
    if (!(leaves > 0)) throw new RangeError("the set is not reached for sure");
    times[k] /= leaves;
    for (let j = 0; j < n; j++) a[k * n + j] /= leaves;
    for (let i = 0; i < k; i++) {
      const to = a[i * n + k];
      if (to === 0 || reached[i]) continue;
      times[i] += to * times[k];
      for (let j = 0; j < n; j++) if (j !== i && (j < k || reached[j])) a[i * n + j] += to * a[k * n + j];
    }
  }
  return times[0];
}
