import { attempt } from "./attempt.ts";
import { Chance } from "./chance.ts";
import { drawInput } from "./mutate.ts";
import { isWholeUntouched } from "./prototypes.ts";
import type { Reader } from "./readers.ts";
import { shrink } from "./shrink.ts";

/** A way in which a reader fails, with the smallest input found. */
export interface Failure {
  readonly reader: string;
  readonly what: string;
  readonly input: Uint8Array;
}

/** What trying one reader came to. */
export interface Tried {
  readonly reader: string;
  readonly inputs: number;
  readonly read: number;
  readonly slowest: number;
  readonly slowestInput: number;
  readonly failures: readonly Failure[];
}

/** How one reader is tried. */
export interface CampaignOptions {
  readonly seed: number;
  readonly inputs: number;
  /** The first input to draw. */
  readonly from?: number;
  /** In milliseconds; an input that takes longer three times over is a failure. Without, no clock decides anything. */
  readonly slow?: number;
}

/** Lets a reader read so many inputs; each is made from the seed and its number alone. */
export function tryReader(reader: Reader, { from = 0, inputs, seed, slow = Number.POSITIVE_INFINITY }: CampaignOptions): Tried {
  const failures = new Map<string, Failure>();
  let read = 0;
  let slowest = 0;
  let slowestInput = 0;
  for (let index = from; index < from + inputs; index++) {
    const input = inputOf(reader, seed, index);
    const { failure, isRead, milliseconds } = attempt(reader, input);
    if (isRead) read++;
    let what = failure;
    if (milliseconds > Math.min(slow, slowest)) {
      const again = Math.min(milliseconds, attempt(reader, input).milliseconds, attempt(reader, input).milliseconds);
      if (again > slowest) [slowest, slowestInput] = [again, index];
      if (again > slow) what ??= `it takes longer than ${slow} ms`;
    }
    if (what === undefined || failures.has(what)) continue;
    const isSlow = failure === undefined;
    const smaller = shrink(
      input,
      (one) => (isSlow ? attempt(reader, one).milliseconds > slow : attempt(reader, one).failure === what),
      isSlow ? 20 : 500,
    );
    failures.set(what, { reader: reader.name, what: `${what} (seed ${seed}, input ${index})`, input: smaller });
  }
  if (!isWholeUntouched()) failures.set("", { reader: reader.name, what: "a prototype was changed", input: new Uint8Array() });
  return { reader: reader.name, inputs, read, slowest, slowestInput, failures: [...failures.values()] };
}

/** The input of that number. */
export function inputOf({ name, seeds, tokens }: Reader, seed: number, index: number): Uint8Array {
  return drawInput(seeds, tokens, new Chance(`${seed} ${name} ${index}`));
}

/** The failures in words, each with its input as it would stand in a test. */
export function failureText({ input, reader, what }: Failure): string {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(input);
  const isText = Buffer.from(text).equals(Buffer.from(input));
  return `${reader}: ${what}\n    ${isText ? JSON.stringify(text).slice(0, 2000) : `Buffer.from("${Buffer.from(input).toString("hex").slice(0, 4000)}", "hex")`}`;
}
