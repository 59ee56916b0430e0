import type { Merged } from "./merge.ts";
import type { Mistake } from "./messages.ts";
import { isMapping, type Source, valueAt } from "./place.ts";
import { ScenarioError } from "./problem.ts";
import { sizeOf } from "./size.ts";

/** One variant of a scenario, put together. */
export interface VariantLayers {
  readonly variant: string;
  readonly layers: Source;
  /** About keys that a variant cannot change. */
  readonly mistakes: readonly Mistake[];
}

/** Keys that are the same in all variants, so that their runs can be compared, and what is told to who writes one into a variant. */
export const fixedInVariants: Readonly<Record<string, string>> = {
  name: "a variant is named by its key under variants",
  base: "base stands at the top of the file, not in a variant",
  seed: "variants are replayed on the same draws: seed stands at the top of the file",
  runs: "variants are replayed on the same draws: runs stands at the top of the file",
  horizon: "variants are compared over the same time: horizon stands at the top of the file",
  variants: "a variant has no variants of its own",
};

/** Nobody compares more. */
const mostVariants = 100;
/** Each variant is read and checked as a scenario of its own. */
const mostValues = 150_000;

function refuseMany(named: Readonly<Record<string, unknown>>, whole: Source): void {
  const variants = Object.keys(named).length;
  const values = variants > mostVariants ? 0 : variants * sizeOf({ ...(whole.value as object), variants: undefined });
  if (variants <= mostVariants && values <= mostValues) return;
  const place = whole.locate(["variants"], "key") ?? { file: whole.file, line: 1, column: 1 };
  const message =
    variants > mostVariants
      ? `${variants} variants, a scenario has at most ${mostVariants}`
      : `the variants have ${values} keys and values in all, those of the scenario included; at most ${mostValues} are read`;
  throw new ScenarioError([{ ...place, severity: "error", message }]);
}

/** The variants of a scenario in the order of the file; what is no mapping is left to the schema to complain about. */
export function variantsOf(merged: Merged): readonly VariantLayers[] {
  const named = valueAt(merged.whole.value, ["variants"]);
  if (!isMapping(named)) return [];
  refuseMany(named, merged.whole);
  return Object.entries(named).flatMap(([variant, changes]) => {
    if (!isMapping(changes)) return [];
    const mistakes = Object.keys(changes)
      .filter((key) => Object.hasOwn(fixedInVariants, key))
      .map((key): Mistake => ({ path: [key], part: "key", message: fixedInVariants[key] ?? "" }));
    return [{ variant, layers: merged.variant(variant), mistakes }];
  });
}
