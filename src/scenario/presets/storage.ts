import { type DefaultRow, exact, guess, known, row } from "./cells.ts";

/** Defaults of queues and stores. */
export const storageRows: readonly DefaultRow[] = [
  row("queues.*.visibilityTimeout", "duration", { azure: known("30s", "queue-api") }),
  row("queues.*.maxDequeueCount", "choice", { azure: known("unlimited", "semantics", "the queue itself dead-letters nothing") }),
  row("queues.*.maxRate", "choice", { azure: known("2000/s", "queue-targets"), ideal: exact("unlimited") }),
  row("stores.*.read", "law", { azure: guess("lognormal(6ms, 0.833)") }),
  row("stores.*.write", "law", { azure: guess("lognormal(10ms, 0.8)") }),
];
