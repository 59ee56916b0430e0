import type { World } from "./world.ts";

/** Whether nothing new goes wrong any more: the faults of the scenario have ended, or its horizon has passed. */
export function isCalm({ closed, healed }: World): boolean {
  return closed || healed;
}
