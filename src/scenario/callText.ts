import { suggest } from "./nearest.ts";
import { readPart, TextError } from "./textError.ts";
import { readDuration } from "./units.ts";

/** A piece of a text and where it starts. */
export interface Piece {
  readonly text: string;
  readonly at: number;
}

/** A text of the form `name(argument, argument)`. */
export interface Call {
  readonly name: string;
  readonly arguments: readonly Piece[];
}

const callPattern = /^(\s*)([A-Za-z][A-Za-z0-9-]*)\s*\(/;

/** Takes `name(a, b)` apart; undefined when the text is not of that form. Throws TextError for a parenthesis that is not closed. */
export function readCall(text: string): Call | undefined {
  const match = callPattern.exec(text);
  if (match === null) return undefined;
  const [opening, , name = ""] = match;
  const end = text.trimEnd().length;
  if (!closes(text, opening.length - 1)) {
    throw new TextError('the text ends before ")"; a text with a comma needs quotes here', 0, end, `write "${text.trim()}, ...)"`);
  }
  if (text[end - 1] !== ")") throw new TextError(`nothing can follow the last ")"`, text.lastIndexOf(")") + 1, end);
  return { name, arguments: splitArguments(text, opening.length, end - 1) };
}

/** The value after a keyword such as `every` in `every 1min`, for each argument; throws TextError for unknown and repeated keywords. */
export function readOptions(pieces: readonly Piece[], allowed: readonly string[]): ReadonlyMap<string, Piece> {
  const options = new Map<string, Piece>();
  for (const { text, at } of pieces) {
    const match = /^([A-Za-z]+)(\s+)(.+)$/.exec(text);
    const keyword = match?.[1] ?? text;
    if (match === null || !allowed.includes(keyword)) {
      throw new TextError(`"${keyword}" is not known here, ${suggest(keyword, allowed)}`, at, keyword.length);
    }
    if (options.has(keyword)) throw new TextError(`"${keyword}" stands twice`, at, keyword.length);
    const [, , gap = "", value = ""] = match;
    options.set(keyword, { text: value, at: at + keyword.length + gap.length });
  }
  return options;
}

/** The duration that an option states, or undefined when it is absent; throws TextError. */
export function durationOption(options: ReadonlyMap<string, Piece>, keyword: string): number | undefined {
  const piece = options.get(keyword);
  return piece === undefined ? undefined : readPart(readDuration, piece.text, piece.at);
}

function closes(text: string, opening: number): boolean {
  let depth = 0;
  for (let at = opening; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return true;
  }
  return false;
}

function splitArguments(text: string, from: number, to: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at === to || (text[at] === "," && depth === 0)) {
      pieces.push(trimmed(text, start, at));
      start = at + 1;
    } else if (text[at] === "(") depth++;
    else if (text[at] === ")") depth--;
  }
  return pieces.length === 1 && pieces[0]?.text === "" ? [] : pieces;
}

function trimmed(text: string, from: number, to: number): Piece {
  const slice = text.slice(from, to);
  return { text: slice.trim(), at: from + slice.length - slice.trimStart().length };
}
