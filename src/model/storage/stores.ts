import type { CallProgram } from "../callProgram.ts";
import type { Program } from "../program.ts";
import type { Platform } from "../world.ts";
import { hasBudget } from "./outages.ts";

/** Whether a store that is available takes a call now; beyond its rate it throttles. */
export function acceptsCall(platform: Platform, id: number): boolean {
  const store = platform.world.stores[id];
  if (!hasBudget(platform, store, platform.design.stores[id].maxRate)) return false;
  if (store.budget > 0) store.budget--;
  return true;
}

/** A store has acknowledged a call: what was written is durable from now on. */
export function countCall({ world }: Platform, { id, isWrite }: CallProgram): void {
  if (isWrite) world.stores[id].writes++;
  else world.stores[id].reads++;
}

/** The calls of a handler whose stores never fail were all acknowledged. */
export function countCalls(platform: Platform, { calls, storeCalls }: Program): void {
  for (let call = 0; call < storeCalls; call++) countCall(platform, calls[call]);
}
