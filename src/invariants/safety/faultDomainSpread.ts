import type { VmSize } from "../../model/design.ts";
import { HostState } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";
import { leavesHome, Placements } from "../accounts/placements.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** S15. */
export const faultDomainSpread: Invariant = {
  id: "S15",
  name: "fd-anti-affinity",
  statement:
    "An instance is placed in the cluster that the service is pinned to, when there is one, and in a fault domain in which as few instances of its role and deployment are as in any other that has a host for it: one that is up, in that cluster, with room for its size. So a role of two or more spans two or more fault domains, and their numbers differ by at most one, as long as there is room in all of them and nothing leaves.",
  watch({ platform, broken }) {
    const { datacenter } = platform.design;
    const racks = datacenter.faultDomains;
    const rackOf = (host: number): number => (host - (host % datacenter.hostsPerFaultDomain)) / datacenter.hostsPerFaultDomain;
    // by role of a deployment and fault domain
    const counts = new NumberById(0);
    const count = (instance: number, host: number, change: number): void => {
      const cell = platform.world.instances.group[instance] * racks + rackOf(host);
      counts.add(cell, change);
    };
    const placements = new Placements(platform, {
      comes(instance, host) {
        const place = host % datacenter.hostsPerFaultDomain;
        const { end, from } = reach(platform);
        if (place < from || place >= end) broken(`instance ${instance} is placed on host ${host}, outside the cluster of the service`);
        const first = platform.world.instances.group[instance] * racks;
        const chosen = rackOf(host);
        const there = counts.get(first + chosen);
        for (let rack = 0; rack < racks; rack++) {
          if (counts.get(first + rack) < there && hasHost(platform, rack, instance))
            broken(
              `instance ${instance} comes to ${there} of its role in fault domain ${chosen}, and there is room beside ${counts.get(first + rack)} in ${rack}`,
            );
        }
        count(instance, host, 1);
      },
      goes: (instance, host) => count(instance, host, -1),
    });
    return { listensTo: Placements.listensTo, hearsMove: leavesHome, observe: (fact) => placements.observe(fact) };
  },
};

/** Whether a fault domain has a host that an instance could be placed on now. */
function hasHost(platform: Platform, rack: number, instance: number): boolean {
  const { catalogue, design, world } = platform;
  const first = rack * design.datacenter.hostsPerFaultDomain;
  const { size } = catalogue.programs[world.instances.wanted[instance]].design;
  const { end, from } = reach(platform);
  for (let host = first + from; host < first + end; host++)
    if (world.hosts.state[host] === HostState.up && fits(platform, host, size)) return true;
  return false;
}

/** Places in a fault domain of the hosts that the service may use. */
function reach({ design, world }: Platform): { readonly from: number; readonly end: number } {
  const { clusters, hostsPerFaultDomain } = design.datacenter;
  const cluster = world.cluster < 0 ? undefined : clusters[world.cluster];
  return cluster === undefined ? { from: 0, end: hostsPerFaultDomain } : { from: cluster.first, end: cluster.first + cluster.hosts };
}

function fits({ world: { hosts } }: Platform, host: number, size: VmSize): boolean {
  return hosts.freeCores[host] >= size.cores && hosts.freeMemoryMiB[host] >= size.memoryMiB && hosts.freeDiskMiB[host] >= size.diskMiB;
}
