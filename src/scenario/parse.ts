import { type Document, isScalar, type Node } from "yaml";
import { Lines, type Path, type Place, type Source } from "./place.ts";
import { ScenarioError } from "./problem.ts";
import { oversizeOf } from "./size.ts";
import { childOf, readYaml } from "./yamlDocument.ts";

/** A scenario file as plain data that knows where each value stands. */
export class ParsedScenario implements Source {
  readonly file: string;
  readonly value: unknown;
  private readonly lines: Lines;
  private readonly document: Document.Parsed;
  private readonly root: Node | undefined;

  /** Use `parse`. */
  constructor(lines: Lines) {
    const { document, root, value } = readYaml(lines);
    this.lines = lines;
    this.file = lines.file;
    this.value = value ?? {};
    this.document = document;
    this.root = root;
    const fault = oversizeOf(this.value);
    if (fault === undefined) return;
    const place = this.locate(fault.path, fault.part) ?? lines.placeOf(0, 1);
    throw new ScenarioError([{ ...place, severity: "error", message: fault.message }]);
  }

  locate(path: Path, part: "key" | "value", at?: number, length?: number): Place | undefined {
    let key: Node | undefined;
    let value = this.root;
    for (const step of path) {
      const child = childOf(this.document, value, step);
      if (child === undefined) return undefined;
      key = child.key;
      value = child.value;
    }
    const [from, to] = value?.range ?? [0, 0];
    const isEmpty = value === undefined || from === to;
    if (key?.range !== undefined && key.range !== null && (part === "key" || isEmpty))
      return this.lines.placeOf(key.range[0], key.range[1]);
    if (at === undefined) return this.lines.placeOf(from, to);
    return this.placeInText(value, from, to, at, length ?? 1);
  }

  /** Offsets in a text are offsets in the file only where quotes and escapes do not move them. */
  private placeInText(node: Node | undefined, from: number, to: number, at: number, length: number): Place {
    if (!isScalar(node) || typeof node.value !== "string") return this.lines.placeOf(from, to);
    const { text } = this.lines;
    const start = text[from] === '"' || text[from] === "'" ? from + 1 : from;
    if (!text.startsWith(node.value, start)) return this.lines.placeOf(from, to);
    return this.lines.placeOf(start + at, start + at + length);
  }
}

/** Reads the text of a scenario file; throws ScenarioError with every mistake of its notation, or when it is larger than 1 MiB, and TypeError for anything but a text. */
export function parse(text: string, options: { readonly file?: string } = {}): ParsedScenario {
  // who has no types may pass the bytes of a file
  if (typeof text !== "string") throw new TypeError("parse takes the text of a scenario; bytes need decoding, an object goes to validate");
  return new ParsedScenario(new Lines(options.file ?? "scenario", text));
}
