import { EventKind } from "../events.ts";
import type { Platform } from "../world.ts";
import { drawOperator } from "./draws.ts";
import { wait } from "./lifecycle.ts";

/** Nobody on the platform watches what has just died: whoever runs the service notices, where somebody does. */
export function leaveToOwner(platform: Platform, instance: number): void {
  const { operator } = platform.catalogue.laws;
  if (!platform.design.hosting.ownerHeals || operator === undefined) return;
  wait(platform, instance, drawOperator(platform, instance, operator), EventKind.ownerActed);
}
