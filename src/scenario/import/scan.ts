/** The largest service file that is read, in bytes or characters. */
export const maxFileSize = 1024 * 1024;
/** The deepest nesting of elements that is read. */
const maxDepth = 64;
/** The most elements that are read from one file. */
const maxElements = 10_000;
/** The longest name of an element, in characters. */
const maxName = 200;

/** The most attributes that one element may have; the schemas know none with more than ten. */
export const maxAttributes = 100;

/** What is wrong with a text and where (character offset from 0). */
export interface Fault {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

/** Names that JavaScript objects reserve: no schema has them and the parser refuses them without a position. */
const reservedNames = new Set(["__proto__", "constructor", "prototype"]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/**
 * The first reason not to hand a text to the parser, or undefined: forbidden characters, a document type declaration, comments and
 * sections that never end, too many or too deeply nested elements. One pass, no allocation: hostile files cost no more than honest ones.
 */
export function findHazard(text: string): Fault | undefined {
  const bad = forbidden.exec(text);
  if (bad !== null) {
    const code = bad[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return { offset: bad.index, length: 1, message: `the character U+${code} is not allowed in XML` };
  }
  const state = { depth: 0, elements: 0 };
  let before = 0;
  let at = text.indexOf("<");
  while (at !== -1) {
    const stray = state.depth === 0 ? strayText(text, before, at) : undefined;
    if (stray !== undefined) return stray;
    const next = text.charAt(at + 1);
    const step =
      next === "!" ? skipMarkup(text, at) : next === "?" ? skipTo(text, at, "?>", "processing instruction") : tag(text, at, state);
    if (typeof step !== "number") return step;
    before = step;
    at = text.indexOf("<", step);
  }
  return state.depth === 0 ? strayText(text, before, text.length) : undefined;
}

/** Text outside the root element, which the validator lets pass after an empty one. */
function strayText(text: string, from: number, to: number): Fault | undefined {
  const found = text.slice(from, to).search(/\S/);
  if (found === -1) return undefined;
  return { offset: from + found, length: 1, message: "text may not stand outside the root element" };
}

function skipMarkup(text: string, at: number): number | Fault {
  if (text.startsWith("<!--", at)) return skipTo(text, at, "-->", "comment", 4);
  if (text.startsWith("<![CDATA[", at)) return skipTo(text, at, "]]>", "CDATA section", 9);
  if (/^<!doctype/i.test(text.slice(at, at + 9))) {
    return {
      offset: at,
      length: 9,
      message: "a document type declaration is not allowed: entities are not expanded and nothing outside is read",
    };
  }
  return { offset: at, length: 2, message: 'only comments and CDATA sections may begin with "<!"' };
}

function skipTo(text: string, at: number, end: string, what: string, opening = 2): number | Fault {
  const found = text.indexOf(end, at + opening);
  if (found !== -1) return found + end.length;
  return { offset: at, length: opening, message: `this ${what} is never closed; it ends with "${end}"` };
}

function tag(text: string, at: number, state: { depth: number; elements: number }): number | Fault {
  const closing = text.charAt(at + 1) === "/";
  const end = endOfTag(text, at);
  // A tag without an end is reported by the validator, which knows its name.
  if (end === -1) return text.length;
  if (closing) {
    state.depth -= 1;
    return end + 1;
  }
  const name = elementName(text, at);
  if (name.length > maxName) return { offset: at, length: 1, message: `an element's name has at most ${maxName} characters` };
  if (reservedNames.has(name)) return { offset: at, length: name.length + 1, message: `an element may not be named <${name}>` };
  if (state.depth === 0 && state.elements > 0) {
    return { offset: at, length: name.length + 1, message: `a file has one root element; <${name}> is a second one` };
  }
  state.elements += 1;
  if (state.elements > maxElements)
    return { offset: at, length: 1, message: `more than ${maxElements} elements; no service needs as many` };
  if (text.charAt(end - 1) !== "/") state.depth += 1;
  if (state.depth > maxDepth) return { offset: at, length: name.length + 1, message: `elements are nested more than ${maxDepth} deep` };
  return end + 1;
}

function elementName(text: string, at: number): string {
  return /^[^\s/>]*/.exec(text.slice(at + 1, at + 2 + maxName))?.[0] ?? "";
}

/** The offset of the ">" that ends the tag at `at`, quoted values skipped; -1 if there is none. */
export function endOfTag(text: string, at: number): number {
  let quote = "";
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return index;
  }
  return -1;
}
