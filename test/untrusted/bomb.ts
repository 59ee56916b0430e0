/** A large input made by hand for one reader. */
export interface Bomb {
  readonly reader: string;
  readonly name: string;
  input(): string;
}

/** Bytes. */
export const kibi = 1024;
/** Bytes. */
export const mebi = 1024 * 1024;

/** So many numbered pieces. */
export function many(count: number, piece: (index: number) => string, between = "\n"): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join(between);
}

/** One piece again and again, up to a size. */
export function filled(piece: string, size: number): string {
  return piece.repeat(Math.floor(size / piece.length));
}

/** What most readers of text take at most, nearly, in characters. */
export const almost = mebi - 2 * kibi;

/** Large inputs of one reader, by name. */
export type Inputs = Readonly<Record<string, () => string>>;
