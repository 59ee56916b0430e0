import { FailureCause } from "../status.ts";
import type { Platform } from "../world.ts";
import { hasBudget } from "./outages.ts";

/** Why a queue does not take a message now: it is out, throttles, or is full; -1 when it takes it. */
export function refusalOf(platform: Platform, queue: number): FailureCause | -1 {
  const { design, world } = platform;
  const state = world.queues[queue];
  const { kind, maxMessages, maxRate } = design.queues[queue];
  if (state.outages.length > 0) return FailureCause.storeError;
  const account = kind === "storage" ? "storage" : "serviceBus";
  if (!hasBudget(platform, state, maxRate) || !hasBudget(platform, world.accounts[account], design.accounts[account])) {
    return FailureCause.throttled;
  }
  return maxMessages > 0 && state.stored >= maxMessages ? FailureCause.queueFull : -1;
}

/** Takes an accepted message off the budgets of its queue and of its account. */
export function spendBudget({ design, world }: Platform, queue: number): void {
  const state = world.queues[queue];
  const account = world.accounts[design.queues[queue].kind === "storage" ? "storage" : "serviceBus"];
  if (state.budget > 0) state.budget--;
  if (account.budget > 0) account.budget--;
}
