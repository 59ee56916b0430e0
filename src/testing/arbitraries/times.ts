import { pick } from "./pick.ts";

/** How long a phase of something takes, from nothing at all. */
export const phase = pick("0s", "0s", "1s", "5s", "20s", "exponential(10s)", "uniform(1s, 20s)");

/** How long a request or a message is worked at: every law of the language. */
export const work = pick(
  "100ms",
  "0s",
  "50ms",
  "exponential(100ms)",
  "lognormal(100ms, 2)",
  "erlang(200ms, 3)",
  "hyperexponential(100ms, 2)",
  "gamma(150ms, 0.5)",
  "weibull(100ms, 2)",
  "pareto(50ms, 2.5)",
  "uniform(50ms, 500ms)",
  "1s",
);
