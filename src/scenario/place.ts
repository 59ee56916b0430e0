/** Keys and indexes that lead from the top of a scenario to a value. */
export type Path = readonly (string | number)[];

/** Where something stands in a text; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line as it stands there. */
  readonly source: string | undefined;
  readonly length: number;
}

/** A path as people write it: `clients.browsers.timeout`, `faults.0.at`. */
export function writePath(path: Path): string {
  return path.join(".");
}

/** Something that values come from and that knows where each stands. */
export interface Source {
  readonly file: string;
  readonly value: unknown;
  /** The place of the key or value at a path, or of the part of its text from `at` on; undefined when nothing stands there. */
  locate(path: Path, part: "key" | "value", at?: number, length?: number): Place | undefined;
}

/** A text with its lines, to turn offsets into places. */
export class Lines {
  readonly file: string;
  readonly text: string;
  private readonly starts: number[] = [0];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  /** The place of the characters from offset `from` up to `to`; what goes beyond the line is left out. */
  placeOf(from: number, to: number): Place {
    const start = Math.min(Math.max(0, from), this.text.length);
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= start) low = middle;
      else high = middle;
    }
    const lineStart = this.starts[low] ?? 0;
    const newline = this.text.indexOf("\n", lineStart);
    const source = this.text.slice(lineStart, newline < 0 ? this.text.length : newline).replace(/\r$/, "");
    const column = start - lineStart + 1;
    const length = Math.max(1, Math.min(to - start, source.length - column + 1));
    return { file: this.file, line: low + 1, column, source: shortened(source), length };
  }
}

/** Lines are shown up to this length, so that a file on one line stays readable. */
function shortened(source: string): string | undefined {
  return source.length > 400 ? undefined : source;
}

/** The value at a path, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current;
}

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
