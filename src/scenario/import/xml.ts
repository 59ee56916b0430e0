import { XMLParser, XMLValidator } from "fast-xml-parser";
import { type Problem, ScenarioError } from "../problem.ts";
import { decodeText, UnreadableTextError } from "./decode.ts";
import { endOfTag, type Fault, findHazard, maxAttributes, maxFileSize } from "./scan.ts";

/** One element of a service file, its name and attribute names without namespace prefix; lines and columns count from 1. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Its declarations of namespace prefixes, such as xmlns:xsi; absent without any. */
  readonly declarations?: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly inside, without the white space around it. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** Where the element begins in the text of its document, in characters from 0. */
  readonly offset: number;
}

/** A well-formed file: its display name, its text with \n line ends, its root element. */
export interface XmlDocument {
  readonly file: string;
  readonly text: string;
  /** Where each line of the text begins, in characters from 0. */
  readonly lines: readonly number[];
  readonly root: XmlElement;
}

/** The parts of a Problem that say where it is. */
export type Place = Pick<Problem, "file" | "line" | "column" | "source" | "length">;

/** Longer lines are not shown beneath a message: nobody reads a file of one line there. */
const longestSourceShown = 300;

/** Reads a file into a tree, entities unexpanded and nothing outside read; throws ScenarioError with line and column otherwise. */
export function readXml(file: string, content: Uint8Array | string): XmlDocument {
  if (content.length > maxFileSize) {
    const size = (content.length / 1024 / 1024).toFixed(1);
    throw new ScenarioError([
      { file, line: 1, column: 1, severity: "error", message: `the file is ${size} MiB large; at most 1 MiB is read` },
    ]);
  }
  const text = decode(file, content);
  const source = { file, text, lines: lineStarts(text) };
  const fault = findHazard(text) ?? findSyntaxError(source);
  if (fault !== undefined) throw failure(source, fault);
  const root = parse(source).flatMap((node) => toElement(node, source))[0];
  if (root === undefined) throw failure(source, { offset: 0, length: 1, message: "the file holds no element" });
  return { ...source, root };
}

/** The place of an element's name, or of one of its attributes when that is named and present. */
export function placeOf(document: Source, element: XmlElement, attribute?: string): Place {
  const inside = attribute === undefined ? undefined : attributeSpan(document.text, element.offset, attribute);
  if (inside !== undefined) return placeAt(document, inside.offset, inside.length);
  const nameLength = /^<[^\s/>]*/.exec(document.text.slice(element.offset, element.offset + 200))?.[0].length ?? 1;
  return placeAt(document, element.offset, nameLength);
}

function decode(file: string, content: Uint8Array | string): string {
  if (typeof content === "string") return content.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  try {
    return decodeText(content);
  } catch (error) {
    if (!(error instanceof UnreadableTextError)) throw error;
    throw new ScenarioError([{ file, line: error.line, column: error.column, severity: "error", message: error.message }]);
  }
}

function findSyntaxError({ text, lines }: Source): Fault | undefined {
  if (text.trim() === "") return { offset: 0, length: 1, message: "the file is empty" };
  const result = XMLValidator.validate(text);
  if (result === true) return undefined;
  const { msg, line, col } = result.err;
  // The validator gives no column for a file without any element and one position for several unclosed ones.
  const offset = Math.min((lines[line - 1] ?? 0) + (col ?? 1) - 1, text.length - 1);
  return { offset, length: 1, message: plainMessage(msg) };
}

/** The validator's sentences in the words and the form of ours. */
function plainMessage(whole: string): string {
  const message = whole.length > 300 ? `${whole.slice(0, 300)}...` : whole;
  const unclosed = /^Invalid '\[(.*)\]' found\.$/.exec(message);
  if (unclosed !== null) return `these elements are never closed: ${unclosed[1]!.replace(/\s+/g, " ").trim()}`;
  if (message === "Start tag expected.") return "this is not XML: an element is expected";
  if (/^char '.*' is not expected\.$/s.test(message)) return `the character ${message.slice(5, -17)} is not expected here`;
  const text = message.replace(/\.$/, "");
  const opening = /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() : text.charAt(0);
  return `not well-formed XML: ${opening}${text.slice(1)}`;
}

type ParsedNode = Readonly<Record<string | symbol, unknown>>;

function parse(source: Source): readonly ParsedNode[] {
  const parser = new XMLParser({
    preserveOrder: true,
    captureMetaData: true,
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    processEntities: false,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    cdataPropName: "#cdata",
    ignoreDeclaration: true,
    ignorePiTags: true,
    // Names are kept as written: trees are read through maps, never as properties.
    onDangerousProperty: (name) => name,
  });
  try {
    return parser.parse(source.text) as readonly ParsedNode[];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw failure(source, { offset: 0, length: 1, message: `not well-formed XML: ${message.slice(0, 200)}` });
  }
}

type Source = Omit<XmlDocument, "root">;

const metaData = XMLParser.getMetaDataSymbol() as symbol;

function toElement(node: ParsedNode, source: Source): XmlElement[] {
  const tag = Object.keys(node).find((key) => key !== ":@");
  if (tag === undefined || tag.startsWith("#")) return [];
  const { startIndex } = node[metaData] as { startIndex: number };
  const inner = node[tag] as readonly ParsedNode[];
  const line = lineOf(source.lines, startIndex);
  const { attributes, declarations } = readAttributes((node[":@"] ?? {}) as Readonly<Record<string, string>>, startIndex, source);
  const element: XmlElement = {
    name: tag.slice(tag.indexOf(":") + 1),
    attributes,
    ...(declarations.size === 0 ? {} : { declarations }),
    children: inner.flatMap((child) => toElement(child, source)),
    text: readText(inner, startIndex, source),
    line: line + 1,
    column: startIndex - source.lines[line]! + 1,
    offset: startIndex,
  };
  return [element];
}

function readAttributes(
  raw: Readonly<Record<string, string>>,
  offset: number,
  source: Source,
): { readonly attributes: Map<string, string>; readonly declarations: Map<string, string> } {
  const attributes = new Map<string, string>();
  const declarations = new Map<string, string>();
  const entries = Object.entries(raw);
  if (entries.length > maxAttributes) {
    throw failure(source, {
      offset,
      length: 1,
      message: `an element with ${entries.length} attributes; at most ${maxAttributes} are read`,
    });
  }
  for (const [prefixed, value] of entries) {
    const name = prefixed.slice(1);
    const decoded = decodeReferences(value);
    if (decoded.fault !== undefined) {
      const span = attributeSpan(source.text, offset, name) ?? { offset, length: 1 };
      throw failure(source, { ...span, message: decoded.fault });
    }
    (name.startsWith("xmlns:") ? declarations : attributes).set(name, decoded.text);
  }
  return { attributes, declarations };
}

function readText(inner: readonly ParsedNode[], offset: number, source: Source): string {
  const parts = inner.map((child) => {
    const section = child["#cdata"] as readonly ParsedNode[] | undefined;
    if (section !== undefined) return String(section[0]?.["#text"] ?? "");
    if (typeof child["#text"] !== "string") return "";
    const decoded = decodeReferences(child["#text"]);
    if (decoded.fault !== undefined) throw failure(source, { offset, length: 1, message: decoded.fault });
    return decoded.text;
  });
  return parts.join("").trim();
}

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** A value with its character references replaced; XML's own five names and numbers are all there is without a document type. */
function decodeReferences(value: string): { readonly text: string; readonly fault?: string } {
  let fault: string | undefined;
  if (value.includes("<")) fault = 'a "<" inside a value is written "&lt;"';
  const text = value.replace(/[\t\n]/g, " ").replace(/&([^;&\s]*);?/g, (whole, name: string) => {
    const code = /^#x[0-9a-f]+$/i.test(name) ? Number.parseInt(name.slice(2), 16) : /^#\d+$/.test(name) ? Number(name.slice(1)) : undefined;
    if (whole.endsWith(";") && code !== undefined && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    const plain = whole.endsWith(";") && Object.hasOwn(named, name) ? named[name] : undefined;
    if (plain !== undefined) return plain;
    fault ??= whole.endsWith(";")
      ? `the entity "${whole.slice(0, 40)}" is not known; allowed are &lt; &gt; &amp; &quot; &apos; and character numbers`
      : 'an "&" inside a value is written "&amp;"';
    return "";
  });
  return fault === undefined ? { text } : { text, fault };
}

function attributeSpan(text: string, offset: number, attribute: string): { offset: number; length: number } | undefined {
  const end = endOfTag(text, offset);
  const tag = text.slice(offset, end === -1 ? text.length : end);
  for (const match of tag.matchAll(/([^\s=<"']+)\s*=\s*(?:"[^"]*"|'[^']*')/g)) {
    if (match[1] === attribute) return { offset: offset + match.index, length: match[0].length };
  }
  return undefined;
}

function failure(source: Source, fault: Fault): ScenarioError {
  return new ScenarioError([{ ...placeAt(source, fault.offset, fault.length), severity: "error", message: fault.message }]);
}

function placeAt({ file, text, lines }: Source, offset: number, length: number): Place {
  const line = lineOf(lines, offset);
  const start = lines[line]!;
  const end = (lines[line + 1] ?? text.length + 1) - 1;
  const shown = end - start > longestSourceShown ? {} : { source: text.slice(start, end), length };
  return { file, line: line + 1, column: offset - start + 1, ...shown };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The zero-based line on which an offset lies. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
