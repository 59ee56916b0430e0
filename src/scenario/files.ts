/** Where the files that a scenario names are read from: its own folder, and those that are permitted. */
export interface ScenarioFiles {
  /** The content of a file by the name that the scenario gives it; throws FileRefused. */
  read(path: string): Uint8Array;
}

/** Why a file that a scenario names is not read; the message becomes the mistake at the place of the name. */
export class FileRefused extends Error {
  constructor(message: string) {
    // a scenario may give a file a name of a million characters
    super(message.length > 1000 ? `${message.slice(0, 1000)}...` : message);
    this.name = "FileRefused";
  }
}

/** What one scenario may still read from its data files; every use of a file is counted, for it is read and taken apart again. */
export class ReadingBudget {
  /** In lines; sixteen characters cost as much as a line. */
  private left = 6_000_000;

  /** Takes the cost of a text from the budget; throws FileRefused when there is none left. */
  spend(path: string, characters: number, lines: number): void {
    this.left -= lines + characters / 16;
    if (this.left < 0)
      throw new FileRefused(
        `with "${path}" the data that this scenario reads is too much: 6 million lines or 96 MiB, counted as often as they are named`,
      );
  }
}

/** Larger files are not data that a scenario needs, in bytes. */
const mostBytes = 32 * 1024 * 1024;

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
