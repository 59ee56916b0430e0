import { type DefaultRow, exact, guess, known, row } from "./cells.ts";

/** Defaults of clients. */
export const clientsRows: readonly DefaultRow[] = [
  row("clients.*.slot", "choice", { azure: known("production", "semantics") }),
  row("clients.*.think", "law", { azure: guess("exponential(10s)") }),
  row("clients.*.session.requests", "number", { azure: guess(10) }),
  row("clients.*.session.think", "law", { azure: guess("exponential(10s)") }),
  row("clients.*.timeout", "duration", { azure: known("100s", "httpclient"), ideal: exact("never") }),
  row("clients.*.deadline", "duration", { azure: known("never", "semantics") }),
  row("clients.*.retry.attempts", "number", { azure: guess(3) }),
  row("clients.*.retry.backoff.first", "duration", { azure: guess("1s"), ideal: exact("0s") }),
  row("clients.*.retry.backoff.max", "duration", { azure: guess("30s"), ideal: exact("0s") }),
  row("clients.*.retry.jitter", "choice", {
    azure: known("full", "aws-jitter", "a wait from 0 to the whole back-off"),
    ideal: exact("none"),
  }),
  row("clients.*.retry.budget.ratio", "choice", { azure: known("20%", "finagle") }),
  row("clients.*.retry.budget.min", "rate", { azure: known("10/s", "finagle"), ideal: exact("0/s") }),
  row("clients.*.retry.budget.burst", "number", { azure: guess(100) }),
  row("clients.*.breaker.share", "choice", { azure: known("50%", "hystrix") }),
  row("clients.*.breaker.window", "duration", { azure: known("10s", "hystrix") }),
  row("clients.*.breaker.minimum", "number", { azure: known(20, "hystrix") }),
  row("clients.*.breaker.openFor", "duration", { azure: known("5s", "hystrix") }),
  row("clients.*.breaker.probes", "number", { azure: known(1, "hystrix") }),
  row("clients.*.hedge", "duration", { azure: known("never", "semantics") }),
  row("clients.*.priority", "number", { azure: known(0, "semantics") }),
  row("clients.*.protocol", "choice", { azure: known("http", "semantics") }),
  row("clients.*.addresses", "number", { azure: guess(1000) }),
];
