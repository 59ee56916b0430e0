import { exp } from "../random/detmath.ts";
import type { Chain } from "./chain.ts";

/** A chain after some time from state 0. */
export interface After {
  /** Probabilities of the states at that instant. */
  readonly at: Float64Array;
  /** Shares of the time until then that were spent in the states. */
  readonly spent: Float64Array;
}

/** The Poisson weights of one step are summed up to this rest. */
const rest = 1e-16;
/** Longest step, in mean jumps of the fastest state: its first weight is far from underflow. */
const jumpsMax = 200;

/** Where a chain that starts in state 0 is after `time`, and has been until then, by uniformisation. Jensen (1953). */
export function whereAfter({ states: n, rates }: Chain, time: number): After {
  let fastest = 0;
  const leaves = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) leaves[i] += rates[i * n + j];
    fastest = Math.max(fastest, leaves[i]);
  }
  const steps = Math.max(1, Math.ceil((fastest * time) / jumpsMax));
  const jumps = (fastest * time) / steps;
  let at = new Float64Array(n);
  at[0] = 1;
  const spent = new Float64Array(n);
  for (let step = 0; step < steps; step++) at = stepOn(at, spent);
  for (let i = 0; i < n; i++) spent[i] /= steps;
  return { at, spent };

  function stepOn(from: Float64Array, spent: Float64Array): Float64Array<ArrayBuffer> {
    const to = new Float64Array(n);
    let current = from;
    let weight = exp(-jumps);
    let done = 0;
    // the time spent after k jumps and before the next is a step's share P(more than k jumps) / jumps
    for (let k = 0; ; k++) {
      done += weight;
      const left = Math.max(0, 1 - done);
      for (let i = 0; i < n; i++) {
        to[i] += weight * current[i];
        spent[i] += jumps === 0 ? (k === 0 ? current[i] : 0) : (left / jumps) * current[i];
      }
      if (k >= jumps && weight < rest) return to;
      current = jump(current);
      weight *= jumps / (k + 1);
    }
  }

  function jump(from: Float64Array): Float64Array {
    const to = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      if (from[i] === 0) continue;
      to[i] += from[i] * (fastest === 0 ? 1 : 1 - leaves[i] / fastest);
      for (let j = 0; j < n; j++) if (rates[i * n + j] > 0) to[j] += (from[i] * rates[i * n + j]) / fastest;
    }
    return to;
  }
}
