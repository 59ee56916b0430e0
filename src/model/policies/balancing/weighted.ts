import type { BalancingPolicy, BalancingView } from "./policy.ts";

/** Shares by weight, drawn independently. */
export const weightedRandom: BalancingPolicy = {
  kind: "weighted-random",
  summary: "Draws an instance from the rotation with a probability proportional to its weight.",
  usesFlow: false,
  choose: (view) => placeOf(view, view.streams.uniform(view.stream) * totalWeight(view)),
};

/** Shares by weight, in turn. */
export const weightedRoundRobin: BalancingPolicy = {
  kind: "weighted-round-robin",
  summary: "Goes round the rotation in id order and gives each instance as many flows in a row as its weight says.",
  usesFlow: false,
  choose(view) {
    const total = totalWeight(view);
    const turn = (view.memory + 1) % total;
    view.memory = turn;
    return placeOf(view, turn);
  },
};

/** The shortest queue for its weight. */
export const weightedLeastOutstanding: BalancingPolicy = {
  kind: "weighted-least-outstanding",
  summary: "Sends each flow to the instance with the fewest requests in progress for its weight, ties to the smallest id.",
  usesFlow: false,
  choose(view) {
    let best = 0;
    for (let place = 1; place < view.count; place++) if (load(view, place) < load(view, best)) best = place;
    return best;
  },
};

/** Requests in progress with the flow that is to be placed, over the weight. */
function load(view: BalancingView, place: number): number {
  return (view.outstanding[view.candidates[place]] + 1) / weightOf(view, place);
}

/** The place at which the weights of the rotation, added up in id order, exceed a value below their total. */
function placeOf(view: BalancingView, value: number): number {
  let sum = 0;
  for (let place = 0; place < view.count - 1; place++) {
    sum += weightOf(view, place);
    if (value < sum) return place;
  }
  return view.count - 1;
}

function totalWeight(view: BalancingView): number {
  let sum = 0;
  for (let place = 0; place < view.count; place++) sum += weightOf(view, place);
  return sum;
}

function weightOf(view: BalancingView, place: number): number {
  return view.weights[view.index[view.candidates[place]]] ?? 1;
}
