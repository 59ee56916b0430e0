import type { Platform } from "../../model/world.ts";
import { leavesHome, Placements } from "../accounts/placements.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** Memory is summed in fractions. */
const tolerance = 1e-6;

/** S7. */
export const hostCapacity: Invariant = {
  id: "S7",
  name: "host-capacity",
  statement:
    "The cores, memory and disk of the instances placed on a host, each by the size it was placed with, are at most what the host has, and with what the host has free they are exactly that. The cores of all of them are at most the subscription's quota, when it has one.",
  watch({ platform, broken }) {
    const { service, datacenter } = platform.design;
    const { host: room } = datacenter;
    const used = { cores: new NumberById(0), memoryMiB: new NumberById(0), diskMiB: new NumberById(0) };
    const program = new NumberById(-1);
    let total = 0;
    const take = (instance: number, host: number, times: number): void => {
      const { size } = platform.catalogue.programs[program.get(instance)].design;
      used.cores.add(host, times * size.cores);
      used.memoryMiB.add(host, times * size.memoryMiB);
      used.diskMiB.add(host, times * size.diskMiB);
      total += times * size.cores;
    };
    const placements = new Placements(platform, {
      comes(instance, host) {
        program.set(instance, platform.world.instances.wanted[instance]);
        take(instance, host, 1);
        const [cores, memory, disk] = [used.cores.get(host), used.memoryMiB.get(host), used.diskMiB.get(host)];
        if (cores > room.cores || memory > room.memoryMiB + tolerance || disk > room.diskMiB)
          broken(`instance ${instance} makes it ${cores} cores, ${memory} MiB of memory and ${disk} MiB of disk on host ${host}`);
        if (service.coreQuota > 0 && total > service.coreQuota)
          broken(`instance ${instance} makes it ${total} cores, and the quota is ${service.coreQuota}`);
      },
      goes: (instance, host) => take(instance, host, -1),
    });
    return {
      listensTo: Placements.listensTo,
      hearsMove: leavesHome,
      observe: (fact) => placements.observe(fact),
      look() {
        const { coresUsed, hosts } = platform.world;
        if (coresUsed !== total) broken(`${coresUsed} cores are said to be used, and ${total} are`);
        for (let host = 0; host < hosts.count; host++) {
          const isExact =
            hosts.freeCores[host] + used.cores.get(host) === room.cores &&
            Math.abs(hosts.freeMemoryMiB[host] + used.memoryMiB.get(host) - room.memoryMiB) <= tolerance &&
            hosts.freeDiskMiB[host] + used.diskMiB.get(host) === room.diskMiB;
          if (!isExact) broken(`host ${host} has ${freeOf(platform, host)} free, and ${used.cores.get(host)} cores are taken`);
        }
      },
    };
  },
};

function freeOf({ world: { hosts } }: Platform, host: number): string {
  return `${hosts.freeCores[host]} cores, ${hosts.freeMemoryMiB[host]} MiB of memory and ${hosts.freeDiskMiB[host]} MiB of disk`;
}
