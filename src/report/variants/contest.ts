import { comparableFigures } from "../../experiment/comparable.ts";
import type { VariantDifference } from "../../experiment/variants.ts";
import { printable } from "../ink.ts";
import { factor } from "../numbers.ts";

/** In words: by which figures one design is better than the other at 95 % confidence, by which it is worse, and what the same draws were worth. */
export function contest({ against, figures, variant }: VariantDifference): readonly string[] {
  const better: string[] = [];
  const worse: string[] = [];
  const open: string[] = [];
  const reductions: number[] = [];
  for (const figure of comparableFigures) {
    const { difference, interval, varianceReduction } = figures[figure.key] ?? {
      difference: null,
      interval: null,
      varianceReduction: null,
    };
    if (difference === null || interval === null) continue;
    if (varianceReduction !== null) reductions.push(varianceReduction);
    if (interval.low === 0 && interval.high === 0) continue;
    const isUp = interval.low > 0;
    if (!isUp && !(interval.high < 0)) open.push(figure.key);
    else (isUp === (figure.better === "higher") ? better : worse).push(figure.key);
  }
  if (better.length + worse.length + open.length === 0) return [];
  const name = printable(variant);
  const lines: string[] = [];
  if (better.length > 0) lines.push(`Better, each at 95 % confidence: ${name}, by ${listed(better)}.`);
  if (worse.length > 0) lines.push(`Better, each at 95 % confidence: ${printable(against)}, by ${listed(worse)}.`);
  if (open.length > 0) lines.push(`Not decided by these runs: ${listed(open)}.`);
  const sorted = reductions.sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle !== undefined)
    lines.push(
      `The same draws are worth ${factor(middle)} times as many runs as luck of their own, in the median of ${sorted.length} figures.`,
    );
  return lines;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
