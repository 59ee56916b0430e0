import picocolors from "picocolors";

/** Colours by what they mean; without colour each returns its text. */
export interface Palette {
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  accent(text: string): string;
  faint(text: string): string;
  strong(text: string): string;
}

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person watches `err`, so that a line may be drawn again and again. */
  readonly isWatched: boolean;
  readonly colours: { readonly out: Palette; readonly err: Palette };
  /** Whether results are coloured, for those who colour them themselves. */
  readonly isColoured: boolean;
}

/** Characters in a line of what is printed, as wide as the pictures in a README. */
export const lineWidth = 75;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    isWatched: stderr.isTTY === true && !env.CI,
    colours: { out: palette(wantsColour(stdout, env)), err: palette(wantsColour(stderr, env)) },
    isColoured: wantsColour(stdout, env),
  };
}

/** Whether a stream is written in colour: NO_COLOR forbids it, FORCE_COLOR asks for it, otherwise only where somebody looks at it. */
export function wantsColour(stream: { readonly isTTY?: boolean | undefined }, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return stream.isTTY === true && env.TERM !== "dumb";
}

/** A text at the left and one at the right end of a line. */
export function bothEnds(left: string, right: string, colour: (text: string) => string = (text) => text): string {
  const gap = Math.max(2, lineWidth - left.length - right.length);
  return `${colour(left)}${" ".repeat(gap)}${right}`;
}

/** Colours by meaning, or none. */
export function palette(isColoured: boolean): Palette {
  const { green, red, yellow, cyan, dim, bold } = picocolors.createColors(isColoured);
  return { good: green, bad: red, warn: yellow, accent: cyan, faint: dim, strong: bold };
}
