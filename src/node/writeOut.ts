import { closeSync, mkdirSync, openSync, renameSync, rmSync, type Stats, statSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { FileRefused } from "../scenario/files.ts";

/** A file to be written: its name and its text, whole or in pieces. */
export interface OutFile {
  readonly name: string;
  readonly text: string | Iterable<string>;
}

/** Pieces are joined up to about this many characters before they are written. */
const blockLength = 1 << 20;

/** Writes files into a folder, made when it is missing. Nothing is ever half written: all appear under their names once all are complete. */
export function writeOut(folder: string, files: readonly OutFile[]): void {
  makeFolder(folder);
  const written: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { name, text } of files) {
      const to = join(folder, name);
      const from = join(folder, `.${name}.${process.pid}.tmp`);
      written.push({ from, to });
      writeText(from, text);
    }
    for (const { from, to } of written) renameSync(from, to);
  } finally {
    for (const { from } of written) rmSync(from, { force: true });
  }
}

/** Makes a folder and those above it, unless they are there; throws FileRefused when that cannot be. */
export function makeFolder(folder: string): void {
  if (folder === "") throw new FileRefused("a folder needs a name");
  const there = about(folder);
  if (there?.isDirectory()) return;
  if (there !== undefined) throw new FileRefused(`"${folder}" is a file, not a folder`);
  const above = dirname(folder);
  // the recursion of mkdirSync never ends where a folder is there and takes no more, as /proc
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder);
  } catch (error) {
    throw new FileRefused(`the folder "${folder}" cannot be made: ${reasonOf(error)}`);
  }
}

/** Makes sure that a file can stand at a path, its folder made when it is missing; throws FileRefused. */
export function makePlace(path: string): void {
  if (path === "") throw new FileRefused("a file needs a name");
  if (about(path)?.isDirectory()) throw new FileRefused(`"${path}" is a folder, not a file`);
  makeFolder(dirname(path));
}

/** Writes one file as `writeOut` does; throws FileRefused when it cannot be written. */
export function writeFile(path: string, text: string | Iterable<string>): void {
  makePlace(path);
  try {
    // a device or a pipe is written to, never replaced
    if (about(path)?.isFile() ?? true) writeOut(dirname(path), [{ name: basename(path), text }]);
    else writeText(path, text);
  } catch (error) {
    throw new FileRefused(`the file "${path}" cannot be written: ${reasonOf(error)}`);
  }
}

/** What stands at a path; undefined when nothing does, or when something above it is no folder. */
function about(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw new FileRefused(`"${path}" cannot be reached: ${reasonOf(error)}`);
  }
}

/** What the operating system says, without the code and the call around it; any other error is thrown on. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || !("syscall" in error)) throw error;
  return error.message.replace(/^[A-Z]+: |, .*$/g, "");
}

function writeText(path: string, text: string | Iterable<string>): void {
  const file = openSync(path, "w");
  try {
    if (typeof text === "string") writeBlock(file, text);
    else writePieces(file, text);
  } finally {
    closeSync(file);
  }
}

function writePieces(file: number, pieces: Iterable<string>): void {
  let block: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    block.push(piece);
    length += piece.length;
    if (length < blockLength) continue;
    writeBlock(file, block.join(""));
    block = [];
    length = 0;
  }
  writeBlock(file, block.join(""));
}

function writeBlock(file: number, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
