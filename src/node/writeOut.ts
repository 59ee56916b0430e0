import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

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

/** Makes a folder and those above it, unless they are there. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  // the recursion of mkdirSync never ends where a folder is there and takes no more, as /proc
  if (above !== folder) makeFolder(above);
  mkdirSync(folder);
}

/** Writes one file as `writeOut` does. */
export function writeFile(path: string, text: string | Iterable<string>): void {
  writeOut(dirname(path), [{ name: basename(path), text }]);
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
