import type { Figures } from "../metrics/summarise.ts";
import type { ExpectationSummary, LatencySummary } from "../metrics/summary.ts";

/** What a scenario expects of one figure. */
export interface Expectation {
  /** As written. */
  readonly text: string;
  /** Path of the figure: `availability.request`, `latency.p99`, `queues.orders.backlog`. */
  readonly metric: string;
  readonly operator: ExpectationSummary["operator"];
  /** In the unit of the figure: ratio, milliseconds or a count. */
  readonly target: number;
}

/** Compares a scenario's expectations with what was measured; a figure that is absent meets nothing. */
export function judge(expectations: readonly Expectation[], figures: Figures): ExpectationSummary[] {
  return expectations.map(({ text, metric, operator, target }) => {
    const actual = figureAt(figures, metric);
    const met = actual !== null && compare(actual, operator, target);
    return { text, metric, operator, target, actual, met, allowanceUsed: actual === null ? null : allowance(metric, operator, actual, target) };
  });
}

/** The figure at a path, null when it is absent. */
export function figureAt(figures: Figures, path: string): number | null {
  const [section, ...rest] = path.split(".");
  const last = rest[rest.length - 1];
  const name = rest.slice(0, -1).join(".");
  switch (section) {
    case "availability":
      return own(figures.availability, last);
    case "latency":
      return own(figures.latencyMs, last);
    case "latencyWithTimeouts":
      return own(figures.latencyWithTimeoutsMs, last);
    case "waiting":
      return own(figures.waitingMs, last);
    case "requests":
      return own(figures.requests, last);
    case "queues":
      return own(figures.queues.find((queue) => queue.name === name), last);
    case "roles":
      return groupFigure(figures.byRole.find((role) => role.name === name), last);
    case "clients":
      return groupFigure(figures.byClient.find((client) => client.name === name), last);
    default:
      return null;
  }
}

function groupFigure(group: { readonly latencyMs: LatencySummary } | undefined, key: string): number | null {
  return own(group, key) ?? own(group?.latencyMs, key);
}

function own(record: object | undefined, key: string): number | null {
  if (record === undefined || !Object.hasOwn(record, key)) return null;
  const value = (record as Record<string, unknown>)[key];
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
function allowance(metric: string, operator: ExpectationSummary["operator"], actual: number, target: number): number | null {
  if (operator === "<=" || operator === "<") return target > 0 ? actual / target : null;
  const isRatio = metric.startsWith("availability.") || metric.endsWith(".availability");
  return isRatio && target < 1 ? (1 - actual) / (1 - target) : null;
}
