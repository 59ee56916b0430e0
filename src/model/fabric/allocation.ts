import type { RoleDesign } from "../design.ts";
import { chooseCluster, type Demand, hasRoom, sizesMissing } from "../hardware/clusters.ts";
import type { Group, Platform } from "../world.ts";

/** What roles ask for. */
export function demandOf(roles: readonly Pick<RoleDesign, "instances" | "size">[]): readonly Demand[] {
  return roles.map(({ instances, size }) => ({ size, count: instances }));
}

/** What a role of a deployment asks for beyond what it has. */
export function demandOfMore({ catalogue }: Platform, group: Group, asked: number): readonly Demand[] {
  return [{ size: catalogue.programs[group.program].design.size, count: Math.max(0, asked - group.asked) }];
}

/**
 * Why so much cannot be allocated, with the platform's code; undefined when it can. Once anything of the service is deployed in either slot,
 * everything else must fit its cluster; what the instances in `leaving` hold becomes free.
 */
export function allocationReason(platform: Platform, demands: readonly Demand[], leaving: readonly number[] = []): string | undefined {
  const { world, design } = platform;
  const { clusters } = design.datacenter;
  if (clusters.length === 0 || demands.every(({ count }) => count === 0)) return undefined;
  const what = demands
    .filter(({ count }) => count > 0)
    .map(({ count, size }) => `${count} ${size.name}`)
    .join(" and ");
  if (world.cluster < 0) {
    if (clusters.every((_, cluster) => sizesMissing(platform, cluster, demands).length > 0))
      return `OverconstrainedAllocationRequest: no cluster offers the sizes of ${what} together`;
    return chooseCluster(platform, demands) < 0 ? `AllocationFailed: no cluster has room for ${what}` : undefined;
  }
  const pinned = `ConstrainedAllocationFailed: the service is pinned to cluster ${clusters[world.cluster].name}, which`;
  const [missing] = sizesMissing(platform, world.cluster, demands);
  if (missing !== undefined) return `${pinned} does not offer ${missing}`;
  return hasRoom(platform, world.cluster, demands, leaving) ? undefined : `${pinned} has no room for ${what}`;
}

/** The first deployment in either slot pins the service to a cluster; with no room anywhere, to the first, where its instances wait. */
export function pinCluster(platform: Platform, demands: readonly Demand[]): void {
  const { world, design } = platform;
  if (world.cluster >= 0 || design.datacenter.clusters.length === 0) return;
  world.cluster = Math.max(0, chooseCluster(platform, demands));
}

/** With nothing left in either slot the service is free to go to any cluster again. */
export function unpinCluster({ world }: Platform): void {
  if (world.vips[0] < 0 && world.vips[1] < 0) world.cluster = -1;
}
