import { FactKind } from "../facts.ts";
import { factOf } from "../incidents.ts";
import type { External, Platform } from "../world.ts";

/** A store or a queue is out: from now on every call fails, and so do those that are under way. */
export function beginOutage(platform: Platform, what: "store" | "queue", id: number, incident: number): void {
  const external = externalOf(platform, what, id);
  external.wentOutAt = platform.calendar.now;
  external.lastOutage = incident;
  if (external.outages.push(incident) > 1) return;
  platform.trace.emit(what === "store" ? FactKind.storeChanged : FactKind.queueChanged, id, 0, factOf(platform, incident));
}

/** One of the incidents that have a store or a queue out is over; true when it is available again. */
export function endOutage(platform: Platform, what: "store" | "queue", id: number, incident: number): boolean {
  const { outages } = externalOf(platform, what, id);
  const place = outages.indexOf(incident);
  if (place < 0) return false;
  outages.splice(place, 1);
  if (outages.length > 0) return false;
  platform.trace.emit(what === "store" ? FactKind.storeChanged : FactKind.queueChanged, id, 1, factOf(platform, incident));
  return true;
}

/** The incident that has a store or a queue out, the earliest that is still open; -1 when it is available. */
export function outageOf({ outages }: External): number {
  return outages.length > 0 ? outages[0] : -1;
}

const second = 1_000_000;

/** Whether a limit of calls a second, counted by whole seconds, leaves room for one more now; 0 is no limit. Whoever makes it takes it off the budget. */
export function hasBudget(platform: Platform, state: Pick<External, "budget" | "budgetSecond">, limit: number): boolean {
  if (limit === 0) return true;
  const now = Math.floor(platform.calendar.now / second);
  if (now !== state.budgetSecond) {
    state.budgetSecond = now;
    state.budget = limit;
  }
  return state.budget > 0;
}

function externalOf({ world }: Platform, what: "store" | "queue", id: number): External {
  return what === "store" ? world.stores[id] : world.queues[id];
}
