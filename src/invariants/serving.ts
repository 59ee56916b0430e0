import { EventKind } from "../model/events.ts";
import type { Platform } from "../model/world.ts";

/** The instance that has just completed a service, while its answer or the end of its job is being told. */
export function servingInstance({ calendar, world }: Platform): number {
  return calendar.kind === EventKind.serviceCompleted ? world.requests.instance[calendar.target] : calendar.target;
}
