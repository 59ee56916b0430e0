import type { World } from "../world.ts";

/** The instance that has an index in its role, or was the last one to have it: none or one. */
export function lastAt({ instances }: World, group: number, index: number): readonly number[] {
  for (let id = instances.count - 1; id >= 0; id--) if (instances.group[id] === group && instances.index[id] === index) return [id];
  return [];
}
