import { FileRefused, readText, type ScenarioFiles } from "./files.ts";
import { ParsedScenario } from "./parse.ts";
import { isMapping, Lines, type Path, type Place, type Source, valueAt, writePath } from "./place.ts";
import { type Problem, ScenarioError } from "./problem.ts";
import { oversizeOf } from "./size.ts";
import { readYaml } from "./yamlDocument.ts";

/** A scenario put together from its layers: options on top, then the file, then what it is based on. */
class Layers implements Source {
  readonly file: string;
  readonly value: unknown;
  private readonly sources: readonly Source[];

  constructor(sources: readonly Source[], value: unknown) {
    this.sources = sources;
    this.file = sources[0]?.file ?? "scenario";
    this.value = value;
  }

  locate(path: Path, part: "key" | "value", at?: number, length?: number): Place | undefined {
    for (const source of this.sources) {
      const place = source.locate(path, part, at, length);
      if (place !== undefined) return place;
    }
    return undefined;
  }
}

/** A plain object given as a scenario: nothing in it has a place. Throws ScenarioError for one that is too large or too deep to be a scenario. */
export function objectSource(value: unknown): Source {
  const fault = oversizeOf(value);
  if (fault !== undefined) {
    const where = fault.path.length === 0 ? "" : `${writePath(fault.path.slice(0, 8))}: `;
    throw new ScenarioError([{ file: "scenario", line: 1, column: 1, severity: "error", message: where + fault.message }]);
  }
  return { file: "scenario", value, locate: () => undefined };
}

/** A scenario put together, and each of its variants. */
export interface Merged {
  readonly whole: Source;
  /** The scenario with one of its variants on top; only options stand higher. */
  variant(name: string): Source;
}

/** Puts a scenario on top of its `base`, and `path=value` options on top of both; throws ScenarioError. */
export function mergeLayers(top: Source, set: readonly string[], files: ScenarioFiles | undefined): Merged {
  const sources = [top, ...basesOf(top, files)];
  const whole = sources.length === 1 && set.length === 0 ? top : applied(sources, set, () => true);
  return {
    whole,
    variant(name) {
      const overlaid: Source = {
        file: whole.file,
        value: valueAt(whole.value, ["variants", name]),
        locate: (path, part, at, length) => whole.locate(["variants", name, ...path], part, at, length),
      };
      const below = sources.map((source) => without(source, "variants"));
      return applied([overlaid, ...below], set, (option) => !/^variants[.=]/.test(option));
    },
  };
}

function without(source: Source, key: string): Source {
  if (!isMapping(source.value)) return source;
  const { [key]: _, ...value } = source.value;
  return { file: source.file, value, locate: (...of) => source.locate(...of) };
}

function applied(sources: readonly Source[], set: readonly string[], isMeant: (option: string) => boolean): Source {
  let value: unknown = {};
  for (const source of sources.toReversed()) value = overlay(value, source.value);
  const problems: Problem[] = [];
  const options: Source[] = [];
  for (const [index, text] of set.entries()) {
    if (!isMeant(text)) continue;
    try {
      const option = readOption(text, index, value);
      value = overlay(value, option.value);
      options.unshift(option);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ScenarioError(problems);
  return new Layers([...options, ...sources], value);
}

/** Mappings are joined key by key; anything else replaces what was there; null removes it. */
export function overlay(below: unknown, above: unknown): unknown {
  if (!isMapping(above)) return above;
  const result: Record<string, unknown> = isMapping(below) ? { ...below } : {};
  for (const [key, value] of Object.entries(above)) {
    if (value === null && isMapping(below) && Object.hasOwn(below, key)) delete result[key];
    else result[key] = Object.hasOwn(result, key) ? overlay(result[key], value) : value;
  }
  return result;
}

function basesOf(top: Source, files: ScenarioFiles | undefined): readonly Source[] {
  const bases: Source[] = [];
  let current = top;
  const seen = [top.file];
  for (;;) {
    const name = valueAt(current.value, ["base"]);
    if (name === undefined) return bases;
    const fail = (message: string): never => fault(current, ["base"], message);
    if (typeof name !== "string") return fail("base is the name of a file in the same folder");
    if (/[/\\]/.test(name)) return fail("base is a file in the same folder, its name has no slash");
    if (seen.some((file) => file === name || file.endsWith(`/${name}`))) return fail(`"${name}" is based on itself`);
    if (bases.length === 8) return fail("a scenario stands on at most 8 others");
    try {
      current = new ParsedScenario(new Lines(name, readText(files, name, 4 * 1024 * 1024)));
    } catch (error) {
      if (error instanceof FileRefused) fail(error.message);
      throw error;
    }
    seen.push(name);
    bases.push(current);
  }
}

function fault(source: Source, path: Path, message: string): never {
  const place = source.locate(path, "value") ?? { file: source.file, line: 1, column: 1, source: undefined, length: 1 };
  throw new ScenarioError([{ ...place, severity: "error", message }]);
}

/** `path=value` as a layer with one value in it; `index` is its place among the options. */
function readOption(text: string, index: number, below: unknown): Source {
  const at = (from: number, to: number): Place => ({ ...new Lines("--set", text).placeOf(from, to), line: index + 1 });
  const refuse = (from: number, to: number, message: string, hint?: string): never => {
    throw new ScenarioError([{ ...at(from, to), severity: "error", message, hint }]);
  };
  const equals = text.indexOf("=");
  if (equals < 1) return refuse(0, text.length, "--set needs a path and a value", "write --set balancer.probe.interval=5s");
  const steps = splitPath(text.slice(0, equals), below, (from, to, message) => refuse(from, to, message));
  const path = steps.map(({ key }) => key);
  if (path[0] === "base") return refuse(0, equals, "base stands in the file, an option cannot set it");
  const value = readValue(text, equals + 1, at);
  return {
    file: "--set",
    value: nest(path, value, below),
    locate(asked, part, offset, length) {
      const known = Math.min(asked.length, path.length);
      if (path.slice(0, known).some((key, step) => String(key) !== String(asked[step]))) return undefined;
      const made = steps[asked.length - 1];
      // a mapping that was not there before this option
      if (asked.length < path.length) return made !== undefined && valueAt(below, asked) === undefined ? at(made.from, made.to) : undefined;
      if (asked.length > path.length && valueAt(value, asked.slice(path.length)) === undefined) return undefined;
      const last = steps[steps.length - 1];
      if (part === "key" && asked.length === path.length && last !== undefined) return at(last.from, last.to);
      const start = equals + 1;
      return offset === undefined || asked.length > path.length
        ? at(start, text.length)
        : at(start + offset, start + offset + (length ?? 1));
    },
  };
}

interface Step {
  readonly key: string | number;
  readonly from: number;
  readonly to: number;
}

/** The language itself needs less than ten. */
const mostSteps = 32;

/** Steps of a dotted path; names that exist and have dots in them are taken whole. */
function splitPath(text: string, below: unknown, refuse: (from: number, to: number, message: string) => never): readonly Step[] {
  const steps: Step[] = [];
  let current = below;
  let from = 0;
  while (from <= text.length) {
    if (steps.length === mostSteps) return refuse(0, from, `more than ${mostSteps} names, a scenario is not as deep`);
    const rest = text.slice(from);
    const existing = isMapping(current) ? Object.keys(current).filter((key) => rest === key || rest.startsWith(`${key}.`)) : [];
    const longest = existing.reduce((a, b) => (b.length > a.length ? b : a), "");
    const name = longest === "" ? (rest.split(".", 1)[0] ?? "") : longest;
    const to = from + name.length;
    if (name === "" || name === "__proto__") return refuse(from, Math.max(to, from + 1), "a path is names with dots between them");
    if (current !== undefined && current !== null && typeof current !== "object") {
      return refuse(0, from - 1, `${writePath(steps.map(({ key }) => key))} is a single value, nothing can be set inside it`);
    }
    if (Array.isArray(current)) {
      const index = /^\d+$/.test(name) ? Number(name) : Number.NaN;
      if (!(index < current.length)) return refuse(from, to, `the list has ${current.length} entries, numbered from 0`);
      steps.push({ key: index, from, to });
    } else steps.push({ key: name, from, to });
    current = valueAt(current, [steps[steps.length - 1]?.key ?? name]);
    from = to + 1;
  }
  return steps;
}

function readValue(text: string, start: number, at: (from: number, to: number) => Place): unknown {
  try {
    return readYaml(new Lines("--set", text.slice(start))).value;
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new ScenarioError(error.problems.map((problem) => ({ ...problem, ...at(start + problem.column - 1, text.length) })));
  }
}

/** Only the changed value inside mappings; a changed entry of a list brings the whole list, as lists are replaced. */
function nest(path: readonly (string | number)[], value: unknown, below: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = valueAt(below, [key]);
  if (!Array.isArray(below)) return { [key]: nest(rest, value, inner) };
  return below.map((entry, index) => (index === key ? overlay(entry, nest(rest, value, inner)) : entry));
}
