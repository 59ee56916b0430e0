import { FactKind } from "../../model/facts.ts";
import { DiskEvent } from "../../model/roles/disks.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** Events that bring a new disk for local storage: whatever was written on the old one is gone. */
const newDisk: ReadonlySet<number> = new Set([DiskEvent.move, DiskEvent.rebuild, DiskEvent.resize, DiskEvent.removal]);

/** S17. */
export const ephemeralLoss: Invariant = {
  id: "S17",
  name: "ephemeral-loss",
  statement:
    "When an instance is placed anew (a lost host, a rebuild, another size), nothing that was written to its local storage before can be read, and what is lost is told; restarts of the role, reboots, reimages and updates where it is keep every acknowledged write but those in folders that are emptied at each start of the role. On a hosting whose disks are kept, nothing is lost until the instance is removed. At any time the acknowledged writes are those that can be read and those that were told as lost, event by event.",
  watch({ platform, measured, broken }) {
    const { world, catalogue, design } = platform;
    const { folders, instances, localWrites } = world;
    const { keepsDisk } = design.hosting;
    const names = Math.max(1, ...catalogue.programs.map(({ cleaned }) => cleaned.length));
    const hasFolders = catalogue.programs.some(({ cleaned }) => cleaned.length > 0);
    /** Of each folder of each instance, the acknowledged writes seen last. */
    const seen = new NumberById(0);
    const wasPlaced = new NumberById(0);
    const lost = new Float64Array(localWrites.lost.length);
    const lookAt = (instance: number): void => {
      for (let folder = instances.firstFolder[instance]; folder >= 0; folder = folders.next[folder]) {
        const place = instance * names + folders.name[folder];
        const items = folders.items[folder];
        if (items < seen.get(place)) broken(`of ${seen.get(place)} writes in a folder of instance ${instance}, ${items} are left, untold`);
        seen.set(place, items);
      }
    };
    const emptied = (instance: number, all: boolean): void => {
      const { cleaned } = catalogue.programs[instances.program[instance]];
      for (let folder = instances.firstFolder[instance]; folder >= 0; folder = folders.next[folder]) {
        const name = folders.name[folder];
        if (!all && !cleaned[name]) continue;
        if (folders.items[folder] > 0) broken(`instance ${instance} can read ${folders.items[folder]} writes that are lost`);
        seen.set(instance * names + name, 0);
      }
    };
    return {
      listensTo: [FactKind.instanceChanged, FactKind.instancePlaced, FactKind.localWritesLost],
      hearsMove: () => hasFolders,
      observe({ kind, subject, value }) {
        if (kind === FactKind.localWritesLost) {
          const event = value % 16;
          lost[event] += Math.floor(value / 16);
          if (keepsDisk && event !== DiskEvent.removal) broken(`instance ${subject} has lost writes although its disk is kept`);
          emptied(subject, newDisk.has(event));
        } else if (kind === FactKind.instancePlaced) {
          if (wasPlaced.get(subject) === 1 && !keepsDisk) emptied(subject, true);
          wasPlaced.set(subject, 1);
        }
        lookAt(subject);
      },
      look() {
        let readable = 0;
        for (const group of world.groups) {
          for (const id of group.instances)
            for (let folder = instances.firstFolder[id]; folder >= 0; folder = folders.next[folder]) readable += folders.items[folder];
        }
        let gone = 0;
        for (const count of lost) gone += count;
        if (localWrites.written !== readable + gone)
          broken(`${localWrites.written} writes are acknowledged, ${readable} can be read, ${gone} are told as lost`);
      },
      atHorizon() {
        for (let event = 0; event < measured.life.lost.length; event++)
          if (measured.life.lost[event] !== lost[event])
            broken(`${measured.life.lost[event]} writes are measured as lost by disk event ${event}, ${lost[event]} were told`);
      },
    };
  },
};
