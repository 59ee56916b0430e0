import type { CallPolicy } from "../clientProgram.ts";
import { hashNumbers } from "../policies/balancing/hash.ts";
import type { Platform } from "../world.ts";

/**
 * Draws of retries are hashes of the client's key, the number of the request and that of the try: what one request does shifts nobody's
 * luck, and a policy that retries less meets the same waits.
 */

/** What a draw of a try is for. */
export const DrawPurpose = { wait: 0, connection: 1, flow: 2, hedgeFlow: 3 } as const;
export type DrawPurpose = (typeof DrawPurpose)[keyof typeof DrawPurpose];

/** 32 random bits for one purpose of a call's current try. */
export function drawOf({ world }: Platform, call: number, purpose: DrawPurpose): number {
  const { requests, calls, clients } = world;
  const { callKey } = clients[requests.client[calls.request[call]]];
  return hashNumbers(hashNumbers(callKey, calls.number[call]), 4 * calls.tries[call] + purpose);
}

/**
 * The wait before the next try, in whole microseconds. It doubles from `first` to `max`; jitter draws it anew from [0, wait) (full), from its
 * upper half (equal), or from `first` to three times the last one (decorrelated).
 */
export function waitBeforeRetry(platform: Platform, call: number, { first, max, jitter }: CallPolicy): number {
  const { calls } = platform.world;
  const last = calls.wait[call];
  if (jitter === "decorrelated") {
    const most = Math.max(first, Math.min(max, 3 * (last < 0 ? first : last)));
    const drawn = Math.floor(first + uniform(platform, call) * (most - first) + 0.5);
    calls.wait[call] = drawn;
    return drawn;
  }
  const wait = last < 0 ? first : Math.min(max, 2 * last);
  calls.wait[call] = wait;
  if (jitter === "full") return Math.floor(uniform(platform, call) * wait + 0.5);
  if (jitter === "equal") return Math.floor(wait / 2 + (uniform(platform, call) * wait) / 2 + 0.5);
  return wait;
}

/** A request fills its client's budget of retries. */
export function earnRetry(platform: Platform, client: number, { budget }: CallPolicy): void {
  if (budget === undefined) return;
  const owner = platform.world.clients[client];
  owner.tokens = Math.min(budget.burst, owner.tokens + budget.ratio);
}

/** Takes one retry out of the client's budget; false when there is none left. */
export function payForRetry(platform: Platform, client: number, { budget }: CallPolicy): boolean {
  if (budget === undefined) return true;
  const owner = platform.world.clients[client];
  const { now } = platform.calendar;
  owner.tokens = Math.min(budget.burst, owner.tokens + (now - owner.tokensAt) * budget.min);
  owner.tokensAt = now;
  if (owner.tokens < 1) return false;
  owner.tokens--;
  return true;
}

/** In [0, 1). */
function uniform(platform: Platform, call: number): number {
  return drawOf(platform, call, DrawPurpose.wait) / 0x100000000;
}
