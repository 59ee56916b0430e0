import type { BreakerDesign, ClientDesign, RetryDesign } from "../../model/design.ts";
import { type FailureCauseName, failureCauses } from "../../model/status.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import type { Context } from "./context.ts";

type ReadClient = NonNullable<ReadScenario["clients"]>[string];
type Trying = Pick<ClientDesign, "timeout" | "deadline" | "retry" | "breaker" | "hedge" | "priority">;

/** Retried unless `on` says otherwise: whoever was rejected was told to stay away. */
const usuallyRetried: readonly FailureCauseName[] = failureCauses.filter((cause) => cause !== "rejected" && cause !== "unsettled");

/** How a client tries, with its defaults. */
export function resolveTrying(client: ReadClient, path: readonly string[], context: Context): Trying {
  const { client: defaults } = context.defaults;
  const trying: Trying = {
    timeout: client.timeout ?? defaults.timeout,
    deadline: client.deadline ?? defaults.deadline,
    retry: resolveRetry(client.retry, [...path, "retry"], context),
    breaker: resolveBreaker(client.breaker, [...path, "breaker"], context),
    hedge: client.hedge ?? defaults.hedge,
    priority: client.priority ?? defaults.priority,
  };
  if (trying.timeout === 0) context.complain([...path, "timeout"], "a time-out is above 0, or never");
  if (trying.deadline === 0) context.complain([...path, "deadline"], "a deadline is above 0, or never");
  if (trying.hedge >= trying.timeout && client.hedge !== undefined && client.timeout !== undefined) {
    context.warn([...path, "hedge"], "no attempt is hedged: its time-out comes first");
  }
  return trying;
}

function resolveRetry(given: ReadClient["retry"], path: readonly string[], context: Context): RetryDesign | undefined {
  if (given === undefined) return undefined;
  const { retry: defaults, budget: usualBudget } = context.defaults.client;
  const { backoff, budget } = given;
  const constant = typeof backoff === "number" ? backoff : undefined;
  const first = constant ?? (typeof backoff === "object" ? backoff.first : undefined) ?? defaults.backoff.first;
  const max = constant ?? (typeof backoff === "object" ? backoff.max : undefined) ?? Math.max(first, defaults.backoff.max);
  if (max < first) context.complain([...path, "backoff", "max"], "max is below first");
  const jitter = given.jitter ?? defaults.jitter;
  const on = given.on ?? usuallyRetried;
  if (on.includes("unsettled")) context.complain([...path, "on"], "unsettled means that the simulation ended first: nothing can follow");
  return {
    attempts: given.attempts ?? defaults.attempts,
    backoff: { first, max },
    jitter,
    on,
    budget:
      budget === undefined
        ? undefined
        : {
            ratio: budget.ratio ?? usualBudget.ratio,
            min: budget.min ?? usualBudget.min,
            burst: budget.burst ?? usualBudget.burst,
          },
  };
}

function resolveBreaker(given: ReadClient["breaker"], path: readonly string[], context: Context): BreakerDesign | undefined {
  if (given === undefined) return undefined;
  const { breaker: defaults } = context.defaults.client;
  const key = (["share", "window", "minimum"] as const).find((name) => given[name] !== undefined);
  if (given.failures !== undefined && key !== undefined) {
    context.complain([...path, key], "failures in a row, or a share of a window: give one of the two", { part: "key" });
  }
  return {
    failures: given.failures ?? defaults.failures,
    share: given.share ?? defaults.share,
    window: given.window ?? defaults.window,
    minimum: given.minimum ?? defaults.minimum,
    openFor: given.openFor ?? defaults.openFor,
    probes: given.probes ?? defaults.probes,
  };
}
