import { closeFault, Defect, openDefect, openDefectOf } from "../incidents.ts";
import type { LocalWrite } from "../roleParts.ts";
import type { Platform } from "../world.ts";

/**
 * Local storage lies on the disk of the VM: an acknowledged write is there for as long as the disk and the folder are. A folder that is full
 * takes no more.
 */

/** Writes what one request writes, all or nothing; false when a folder is full. Only what the client was told of is counted. */
export function writeLocally(platform: Platform, instance: number, writes: readonly LocalWrite[], acknowledged: boolean): boolean {
  const { folders, localWrites } = platform.world;
  for (let step = 0; step < writes.length; step++) {
    const { folder, quotaKiB, sizeKiB } = writes[step];
    if (folders.usedKiB[folderOf(platform, instance, folder)] + sizeKiB > quotaKiB) {
      if (openDefectOf(platform, Defect.storageFull, instance) < 0) openDefect(platform, Defect.storageFull, instance);
      return false;
    }
  }
  for (let step = 0; step < writes.length; step++) {
    const folder = folderOf(platform, instance, writes[step].folder);
    folders.usedKiB[folder] += writes[step].sizeKiB;
    if (!acknowledged) continue;
    folders.items[folder]++;
    localWrites.written++;
  }
  return true;
}

/** Empties the folders that do not survive: all of them, or those that are emptied at every start of the role. Returns the items lost. */
export function emptyFolders(platform: Platform, instance: number, all: boolean): number {
  const { world, catalogue } = platform;
  const { folders, instances } = world;
  const { cleaned } = catalogue.programs[instances.program[instance]];
  let lost = 0;
  let emptied = false;
  for (let folder = instances.firstFolder[instance]; folder >= 0; folder = folders.next[folder]) {
    if (!all && !cleaned[folders.name[folder]]) continue;
    lost += folders.items[folder];
    folders.items[folder] = 0;
    folders.usedKiB[folder] = 0;
    emptied = true;
  }
  const full = openDefectOf(platform, Defect.storageFull, instance);
  if (emptied && full >= 0) closeFault(platform, full);
  return lost;
}

/** Gives the records of an instance's folders back. */
export function releaseFolders({ world }: Platform, instance: number): void {
  const { folders, instances } = world;
  for (let folder = instances.firstFolder[instance]; folder >= 0; ) {
    const next = folders.next[folder];
    folders.ids.release(folder);
    folder = next;
  }
  instances.firstFolder[instance] = -1;
}

/** The record of a folder, made when it is first written to. */
function folderOf({ world }: Platform, instance: number, name: number): number {
  const { folders, instances } = world;
  for (let folder = instances.firstFolder[instance]; folder >= 0; folder = folders.next[folder]) {
    if (folders.name[folder] === name) return folder;
  }
  const folder = folders.ids.allocate();
  folders.name[folder] = name;
  folders.items[folder] = 0;
  folders.usedKiB[folder] = 0;
  folders.next[folder] = instances.firstFolder[instance];
  instances.firstFolder[instance] = folder;
  return folder;
}
