import type { Micros } from "../../kernel/time.ts";
import { suggest } from "../nearest.ts";
import type { ParsedScenario } from "../parse.ts";
import { isMapping, type Path } from "../place.ts";
import type { Problem } from "../problem.ts";
import { describe } from "../schema/fields.ts";
import { readIsoDuration } from "./isoDuration.ts";

const mostProblems = 200;

/** What reading a file finds: mistakes, and keys that nobody asked for. */
export class JsonFindings {
  readonly problems: Problem[] = [];
  private readonly source: ParsedScenario;

  constructor(source: ParsedScenario) {
    this.source = source;
  }

  /** The reader of the whole file. */
  root(): Json {
    return new Json(this, this.source.value, []);
  }

  /** Notes a mistake at a path, or at the nearest thing above it that is there; drops it when there are more than anybody reads. */
  error(path: Path, message: string | (() => string)): void {
    if (this.problems.length >= mostProblems) return;
    for (let depth = path.length; depth >= 0; depth--) {
      const place = this.source.locate(path.slice(0, depth), "value");
      if (place === undefined && depth > 0) continue;
      this.problems.push({
        file: this.source.file,
        line: 1,
        column: 1,
        ...place,
        severity: "error",
        message: typeof message === "string" ? message : message(),
      });
      return;
    }
  }
}

/** A value of a JSON file and where it stands; every question notes a mistake when the answer is of the wrong kind. */
export class Json {
  readonly path: Path;
  private readonly value: unknown;
  private readonly findings: JsonFindings;

  constructor(findings: JsonFindings, value: unknown, path: Path) {
    this.findings = findings;
    this.value = value;
    this.path = path;
  }

  /** Notes a mistake here; a message that takes time to find is given as a function. */
  error(message: string | (() => string)): void {
    this.findings.error(this.path, message);
  }

  /** Claims that a key is there. */
  has(key: string): boolean {
    return isMapping(this.value) && this.value[key] !== undefined && this.value[key] !== null;
  }

  /** What stands under a key, whatever it is. */
  at(key: string): Json {
    return new Json(this.findings, isMapping(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined, [
      ...this.path,
      key,
    ]);
  }

  /** A text; numbers and booleans are taken as they are written. Undefined when absent or after noting that it is something else. */
  text(): string | undefined {
    if (typeof this.value === "string") return this.value;
    if (typeof this.value === "number" || typeof this.value === "boolean") return String(this.value);
    if (this.value !== undefined && this.value !== null) this.error(`a text is expected here, found ${describe(this.value)}`);
    return undefined;
  }

  /** As text, and noted as a mistake when absent. */
  needed(what: string): string {
    const text = this.text();
    if (text === undefined && (this.value === undefined || this.value === null)) this.error(`${what} is missing`);
    return text ?? "";
  }

  /** One of some words; noted as a mistake otherwise. */
  word<T extends string>(words: readonly T[], what: string): T | undefined {
    const text = this.needed(what);
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
    if (found === undefined && text !== "") this.error(() => `${what} is "${text.slice(0, 80)}", ${suggest(text, words, "allowed are")}`);
    return found;
  }

  /** A duration in ISO 8601; undefined when absent, or after noting that it is none. */
  duration(): Micros | undefined {
    const text = this.text();
    if (text === undefined) return undefined;
    const micros = readIsoDuration(text);
    if (micros === undefined) this.error(`"${text.slice(0, 80)}" is not a duration of ISO 8601 such as PT10M`);
    return micros;
  }

  /** The items of a list; none when absent. */
  items(): Json[] {
    if (this.value === undefined || this.value === null) return [];
    if (Array.isArray(this.value)) return this.value.map((item, index) => new Json(this.findings, item, [...this.path, index]));
    this.error(`a list is expected here, found ${describe(this.value)}`);
    return [];
  }

  /** The entries of a mapping; none when absent. */
  entries(): (readonly [string, Json])[] {
    if (this.value === undefined || this.value === null) return [];
    if (isMapping(this.value)) return Object.keys(this.value).map((key) => [key, this.at(key)] as const);
    this.error(`a mapping is expected here, found ${describe(this.value)}`);
    return [];
  }
}
