import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  Lexer,
  type Node,
  Parser,
  visit,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import type { Lines, Place } from "./place.ts";
import { type Problem, ScenarioError } from "./problem.ts";

/** Longer files are not scenarios that a person wrote, in characters. */
const mostCharacters = 1024 * 1024;
/** The language itself needs less than ten levels. */
const mostLevels = 64;
/** How often all that is anchored may be repeated. */
const mostAliases = 100;
const mostAliasesInAll = 1000;
const mostProblems = 100;
/** Five thousand faults have fewer; what an honest file of this size costs, a hostile one of as many characters costs many times over. */
const mostLexemes = 240_000;

/** A YAML text as nodes and as plain data. */
export interface YamlDocument {
  readonly root: Node | undefined;
  readonly value: unknown;
  readonly document: Document.Parsed;
}

/** Reads a text with one YAML document; throws ScenarioError with all mistakes of its notation. */
export function readYaml(lines: Lines): YamlDocument {
  const { text } = lines;
  if (text.length > mostCharacters) {
    refuse(lines.placeOf(0, 1), `the file has ${(text.length / mostCharacters).toFixed(1)} MiB, a scenario has at most 1 MiB`);
  }
  const { document, errors, next } = compose(lines);
  const problems: Problem[] = [];
  const note = (from: number, to: number, message: string, hint?: string): void => {
    if (problems.length < mostProblems) problems.push({ ...lines.placeOf(from, to), severity: "error", message, hint });
  };
  for (const { code, message, pos } of errors) note(pos[0], pos[1], inPlainWords(code, message), hints[code]);
  if (document === undefined && problems.length === 0) refuse(lines.placeOf(0, 1), "directives are not used in a scenario");
  if (document === undefined) throw new ScenarioError(problems);
  if (next !== undefined) note(next.range[0], next.range[0] + 3, "a file holds one scenario, a second document starts here");
  for (const { code, pos } of document.warnings)
    if (code !== "TAG_RESOLVE_FAILED") note(pos[0], pos[1], "directives are not used in a scenario");
  if (document.errors.length === 0) checkNodes(document, note);
  if (problems.length > 0) throw new ScenarioError(problems);
  try {
    return { root: document.contents ?? undefined, value: document.toJS({ maxAliasCount: mostAliases }), document };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return refuse(lines.placeOf(0, 1), "the aliases of this file repeat too much");
  }
}

/** What composing a text came to. */
interface Composed {
  /** Undefined when there are so many mistakes that the rest was not looked at. */
  readonly document: Document.Parsed | undefined;
  readonly errors: readonly YAMLError[];
  /** The document after it. */
  readonly next: Document.Parsed | undefined;
}

/** The first document and the one after it, with nesting, size and mistakes bounded before anything costly sees them. */
function compose(lines: Lines): Composed {
  // its own check for duplicate keys takes time quadratic in their number
  const composer = new Composer({ prettyErrors: false, stringKeys: true, uniqueKeys: false, logLevel: "silent" });
  boundMistakes(composer);
  const documents: Document.Parsed[] = [];
  try {
    for (const document of composer.compose(tokensOf(lines), true, lines.text.length)) {
      documents.push(document);
      if (documents.length === 2) break;
    }
  } catch (error) {
    if (!(error instanceof EnoughMistakes)) throw error;
    return { document: undefined, errors: [...(documents[0]?.errors ?? []), ...composer.streamInfo().errors], next: undefined };
  }
  const [document, next] = documents;
  return { document, errors: document?.errors ?? [], next };
}

/** The tokens of a text up to the hundredth of its mistakes; throws ScenarioError for one that is nested too deeply or too large. */
function* tokensOf(lines: Lines): Generator<CST.Token> {
  const parser = new Parser();
  let lexemes = 0;
  let mistakes = 0;
  for (const lexeme of new Lexer().lex(lines.text)) {
    for (const token of parser.next(lexeme)) {
      yield token;
      if (token.type === "error" && ++mistakes === mostProblems) return;
    }
    const at = (): Place => lines.placeOf(parser.offset, parser.offset + 1);
    if (parser.stack.length > 3 * mostLevels) refuse(at(), `more than ${mostLevels} levels of nesting`);
    if (++lexemes > mostLexemes) refuse(at(), `more than ${mostLexemes} words and signs, a scenario has fewer`);
  }
  yield* parser.end();
}

/** Nobody reads more mistakes; the rest of the text is not looked at. */
class EnoughMistakes extends Error {}

/** Each mistake is an error with a stack, and a text may hold one in every character. */
function boundMistakes(composer: Composer): void {
  // the library keeps it to itself; were it renamed, the test of hostile files would take minutes
  const inside = composer as unknown as { onError(...found: readonly unknown[]): void };
  const note = inside.onError;
  let mistakes = 0;
  inside.onError = (...found) => {
    note(...found);
    if (++mistakes === mostProblems) throw new EnoughMistakes();
  };
}

type Note = (from: number, to: number, message: string, hint?: string) => void;

function checkNodes(document: Document.Parsed, note: Note): void {
  const anchors = new Map<string, Node>();
  let aliases = 0;
  visit(document, (_, node, ancestors) => {
    if (isAlias(node)) {
      aliases++;
      const [from = 0, to = 0] = node.range ?? [];
      const anchored = anchors.get(node.source);
      if (anchored === undefined) note(from, to, `there is no anchor "&${node.source}" before this alias`);
      else if (ancestors.includes(anchored as never)) note(from, to, `the alias "*${node.source}" stands inside what it stands for`);
    } else if (isNode(node)) {
      const [from = 0, to = 0] = node.range ?? [];
      if (node.tag !== undefined) note(from, to, "tags are not used in a scenario");
      if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) anchors.set(node.anchor, node);
      if (isMap(node)) checkKeys(node, note);
    }
  });
  if (aliases > mostAliasesInAll) note(0, 1, `the file has ${aliases} aliases, at most ${mostAliasesInAll} are read`);
}

function checkKeys(map: YAMLMap, note: Note): void {
  const keys = new Set<string>();
  for (const { key } of map.items) {
    if (!isScalar(key)) continue;
    const [from = 0, to = 0] = key.range ?? [];
    const name = String(key.value);
    if (keys.has(name)) note(from, to, `the key "${name}" stands twice here`);
    if (name === "__proto__") note(from, to, '"__proto__" cannot be a key');
    keys.add(name);
  }
}

function refuse(place: Place, message: string): never {
  throw new ScenarioError([{ ...place, severity: "error", message }]);
}

const words: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab cannot indent",
  MISSING_CHAR: "a quote or bracket is not closed",
  BAD_INDENT: "this is not closed, or its indentation does not fit",
  BLOCK_AS_IMPLICIT_KEY: "a second key on the same line, or a line that is indented too far",
  MULTILINE_IMPLICIT_KEY: "a key stands on one line",
  BAD_SCALAR_START: "a text that starts with this character needs quotes",
  BAD_DQ_ESCAPE: "there is no such escape sequence in a quoted text",
  UNEXPECTED_TOKEN: "this does not belong here",
  NON_STRING_KEY: "a key is a plain text",
  RESOURCE_EXHAUSTION: "the file is nested too deeply",
};

const hints: Readonly<Record<string, string>> = { TAB_AS_INDENT: "use spaces" };

function inPlainWords(code: string, message: string): string {
  const text = words[code];
  if (text !== undefined) return text;
  return `this is not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

/** Walks nodes: the value under a key or index, with the node of the key. */
export function childOf(
  document: Document.Parsed,
  node: Node | undefined,
  key: string | number,
): { key: Node | undefined; value: Node | undefined } | undefined {
  const target = isAlias(node) ? node.resolve(document) : node;
  if (!isCollection(target)) return undefined;
  if (!isMap(target)) {
    const item = target.items[Number(key)];
    return item === undefined || isPair(item) ? undefined : { key: undefined, value: item as Node };
  }
  const pair = target.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  if (pair === undefined) return undefined;
  return { key: pair.key as unknown as Node, value: (pair.value ?? undefined) as unknown as Node | undefined };
}
