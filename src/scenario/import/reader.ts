import { nearest } from "../nearest.ts";
import type { Problem } from "../problem.ts";
import type { Shape } from "./shapes.ts";
import { type Place, placeOf, type XmlDocument, type XmlElement } from "./xml.ts";

/** Everything that reading one file finds: mistakes, and what nobody asked for. */
export class Findings {
  readonly document: XmlDocument;
  readonly problems: Problem[] = [];
  private readonly readers: ElementReader[] = [];
  private readonly told = new Set<string>();

  constructor(document: XmlDocument) {
    this.document = document;
  }

  /** The reader of an element; what is never asked of it is listed by `notUnderstood`. */
  open(element: XmlElement, path: string): ElementReader {
    const reader = new ElementReader(this, element, path);
    this.readers.push(reader);
    return reader;
  }

  /** Notes a mistake at a place, once. */
  error(place: Place, message: string, hint?: string): void {
    const key = `${place.line}:${place.column}:${message}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.problems.push(problemAt(place, "error", message, hint));
  }

  /** Names that nobody asked for and that are near to one that was. */
  misspelt(): Problem[] {
    return this.readers.flatMap((reader) => reader.misspelt());
  }

  /** Every element, attribute and text that was not asked for, as `Root/Role[name]/Element@attribute (line 12)`, in file order. */
  notUnderstood(): string[] {
    const all = this.readers.flatMap((reader) => reader.leftOver());
    return all.sort((a, b) => a.line - b.line || a.order - b.order).map(({ path, line }) => `${path} (line ${line})`);
  }
}

/** Longer names are cut in messages and are near to none. */
const longestName = 80;

/** A name in quotes for a message. */
export function quoted(name: string): string {
  return name.length > longestName ? `"${name.slice(0, longestName)}..."` : `"${name}"`;
}

/** A problem at a place, with an optional hint on how to write it. */
export function problemAt(place: Place, severity: Problem["severity"], message: string, hint?: string): Problem {
  return { ...place, severity, message, ...(hint === undefined ? {} : { hint }) };
}

/** The nearest of some names to a misspelt one, as `; did you mean "x"?`, or nothing when none is near. */
export function suggestion(found: string, known: readonly string[]): string {
  const near = found.length > longestName ? undefined : nearest(found, known);
  return near === undefined ? "" : `; did you mean ${quoted(near)}?`;
}

/** Names in quotes for a message, at most twelve of them. */
export function listNames(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const shown = names.slice(0, 12).map(quoted);
  if (names.length > 12) return `${shown.join(", ")} and ${names.length - 12} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}`;
}

/** What may stand there instead, for a message: `allowed are "a" and "b"`, or `there are none`. */
export function allowed(names: readonly string[]): string {
  if (names.length === 0) return "there are none";
  return `${names.length === 1 ? "allowed is" : "allowed are"} ${listNames(names)}`;
}

/** Reads one element and remembers what was asked for, so that nothing is dropped silently. */
export class ElementReader {
  readonly element: XmlElement;
  readonly path: string;
  private readonly findings: Findings;
  private readonly asked = new Set<string>();
  private readonly askedChildren = new Set<string>();
  private readonly opened = new Map<XmlElement, ElementReader>();

  constructor(findings: Findings, element: XmlElement, path: string) {
    this.findings = findings;
    this.element = element;
    this.path = path;
  }

  /** The place of the element, or of one of its attributes. */
  place(attribute?: string): Place {
    return placeOf(this.findings.document, this.element, attribute);
  }

  /** Notes a mistake at the element, or at one of its attributes. */
  error(message: string, attribute?: string): void {
    this.findings.error(this.place(attribute), message);
  }

  /** The value of an attribute without white space around it, or undefined. */
  optional(attribute: string): string | undefined {
    this.asked.add(attribute);
    return this.element.attributes.get(attribute)?.trim();
  }

  /** The value of an attribute that must be there and not empty; "" after noting that it is not. */
  required(attribute: string): string {
    const value = this.optional(attribute);
    if (value === undefined) this.error(`<${this.element.name}> has no attribute "${attribute}", which is required`);
    else if (value === "") this.error(`"${attribute}" of <${this.element.name}> is empty`, attribute);
    return value ?? "";
  }

  /** A whole number within bounds; undefined when absent, or after noting that it is wrong. */
  integer(attribute: string, min: number, max: number): number | undefined {
    const text = this.optional(attribute);
    if (text === undefined) return undefined;
    const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    const bounds = `allowed is a whole number from ${min} to ${max}`;
    this.error(`"${attribute}" of <${this.element.name}> is ${quoted(text)}; ${bounds}`, attribute);
    return undefined;
  }

  /** As integer, and noted as a mistake when absent. */
  requiredInteger(attribute: string, min: number, max: number): number | undefined {
    if (!this.element.attributes.has(attribute)) {
      this.required(attribute);
      return undefined;
    }
    return this.integer(attribute, min, max);
  }

  /** One of some words, whatever its case; undefined when absent, or after noting that it is another. */
  choice<T extends string>(attribute: string, words: readonly T[]): T | undefined {
    const text = this.optional(attribute);
    if (text === undefined) return undefined;
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
    if (found !== undefined) return found;
    const meant = suggestion(text, words);
    this.error(`"${attribute}" of <${this.element.name}> is ${quoted(text)}; ${allowed(words)}${meant}`, attribute);
    return undefined;
  }

  /** A boolean as XML writes it; the default when absent or wrong. */
  boolean(attribute: string, otherwise: boolean): boolean {
    const word = this.choice(attribute, ["true", "false", "1", "0"]);
    return word === undefined ? otherwise : word === "true" || word === "1";
  }

  /** Notes an attribute whose value is none of some names; empty and absent ones are noted elsewhere. */
  known(attribute: string, names: readonly (string | undefined)[], what: string): void {
    const found = this.optional(attribute) ?? "";
    if (found === "" || names.includes(found)) return;
    const there = names.filter((name) => name !== undefined && name !== "") as string[];
    this.error(`${what} ${quoted(found)}; ${allowed(there)}${suggestion(found, there)}`, attribute);
  }

  /** Readers of all children of a name, in file order. */
  all(name: string): ElementReader[] {
    this.askedChildren.add(name);
    return this.element.children.filter((child) => child.name === name).map((child) => this.openChild(child));
  }

  /** The reader of the only child of a name; more than one is noted as a mistake. */
  one(name: string): ElementReader | undefined {
    const found = this.all(name);
    for (const extra of found.slice(1)) extra.error(`<${this.element.name}> may hold one <${name}> only`);
    return found[0];
  }

  /** Readers of the grandchildren inside all children of a name: `<Endpoints>` and the `<InputEndpoint>`s in it. */
  within(parent: string, child: string): ElementReader[] {
    return this.all(parent).flatMap((reader) => reader.all(child));
  }

  /** Marks what a shape knows as understood, all the way down, and notes what is not as the shape says. */
  accept(shape: Shape): void {
    for (const [attribute, rule] of Object.entries(shape.attributes ?? {})) {
      if (rule === "needed") this.required(attribute);
      else if (rule === "present" && !this.element.attributes.has(attribute)) this.required(attribute);
      else if (rule === "boolean") this.boolean(attribute, false);
      else if (typeof rule !== "string") this.choice(attribute, rule);
      else this.optional(attribute);
    }
    for (const [name, inner] of Object.entries(shape.children ?? {})) this.acceptAll(name, inner);
  }

  private acceptAll(name: string, shape: Shape): void {
    const found = this.all(name);
    if (shape.needed && found.length === 0) this.error(`<${this.element.name}> has no <${name}>, and needs one`);
    if (shape.single) this.one(name);
    const lines = new Map<string, number>();
    for (const child of found) {
      child.accept(shape);
      const key = shape.key === undefined ? undefined : child.optional(shape.key);
      if (key === undefined || key === "") continue;
      const before = lines.get(key);
      if (before === undefined) lines.set(key, child.element.line);
      else
        child.error(
          `a second <${name}> of <${this.element.name}> has the ${shape.key} ${quoted(key)}; the first stands in line ${before}`,
          shape.key,
        );
    }
  }

  /** What was never asked for: attributes, children, text. */
  leftOver(): { path: string; line: number; order: number }[] {
    const rest: { path: string; line: number; order: number }[] = [];
    for (const attribute of this.element.attributes.keys()) {
      if (this.asked.has(attribute)) continue;
      const { line, column } = this.place(attribute);
      rest.push({ path: `${this.path}@${attribute}`, line, order: column });
    }
    for (const child of this.element.children) {
      if (this.askedChildren.has(child.name)) continue;
      rest.push({ path: this.pathOf(child), line: child.line, order: child.column });
    }
    if (this.element.text !== "") rest.push({ path: `${this.path}/text()`, line: this.element.line, order: this.element.column });
    return rest;
  }

  /** What was never asked for and is probably a slip of the keyboard, with what is meant. */
  misspelt(): Problem[] {
    const inside = `<${this.element.name}>`;
    const attributes = [...this.element.attributes.keys()].flatMap((name) => {
      const meant = this.asked.has(name) ? "" : suggestion(name, [...this.asked]);
      return meant === "" ? [] : [problemAt(this.place(name), "warning", `${inside} knows no attribute ${quoted(name)}${meant}`)];
    });
    const children = this.element.children.flatMap((child) => {
      const meant = this.askedChildren.has(child.name) ? "" : suggestion(child.name, [...this.askedChildren]);
      const place = placeOf(this.findings.document, child);
      return meant === "" ? [] : [problemAt(place, "warning", `${inside} knows no element ${quoted(child.name)}${meant}`)];
    });
    return [...attributes, ...children];
  }

  private openChild(child: XmlElement): ElementReader {
    const known = this.opened.get(child);
    if (known !== undefined) return known;
    const reader = this.findings.open(child, this.pathOf(child));
    this.opened.set(child, reader);
    return reader;
  }

  private pathOf(child: XmlElement): string {
    const name = child.attributes.get("name");
    return `${this.path}/${child.name}${name === undefined ? "" : `[${name}]`}`;
  }
}
