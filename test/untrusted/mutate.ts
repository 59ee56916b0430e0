import type { Chance } from "./chance.ts";

/** Inputs grow no further, in bytes: large ones are built by hand, in `bombs.ts`. */
const mostBytes = 48 * 1024;

const encoder = new TextEncoder();

/** What a mutation has at hand. */
interface Material {
  readonly chance: Chance;
  readonly seeds: readonly Uint8Array[];
  readonly tokens: readonly string[];
}

type Mutation = (input: Uint8Array, material: Material) => Uint8Array;

/** An input made of the seeds of a reader: one of them, changed in one to eight places. */
export function drawInput(seeds: readonly Uint8Array[], tokens: readonly string[], chance: Chance): Uint8Array {
  const material = { chance, seeds, tokens };
  let input = chance.of(seeds);
  const times = 1 + chance.below(1 + chance.below(8));
  for (let count = 0; count < times; count++) {
    const changed = chance.of(mutations)(input, material);
    if (changed.length <= mostBytes) input = changed;
  }
  return input;
}

/** In order of what they reach: the first ones leave most of a file readable. They are drawn alike, the first ones stand twice. */
const mutations: readonly Mutation[] = [
  replaceWord,
  replaceWord,
  replaceWord,
  swapWords,
  insertToken,
  insertToken,
  swapLines,
  dropLine,
  repeatLines,
  flipBit,
  setByte,
  splice,
  repeatChunk,
  dropChunk,
  truncate,
  nest,
  longRun,
  rewriteWhole,
];

function joined(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const bytes = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : part));
  const whole = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of bytes) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A part of an input, up to a quarter of it. */
function chunkOf(input: Uint8Array, chance: Chance): { readonly from: number; readonly to: number } {
  const from = chance.below(input.length);
  return { from, to: Math.min(input.length, from + 1 + chance.below(1 + (input.length >> 2))) };
}

const isWord = (byte: number): boolean => byte > 0x7f || /[\w.%/()+-]/.test(String.fromCharCode(byte));

function wordOf(input: Uint8Array, chance: Chance): { readonly from: number; readonly to: number } {
  let from = chance.below(input.length);
  while (from < input.length && !isWord(input[from] ?? 0)) from++;
  while (from > 0 && isWord(input[from - 1] ?? 0)) from--;
  let to = from;
  while (to < input.length && isWord(input[to] ?? 0)) to++;
  return { from, to };
}

function replaceWord(input: Uint8Array, { chance, tokens }: Material): Uint8Array {
  const { from, to } = wordOf(input, chance);
  return joined(input.subarray(0, from), chance.of(tokens), input.subarray(to));
}

function swapWords(input: Uint8Array, { chance }: Material): Uint8Array {
  const [a, b] = [wordOf(input, chance), wordOf(input, chance)].sort((one, other) => one.from - other.from);
  if (a === undefined || b === undefined || a.to > b.from) return input;
  const part = ({ from, to }: typeof a) => input.subarray(from, to);
  return joined(input.subarray(0, a.from), part(b), input.subarray(a.to, b.from), part(a), input.subarray(b.to));
}

function insertToken(input: Uint8Array, { chance, tokens }: Material): Uint8Array {
  const at = chance.below(input.length + 1);
  return joined(input.subarray(0, at), chance.of(tokens), input.subarray(at));
}

function linesOf(input: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let at = 0; at < input.length; at++) {
    if (input[at] !== 10) continue;
    lines.push(input.subarray(from, at + 1));
    from = at + 1;
  }
  return [...lines, input.subarray(from)];
}

function swapLines(input: Uint8Array, { chance }: Material): Uint8Array {
  const lines = linesOf(input);
  const [a, b] = [chance.below(lines.length), chance.below(lines.length)];
  [lines[a], lines[b]] = [lines[b] as Uint8Array, lines[a] as Uint8Array];
  return joined(...lines);
}

function dropLine(input: Uint8Array, { chance }: Material): Uint8Array {
  const lines = linesOf(input);
  lines.splice(chance.below(lines.length), 1 + chance.below(3));
  return joined(...lines);
}

function repeatLines(input: Uint8Array, { chance }: Material): Uint8Array {
  const lines = linesOf(input);
  const from = chance.below(lines.length);
  const block = lines.slice(from, from + 1 + chance.below(4));
  const times = chance.isOne(20) ? 500 : 1 + chance.below(4);
  for (let count = 0; count < times; count++) lines.splice(from, 0, ...block);
  return joined(...lines);
}

function flipBit(input: Uint8Array, { chance }: Material): Uint8Array {
  const changed = input.slice();
  const at = chance.below(changed.length);
  if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << chance.below(8));
  return changed;
}

function setByte(input: Uint8Array, { chance }: Material): Uint8Array {
  const changed = input.slice();
  const at = chance.below(changed.length);
  if (at < changed.length) changed[at] = chance.of([0, 9, 10, 13, 32, 34, 39, 45, 58, 60, 91, 123, 127, 128, 0xc0, 0xed, 0xfe, 0xff]);
  return changed;
}

function splice(input: Uint8Array, { chance, seeds }: Material): Uint8Array {
  const other = chance.of(seeds);
  const { from, to } = chunkOf(other, chance);
  const at = chunkOf(input, chance);
  return joined(input.subarray(0, at.from), other.subarray(from, to), input.subarray(chance.isOne(2) ? at.from : at.to));
}

function repeatChunk(input: Uint8Array, { chance }: Material): Uint8Array {
  const { from, to } = chunkOf(input, chance);
  const times = chance.isOne(10) ? Math.floor(mostBytes / 2 / (to - from + 1)) : 1 + chance.below(8);
  return joined(input.subarray(0, to), ...Array.from({ length: times }, () => input.subarray(from, to)), input.subarray(to));
}

function dropChunk(input: Uint8Array, { chance }: Material): Uint8Array {
  const { from, to } = chunkOf(input, chance);
  return joined(input.subarray(0, from), input.subarray(to));
}

function truncate(input: Uint8Array, { chance }: Material): Uint8Array {
  return input.subarray(0, chance.below(input.length + 1));
}

const brackets = [
  ["[", "]"],
  ["{a: ", "}"],
  ['{"a":', "}"],
  ["(", ")"],
  ["<a>", "</a>"],
  ["- ", ""],
  ["<!--", "-->"],
] as const;

function nest(input: Uint8Array, { chance }: Material): Uint8Array {
  const { from, to } = wordOf(input, chance);
  const [open, close] = chance.of(brackets);
  const times = chance.of([1, 3, 63, 65, 1000, 10_000]);
  return joined(input.subarray(0, from), open.repeat(times), input.subarray(from, to), close.repeat(times), input.subarray(to));
}

function longRun(input: Uint8Array, { chance }: Material): Uint8Array {
  const { from, to } = wordOf(input, chance);
  const run = chance.of(["9", "a", " ", "0", "1.", '"', ",", "a.", "@", "..", ">", "1d", "\t", "é", "-", "a="]);
  return joined(input.subarray(0, from), run.repeat(chance.of([17, 400, 5000, 20_000])), input.subarray(chance.isOne(2) ? from : to));
}

/** The same characters in another coding, or with other line ends. */
function rewriteWhole(input: Uint8Array, { chance }: Material): Uint8Array {
  const text = new TextDecoder().decode(input);
  switch (chance.below(6)) {
    case 0:
      return joined("\ufeff", input);
    case 1:
      return encoder.encode(text.replaceAll("\n", "\r\n"));
    case 2:
      return encoder.encode(text.replaceAll("\n", "\r"));
    case 3:
      return Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, "utf16le")]);
    case 4:
      return Uint8Array.from(Buffer.from(text, "latin1"));
    default:
      return encoder.encode(text.replaceAll("  ", "\t"));
  }
}
