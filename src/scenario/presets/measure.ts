import { type DefaultRow, guess, known, row } from "./cells.ts";

/** Defaults of operations and measures. */
export const measureRows: readonly DefaultRow[] = [
  row("operations.*.slot", "choice", { azure: known("production", "semantics", "staging for deploy and delete") }),
  row("operations.*.mode", "choice", { azure: known("auto", "update-azure-service") }),
  row("operations.*.portal", "boolean", { azure: known(false, "semantics", "as through the API, which needs no tick") }),
  row("operations.*.force", "boolean", { azure: known(false, "update-azure-service") }),
  row("measure.warmUp", "duration", { azure: known("0s", "semantics") }),
  row("measure.ready", "number", { azure: known(1, "semantics") }),
  row("measure.latencyThreshold", "duration", { azure: guess("1s") }),
];
