import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep, win32 } from "node:path";
import { FileRefused, type ScenarioFiles } from "../scenario/files.ts";

/** Larger files are not data that a scenario needs, in bytes. */
const mostDataBytes = 32 * 1024 * 1024;

/** Reads files by name from a few folders and from nowhere else, whatever links and dots a name contains. */
export class FolderFiles implements ScenarioFiles {
  private readonly folders: readonly string[];

  /** `folders` are searched in this order; throws FileRefused when one does not exist. */
  constructor(folders: readonly string[]) {
    this.folders = folders.map(realFolder);
  }

  read(path: string): Uint8Array {
    refuseOddNames(path);
    let outside = false;
    for (const folder of this.folders) {
      const real = realPath(join(folder, path));
      if (real === undefined) continue;
      if (this.folders.some((permitted) => isInside(permitted, real))) return readWhole(real, path, mostDataBytes);
      outside = true;
    }
    if (outside)
      throw new FileRefused(`the file "${path}" is a link that leads out of the scenario's folder; permit its folder with --data`);
    throw new FileRefused(`there is no file "${path}" beside the scenario or in a folder permitted with --data`);
  }
}

/** The files that a scenario file may name: those in its own folder, then those in the folders that are permitted. */
export function filesBeside(scenarioFile: string, permitted: readonly string[]): FolderFiles {
  return new FolderFiles([dirname(resolve(scenarioFile)), ...permitted]);
}

/** The content of an ordinary file of at most `most` bytes, under the name `shown` in messages; throws FileRefused, before reading a larger one. */
export function readWhole(path: string, shown: string, most: number): Uint8Array {
  // a pipe without a writer would be waited for without end
  const file = openFile(path, shown, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const about = fstatSync(file);
    if (about.isDirectory()) throw new FileRefused(`"${shown}" is a folder, not a file`);
    if (!about.isFile()) throw new FileRefused(`"${shown}" is not an ordinary file`);
    if (about.size > most) {
      const mebibytes = (bytes: number): string => `${Number((bytes / 1024 / 1024).toFixed(1))} MiB`;
      throw new FileRefused(`the file "${shown}" has ${mebibytes(about.size)}, at most ${mebibytes(most)} are read`);
    }
    const bytes = new Uint8Array(about.size);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function openFile(path: string, shown: string, flags: number): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") throw new FileRefused(`there is no file "${shown}"`);
    if (code === "ELOOP") throw new FileRefused(`the file "${shown}" is a link that leads back to itself`);
    if (code === "EACCES" || code === "EPERM") throw new FileRefused(`the file "${shown}" may not be read`);
    throw new FileRefused(`the file "${shown}" cannot be read: ${code ?? String(error)}`);
  }
}

/** Names are relative and go downwards, on every system alike. */
function refuseOddNames(path: string): void {
  if (path === "" || path.includes("\0")) throw new FileRefused("a file needs a name");
  if (isAbsolute(path) || win32.isAbsolute(path) || /^[A-Za-z]:/.test(path)) {
    throw new FileRefused(`"${path}" is an absolute path; files lie beside the scenario or in a folder permitted with --data`);
  }
  if (path.split(/[/\\]/).includes("..")) {
    throw new FileRefused(`"${path}" leads out of the scenario's folder; files lie beside it or in a folder permitted with --data`);
  }
}

function realFolder(folder: string): string {
  const real = folder === "" ? undefined : realPath(folder);
  if (real === undefined) throw new FileRefused(`there is no folder "${folder}"`);
  if (!statSync(real).isDirectory()) throw new FileRefused(`"${folder}" is a file, not a folder`);
  return real;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
