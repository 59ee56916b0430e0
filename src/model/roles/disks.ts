import { FactKind } from "../facts.ts";
import type { Platform } from "../world.ts";
import { emptyFolders } from "./localStorage.ts";
import { forgetTaskRuns } from "./startup.ts";

/** What happens to the disks of a VM, one line each (platform-facts 2.5). */
export const DiskEvent = {
  /** The guest OS starts again where it was. */
  guestReboot: 0,
  /** The host went down and came back: the fabric recovers its VMs. */
  powerCycle: 1,
  /** Somebody reboots the instance from the portal. */
  reboot: 2,
  /** The host's operating system is updated. */
  hostUpdate: 3,
  /** The deployment is stopped and started. */
  stopStart: 4,
  /** Somebody reimages the instance from the portal. */
  reimage: 5,
  /** The guest OS is updated. */
  guestUpdate: 6,
  /** The package is exchanged in place. */
  upgrade: 7,
  /** The instance is made anew on another host. */
  move: 8,
  /** Somebody rebuilds the instance. */
  rebuild: 9,
  /** The size of the VM, or the number of roles, changes. */
  resize: 10,
  /** The role's process starts again; the VM does not. */
  roleRecycle: 11,
  /** The instance is removed for good. */
  removal: 12,
} as const;
export type DiskEvent = (typeof DiskEvent)[keyof typeof DiskEvent];

/** Which disks an event makes anew: local resources (C), Windows (D), the application (E, F). */
interface MadeAnew {
  readonly name: string;
  readonly local: boolean;
  readonly windows: boolean;
  readonly application: boolean;
}

const anew = (name: string, disks: string): MadeAnew => {
  return { name, local: disks.includes("C"), windows: disks.includes("D"), application: disks.includes("E") };
};

/** The table, by event. */
export const disksMadeAnew: readonly MadeAnew[] = [
  anew("guest reboot", ""),
  anew("power cycle of the host", "D"),
  anew("reboot", "E"),
  anew("host OS update", "E"),
  anew("stop and start", "E"),
  anew("reimage", "DE"),
  anew("guest OS update", "DE"),
  anew("upgrade", "E"),
  anew("move to another host", "CDE"),
  anew("rebuild", "CDE"),
  anew("change of size", "CDE"),
  anew("role recycle", ""),
  anew("removal", "CDE"),
];

/** Tells an instance's disks what happens to them: what is not kept is lost. Call it before what comes after, such as a boot. */
export function diskEvent(platform: Platform, instance: number, event: DiskEvent): void {
  const { catalogue, world, trace } = platform;
  const { local, windows } = disksMadeAnew[event];
  if (!windows && world.instances.firstFolder[instance] < 0) return;
  // disks in storage, or a share, are there again wherever the instance starts
  if (platform.design.hosting.keepsDisk && event !== DiskEvent.removal) return;
  if (world.instances.firstFolder[instance] >= 0) {
    const lost = emptyFolders(platform, instance, local);
    world.localWrites.lost[event] += lost;
    if (lost > 0) trace.emit(FactKind.localWritesLost, instance, event + valueStep * lost, world.instances.cause[instance]);
  }
  if (!windows) return;
  if (catalogue.taskNames.length > 0) forgetTaskRuns(platform, instance);
  if (world.changes.length > 0) loseChanges(platform, instance, event);
}

/** What was changed by hand on the Windows disk is gone with it. */
function loseChanges({ world, trace }: Platform, instance: number, event: DiskEvent): void {
  const kept = world.changes.filter((change) => change.instance !== instance);
  const lost = world.changes.length - kept.length;
  if (lost === 0) return;
  world.changes.splice(0, world.changes.length, ...kept);
  trace.emit(FactKind.changesLost, instance, event + valueStep * lost, world.instances.cause[instance]);
}

/** The values of facts about losses hold the event below this, and the number above it. */
const valueStep = 16;

/** The event and the number in the value of a fact about a loss. */
export function readLoss(value: number): { readonly event: string; readonly count: number } {
  return { event: disksMadeAnew[value % valueStep].name, count: Math.floor(value / valueStep) };
}
