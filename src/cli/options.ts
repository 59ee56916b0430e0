import { UsageError } from "./usageError.ts";

/** The options of `run` and `validate` that change what is replayed. */
export interface ScenarioOptions {
  readonly seed?: number;
  readonly runs?: number;
  readonly set?: readonly string[];
  readonly data?: readonly string[];
  readonly plugin?: readonly string[];
}

/** Adds a value to those of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Reads the value of `--seed`; throws UsageError. */
export function readSeed(text: string): number {
  const seed = wholeNumber(text);
  if (seed === undefined) throw new UsageError(`--seed is a whole number from 0 on, not "${text}"`);
  return seed;
}

/** Reads the value of `--runs`; throws UsageError. */
export function readRuns(text: string): number {
  const runs = wholeNumber(text);
  if (runs === undefined || runs < 1 || runs > 1_000_000)
    throw new UsageError(`--runs is a whole number from 1 to 1,000,000, not "${text}"`);
  return runs;
}

/** Reads the value of an option that is a whole number; throws UsageError. */
export function readCount(option: string, least: number, most = 1_000_000_000): (text: string) => number {
  return (text) => {
    const count = wholeNumber(text);
    if (count === undefined || count < least || count > most)
      throw new UsageError(`${option} is a whole number from ${least} to ${most.toLocaleString("en-US")}, not "${text}"`);
    return count;
  };
}

/** Reads the value of `--confidence`, `95%` or `0.95`, as a share; throws UsageError. */
export function readConfidence(text: string): number {
  const match = /^(\d{1,3}(?:\.\d{1,9})?|\.\d{1,9})(\s*%)?$/.exec(text);
  const share = match === null ? Number.NaN : Number(match[1]) / (match[2] === undefined ? 1 : 100);
  if (!(share >= 0.5 && share <= 0.9999)) throw new UsageError(`--confidence is a share from 50 % to 99.99 %, such as 99%, not "${text}"`);
  return share;
}

/** A command line as it can be pasted into a shell. */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w./:=,@%+~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}

function wholeNumber(text: string): number | undefined {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
