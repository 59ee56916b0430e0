import { jobClient } from "../work/requests.ts";
import type { Platform } from "../world.ts";

/**
 * Whether a queue that detects duplicates has had, within its window, the message that a handler puts in: an earlier attempt of the same request,
 * or work on the same message, has put it in already. It is then acknowledged, and dropped.
 */
export function isDuplicate(platform: Platform, queue: number, request: number): boolean {
  const { world, calendar, design } = platform;
  const { duplicateDetection } = design.queues[queue];
  if (duplicateDetection === 0) return false;
  const { requests, messages } = world;
  const isJob = requests.client[request] === jobClient;
  // a request that is its only attempt
  if (!isJob && requests.call[request] < 0) return false;
  const state = world.queues[queue];
  const key = isJob ? -1 - messages.fact[requests.message[request]] : requests.receipt[request] * clients + requests.message[request];
  for (const [known, at] of state.known) {
    if (calendar.now - at < duplicateDetection) break;
    state.known.delete(known);
  }
  if (!state.known.has(key)) {
    state.known.set(key, calendar.now);
    return false;
  }
  state.deduplicated++;
  return true;
}

/** A client's requests are numbered below this. */
const clients = 4_294_967_296;
