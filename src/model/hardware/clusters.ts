import type { VmSize } from "../design.ts";
import { HostState } from "../status.ts";
import type { Platform } from "../world.ts";

/** So many instances of one size. */
export interface Demand {
  readonly size: VmSize;
  readonly count: number;
}

/** The hosts of a fault domain that instances may be placed on, as places in it: those of the pinned cluster, or all. */
export function hostsInReach({ design, world }: Platform): { readonly from: number; readonly to: number } {
  const { clusters, hostsPerFaultDomain } = design.datacenter;
  if (world.cluster < 0 || clusters.length === 0) return { from: 0, to: hostsPerFaultDomain };
  const { first, hosts } = clusters[world.cluster];
  return { from: first, to: first + hosts };
}

/** The sizes in demand that a cluster does not offer. */
export function sizesMissing({ design }: Platform, cluster: number, demands: readonly Demand[]): readonly string[] {
  const { sizes } = design.datacenter.clusters[cluster];
  const wanted = demands.filter(({ count }) => count > 0).map(({ size }) => size.name);
  return sizes.length === 0 ? [] : wanted.filter((name) => !sizes.includes(name));
}

/** Whether a cluster has room for all of it at once, on hosts that answer; what instances in `leaving` hold counts as free. */
export function hasRoom(platform: Platform, cluster: number, demands: readonly Demand[], leaving: readonly number[] = []): boolean {
  const { world, design, catalogue } = platform;
  const { faultDomains, hostsPerFaultDomain, clusters } = design.datacenter;
  const { first, hosts } = clusters[cluster];
  const free: { readonly host: number; cores: number; memoryMiB: number; diskMiB: number }[] = [];
  for (let rack = 0; rack < faultDomains; rack++) {
    for (let place = first; place < first + hosts; place++) {
      const host = rack * hostsPerFaultDomain + place;
      if (world.hosts.state[host] !== HostState.up) continue;
      const { freeCores, freeDiskMiB, freeMemoryMiB } = world.hosts;
      free.push({ host, cores: freeCores[host], memoryMiB: freeMemoryMiB[host], diskMiB: freeDiskMiB[host] });
    }
  }
  for (const instance of leaving) {
    const room = free.find(({ host }) => host === world.instances.host[instance]);
    if (room !== undefined) take(room, catalogue.programs[world.instances.sizedBy[instance]].design.size, -1);
  }
  // the largest first, so that small ones do not take the only place of a large one
  const inOrder = [...demands].sort((a, b) => b.size.cores - a.size.cores || b.size.memoryMiB - a.size.memoryMiB);
  for (const { count, size } of inOrder) {
    let left = count;
    for (const room of free) for (; left > 0 && fits(room, size); left--) take(room, size, 1);
    if (left > 0) return false;
  }
  return true;
}

/** The cluster with the most free cores that offers all sizes in demand and has room for them, ties to the first; -1 none. */
export function chooseCluster(platform: Platform, demands: readonly Demand[]): number {
  const { clusters } = platform.design.datacenter;
  let best = -1;
  clusters.forEach((_, cluster) => {
    if (sizesMissing(platform, cluster, demands).length > 0 || !hasRoom(platform, cluster, demands)) return;
    if (best < 0 || freeCores(platform, cluster) > freeCores(platform, best)) best = cluster;
  });
  return best;
}

function freeCores({ design, world }: Platform, cluster: number): number {
  const { clusters, faultDomains, hostsPerFaultDomain } = design.datacenter;
  const { first, hosts } = clusters[cluster];
  let cores = 0;
  for (let rack = 0; rack < faultDomains; rack++) {
    for (let place = first; place < first + hosts; place++) cores += world.hosts.freeCores[rack * hostsPerFaultDomain + place];
  }
  return cores;
}

function fits(room: { cores: number; memoryMiB: number; diskMiB: number }, size: VmSize): boolean {
  return room.cores >= size.cores && room.memoryMiB >= size.memoryMiB && room.diskMiB >= size.diskMiB;
}

function take(room: { cores: number; memoryMiB: number; diskMiB: number }, size: VmSize, times: number): void {
  room.cores -= times * size.cores;
  room.memoryMiB -= times * size.memoryMiB;
  room.diskMiB -= times * size.diskMiB;
}
