/** Where the files that a scenario names are read from: its own folder, and those that are permitted. */
export interface ScenarioFiles {
  /** The content of a file by the name that the scenario gives it; throws FileRefused. */
  read(path: string): Uint8Array;
}

/** Why a file that a scenario names is not read; the message becomes the mistake at the place of the name. */
export class FileRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "FileRefused";
  }
}

/** Larger files are not data that a scenario needs, in bytes. */
const mostBytes = 64 * 1024 * 1024;

/** The text of a file in UTF-8; throws FileRefused when there is no such file or it is not text. */
export function readText(files: ScenarioFiles | undefined, path: string, most = mostBytes): string {
  if (files === undefined) throw new FileRefused(`the file "${path}" cannot be read here: no files were given`);
  const bytes = files.read(path);
  if (bytes.length > most) throw new FileRefused(`the file "${path}" has ${bytes.length} bytes, at most ${most} are read`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FileRefused(`the file "${path}" is not text in UTF-8`);
  }
}
