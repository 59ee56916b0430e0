import type { RoleDesign } from "../design.ts";
import type { Group, Platform } from "../world.ts";

/** The cores that a role asks for. */
export function coresOf({ instances, size }: Pick<RoleDesign, "instances" | "size">): number {
  return instances * size.cores;
}

/** The cores that a role of a deployment asks for now. */
export function coresAsked({ catalogue }: Platform, { asked, program }: Group): number {
  return coresOf({ instances: asked, size: catalogue.programs[program].design.size });
}

/** Why so many more cores cannot be had, in the platform's words; undefined when they can. */
export function quotaReason({ design, world }: Platform, more: number): string | undefined {
  const quota = design.service.coreQuota;
  if (quota === 0 || more <= 0 || world.coresUsed + more <= quota) return undefined;
  return `the subscription's quota of ${quota} cores is used up`;
}
