import type { Figures } from "../metrics/summarise.ts";
import type { ExpectationSummary } from "../metrics/summary.ts";
import type { Expectation, Span } from "../scenario/expectText.ts";

/** Compares a scenario's expectations with what was measured; a figure that is absent meets nothing. */
export function judge(expectations: readonly Expectation[], figures: Figures): ExpectationSummary[] {
  return expectations.map(({ text, metric, operator, target, unit, path, span }) => {
    const actual = span === undefined ? figureAt(figures, path) : figureOfPart(figures.windows, metric, span);
    const met = actual !== null && meets(actual, operator, target);
    const allowanceUsed = actual === null ? null : allowance(unit === "ratio", operator, actual, target);
    return { text, metric, operator, target, actual, met, allowanceUsed, isOfPart: span !== undefined };
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

/** The figure of the windows of a part of the run; null when nothing was asked there. */
function figureOfPart(windows: Figures["windows"], metric: string, { from, to }: Span): number | null {
  const within = windows.filter(({ fromSeconds, toSeconds }) => fromSeconds * 1e6 >= from - 0.5 && toSeconds * 1e6 <= to + 0.5);
  const sum = (of: (window: Figures["windows"][number]) => number): number => within.reduce((total, window) => total + of(window), 0);
  const offered = sum((window) => window.requests);
  const attempts = sum((window) => window.attempts);
  const failed = sum((window) => window.failed);
  switch (metric) {
    case "availability.request":
      return offered > 0 ? (offered - failed) / offered : null;
    case "requests.amplification":
      return offered > 0 ? attempts / offered : null;
    case "requests.attempts":
      return attempts;
    case "requests.succeeded":
      return offered - failed;
    case "requests.failed":
      return failed;
    default:
      return offered;
  }
}

/** Whether a figure meets an expectation. */
export function meets(actual: number, operator: ExpectationSummary["operator"], target: number): boolean {
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
