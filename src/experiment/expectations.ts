import type { Figures } from "../metrics/summarise.ts";
import type { ExpectationSummary } from "../metrics/summary.ts";
import type { Expectation } from "../scenario/expectText.ts";

/** Compares a scenario's expectations with what was measured; a figure that is absent meets nothing. */
export function judge(expectations: readonly Expectation[], figures: Figures): ExpectationSummary[] {
  return expectations.map(({ text, metric, operator, target, unit, path }) => {
    const actual = figureAt(figures, path);
    const met = actual !== null && compare(actual, operator, target);
    const allowanceUsed = actual === null ? null : allowance(unit === "ratio", operator, actual, target);
    return { text, metric, operator, target, actual, met, allowanceUsed };
  });
}

/** The figure at a path, null when it is absent. In a list, the next key is the `name` of an entry; a cause that never struck counts 0. */
export function figureAt(figures: Figures, path: readonly string[]): number | null {
  let value: unknown = figures;
  for (const key of path) {
    if (Array.isArray(value)) value = value.find((entry: { name?: unknown }) => entry.name === key);
    else if (typeof value === "object" && value !== null && Object.hasOwn(value, key)) value = (value as Record<string, unknown>)[key];
    else return path.includes("failedByCause") || path.includes("attemptsFailedByCause") ? 0 : null;
  }
  return typeof value === "number" ? value : null;
}

function compare(actual: number, operator: ExpectationSummary["operator"], target: number): boolean {
  switch (operator) {
    case ">=":
      return actual >= target;
    case "<=":
      return actual <= target;
    case ">":
      return actual > target;
    case "<":
      return actual < target;
  }
}

/** The share of what the target allows that was used: of failures for a ratio that must be high, of the target for a figure that must be low. */
function allowance(isRatio: boolean, operator: ExpectationSummary["operator"], actual: number, target: number): number | null {
  if (operator === "<=" || operator === "<") return target > 0 ? actual / target : null;
  return isRatio && target < 1 ? (1 - actual) / (1 - target) : null;
}
