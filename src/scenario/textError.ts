/** A text in a scenario that cannot be read: what is wrong, and where inside the text. */
export class TextError extends Error {
  /** Offset of the part that is wrong, from 0. */
  readonly at: number;
  readonly length: number;
  /** How to write it. */
  readonly hint: string | undefined;

  constructor(message: string, at: number, length: number, hint?: string) {
    super(message);
    this.name = "TextError";
    this.at = at;
    this.length = Math.max(1, length);
    this.hint = hint;
  }

  /** The same error for a text of which the one read is the part that starts at `offset`. */
  within(offset: number): TextError {
    return new TextError(this.message, this.at + offset, this.length, this.hint);
  }
}

/** Runs a reader on the part of a text that starts at `offset`, with errors placed in the whole text. */
export function readPart<T>(read: (text: string) => T, part: string, offset: number): T {
  try {
    return read(part);
  } catch (error) {
    throw error instanceof TextError ? error.within(offset) : error;
  }
}
