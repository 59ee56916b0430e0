import { compileLaw, type Law } from "../random/laws.ts";
import type { Design, RoleDesign } from "./design.ts";

/** One item that a request writes to a folder of local storage, compiled. */
export interface LocalWrite {
  /** Index of the folder's name among those of the design. */
  readonly folder: number;
  readonly sizeKiB: number;
  readonly quotaKiB: number;
}

/** A startup task, compiled. */
export interface TaskProgram {
  /** Place in the role's list. */
  readonly place: number;
  /** Index of its name among those of all tasks of the design. */
  readonly name: number;
  readonly simple: boolean;
  readonly duration: Law;
  readonly fails: number;
  readonly failsFrom: number;
}

/** Compiles what a version writes to its local storage. */
export function compileFolders(
  design: Design,
  { handler, localStorage }: RoleDesign,
): { readonly writes: readonly LocalWrite[]; readonly cleaned: readonly boolean[] } {
  const names = folderNames(design);
  const folders = names.map((name) => localStorage.find((folder) => folder.name === name));
  const writes = handler.flatMap((step) => {
    if (step.step !== "write") return [];
    const folder = names.indexOf(step.folder);
    return [{ folder, sizeKiB: step.sizeKiB, quotaKiB: 1024 * (folders[folder]?.sizeMiB ?? 0) }];
  });
  return { writes, cleaned: folders.map((folder) => folder?.cleanOnRoleRecycle === true) };
}

/** The names of all folders of local storage that any version of a design writes to. */
function folderNames(design: Design): readonly string[] {
  return [...new Set(allRoles(design).flatMap(({ handler }) => handler.flatMap((step) => (step.step === "write" ? [step.folder] : []))))];
}

function allRoles(design: Design): readonly RoleDesign[] {
  return [...design.service.roles, ...design.operations.flatMap((operation) => ("roles" in operation ? operation.roles : []))];
}

/** The names of all startup tasks of all versions of a design: their runs are counted by name. */
export function taskNames(design: Design): readonly string[] {
  return [...new Set(allRoles(design).flatMap((role) => role.startupTasks.map(({ name }) => name)))];
}

/** Compiles the startup tasks that anybody waits for. */
export function compileTasks(design: Design, { startupTasks }: RoleDesign): readonly TaskProgram[] {
  if (startupTasks.length === 0) return [];
  const names = taskNames(design);
  return startupTasks
    .map(({ name, type, duration, fails, failsFrom }, place) => {
      return { place, type, name: names.indexOf(name), simple: type === "simple", duration: compileLaw(duration), fails, failsFrom };
    })
    .filter(({ type }) => type !== "background");
}

/** How much longer a VM with so many cores takes to boot than one with a single core: Small, Medium, Large, ExtraLarge (hill2010). */
export function bootFactorOf(cores: number): number {
  if (cores >= 8) return 1.48;
  return cores >= 4 ? 1.24 : cores >= 2 ? 1.11 : 1;
}
