/** A scale from 0 to a round end, with the labels of its ticks. */
export interface ValueScale {
  readonly max: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

const roundSteps = [1, 2, 2.5, 5, 10];

/** A scale from 0 that holds `highest`, with two to five round steps, the smallest number of them that leaves little empty; up to 1 where all is 0. */
export function valueScale(highest: number, label: (value: number) => string, least = 0): ValueScale {
  const top = Math.max(highest, least) || 1;
  let power = 1;
  while (power * 10 <= top) power *= 10;
  while (power > top) power /= 10;
  const step =
    [power / 10, power].flatMap((size) => roundSteps.map((round) => round * size)).find((size) => size >= least && top / size <= 4) ??
    power;
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, place) => ({ at: place * step, label: place === 0 ? "0" : label(place * step) }));
  return { max: count * step, ticks };
}
