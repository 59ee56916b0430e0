import { type DefaultRow, exact, guess, known, row } from "./cells.ts";

/** Defaults of clients. */
export const clientsRows: readonly DefaultRow[] = [
  row("clients.*.slot", "choice", { azure: known("production", "semantics") }),
  row("clients.*.think", "law", { azure: guess("exponential(10s)") }),
  row("clients.*.session.requests", "number", { azure: guess(10) }),
  row("clients.*.session.think", "law", { azure: guess("exponential(10s)") }),
  row("clients.*.timeout", "duration", { azure: known("100s", "httpclient"), ideal: exact("never") }),
  row("clients.*.addresses", "number", { azure: guess(1000) }),
];
