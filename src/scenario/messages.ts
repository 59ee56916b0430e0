import type * as z from "zod";
import { nearest, shorten, suggest } from "./nearest.ts";
import { isMapping, type Path, valueAt } from "./place.ts";
import { describe, type TextParams } from "./schema/fields.ts";
import { alternativesOf, expectation, grouped, limitsOf, schemasAt, shapeOf, wordsOf } from "./schema/walk.ts";

/** A mistake with the path at which it stands. */
export interface Mistake {
  readonly path: Path;
  /** What to point at: the key, the value, or the key of what should contain the missing one. */
  readonly part: "key" | "value";
  readonly message: string;
  /** Offset inside the text of the value, with its length. */
  readonly at?: number | undefined;
  readonly length?: number | undefined;
  /** The part of the value's text to point at, where its offset is not known. */
  readonly inText?: string | undefined;
  readonly hint?: string | undefined;
  readonly severity?: "warning" | undefined;
  /** The path of what is missing, when `path` is that of what should have it. */
  readonly about?: Path | undefined;
  /** What else it follows from: when that could not be read, it is no mistake of its own. */
  readonly follows?: readonly Path[] | undefined;
}

type Issue = z.core.$ZodIssue;

/** More mistakes than anybody reads. */
const mostMistakes = 200;

/** The mistakes of a scenario in plain words, from what zod says about `value`. */
export function mistakesOf(issues: readonly Issue[], schema: z.ZodType, value: unknown): readonly Mistake[] {
  const told = (hidesRests: boolean) =>
    issues.slice(0, mostMistakes).flatMap((issue) => mistakesOfIssue(issue, issue.path as Path, schema, value, hidesRests));
  const mistakes = told(true);
  // where the beginning of a split text is valid by itself, its rest is all that is wrong
  return mistakes.length === 0 ? told(false) : mistakes;
}

function mistakesOfIssue(issue: Issue, path: Path, schema: z.ZodType, whole: unknown, hidesRests: boolean): readonly Mistake[] {
  const value = valueAt(whole, path);
  if (issue.code === "unrecognized_keys") {
    const rests = restsOfSplitText(hidesRests && isMapping(value) ? value : {});
    const allowed = allowedKeys(schema, path, whole);
    const keys = issue.keys.filter((key) => !rests.has(key)).slice(0, mostMistakes);
    return keys.map((key) => unknownKey(path, key, allowed));
  }
  if (value === undefined && path.length > 0) return [missing(path, schema, whole)];
  if (issue.code === "invalid_union") return mistakesOfUnion(issue, path, schema, whole, hidesRests);
  if (issue.code === "invalid_key")
    return [{ path, part: "key", message: `"${path[path.length - 1]}" is not a name`, hint: "letters, digits, _ . and -" }];
  if (issue.code === "custom") return [custom(issue, path, whole)];
  // a pattern that says itself what it wants
  if (issue.code === "invalid_format" && !issue.message.startsWith("Invalid")) return [{ path, part: "value", message: issue.message }];
  if (issue.code === "invalid_value") return [wrongWord(path, value, issue.values.map(String))];
  return [
    issue.code === "too_big" || issue.code === "too_small" ? outside(path, value, schema, whole) : wrongValue(path, value, schema, whole),
  ];
}

/** A union is wrong in the way of the alternative that was probably meant. */
function mistakesOfUnion(
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: Path,
  schema: z.ZodType,
  whole: unknown,
  hidesRests: boolean,
): readonly Mistake[] {
  const value = valueAt(whole, path);
  const { discriminator } = issue as { discriminator?: string };
  if (discriminator !== undefined) return [wrongWord(path, value, wordsOfKey(schema, path))];
  const branches = issue.errors as readonly (readonly Issue[])[];
  const word = typeof value === "string" ? nearest(value, wordsAt(schema, path, whole)) : undefined;
  if (word !== undefined) return [{ path, part: "value", message: `${label(path)} cannot be "${value}", did you mean "${word}"?` }];
  const meant = probablyMeant(branches, value);
  if (meant !== undefined) {
    return meant.flatMap((inner) => mistakesOfIssue(inner, [...path, ...(inner.path as Path)], schema, whole, hidesRests));
  }
  if (isMapping(value) && branches.some((branch) => !mismatches(branch))) return [noAlternative(path, value, schema, whole)];
  const text = firstText(branches);
  return [text === undefined ? wrongValue(path, value, schema, whole) : custom(text, path, whole)];
}

function probablyMeant(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | undefined {
  const fitting = branches.filter((branch) => !mismatches(branch));
  if (fitting.length < 2) return fitting[0];
  const scores = fitting.map((branch) => atRoot(branch, value));
  const best = Math.min(...scores);
  return scores.filter((score) => score === best).length === 1 ? fitting[scores.indexOf(best)] : undefined;
}

/** Whether an alternative is of another type altogether. */
function mismatches(branch: readonly Issue[]): boolean {
  return branch.some((issue) => {
    if (issue.path.length > 0) return false;
    if (issue.code === "custom") return (issue.params as TextParams | undefined)?.wrongType === true;
    if (issue.code === "invalid_union") return !("discriminator" in issue) && issue.errors.every(mismatches);
    return issue.code === "invalid_type" ? !(issue as { format?: string }).format : issue.code === "invalid_value";
  });
}

/** How many keys of a mapping are unknown to an alternative or missing for it. */
function atRoot(branch: readonly Issue[], value: unknown): number {
  let count = 0;
  for (const issue of branch) {
    if (issue.code === "unrecognized_keys" && issue.path.length === 0) count += issue.keys.length;
    else if (issue.path.length === 1 && valueAt(value, issue.path as Path) === undefined) count++;
  }
  return count;
}

function firstText(branches: readonly (readonly Issue[])[]): Extract<Issue, { code: "custom" }> | undefined {
  for (const issue of branches.flat()) {
    if (issue.code === "custom" && issue.path.length === 0) return issue;
    const inner = issue.code === "invalid_union" && issue.path.length === 0 ? firstText(issue.errors) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** A mapping whose keys fit none of several alternatives, or several of them alike. */
function noAlternative(path: Path, value: Readonly<Record<string, unknown>>, schema: z.ZodType, whole: unknown): Mistake {
  const allowed = allowedKeys(schema, path, whole);
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  if (unknown !== undefined) return unknownKey(path, unknown, allowed);
  const firsts = schemasAt(schema, path, whole).flatMap((alternative) => Object.keys(shapeOf(alternative) ?? {})[0] ?? []);
  return { path, part: "value", message: `${label(path)} needs exactly one of ${firsts.join(", ")}` };
}

function unknownKey(path: Path, key: string, allowed: readonly string[]): Mistake {
  return { path: [...path, key], part: "key", message: `unknown key "${key}", ${suggest(key, allowed)}` };
}

function missing(path: Path, schema: z.ZodType, whole: unknown): Mistake {
  const key = path[path.length - 1];
  const parent = path.slice(0, -1);
  const expected = schemasAt(schema, parent, whole).flatMap((candidate) => shapeOf(candidate)?.[String(key)] ?? []);
  const words = expected.length > 1 ? expected.flatMap(wordsOf) : [];
  const wanted = words.length > 0 ? `: ${shorten([...new Set(words)])}` : expected[0] === undefined ? "" : `: ${expectation(expected[0])}`;
  const where = parent.length === 0 ? "the scenario" : typeof parent.at(-1) === "number" ? "this entry" : label(parent);
  return { path: parent, part: "key", message: `${where} has no "${key}"${wanted}`, about: path };
}

function custom(issue: Extract<Issue, { code: "custom" }>, path: Path, whole: unknown): Mistake {
  const { at, length, hint, wrongType } = (issue.params ?? {}) as Partial<TextParams>;
  const text = splitText(path, whole);
  if (text !== undefined) {
    const message = "YAML splits this text at its comma; inside { } it needs quotes";
    return { path, part: "value", message, hint: `write "${text}"` };
  }
  return { path, part: "value", message: issue.message, hint, ...(wrongType || at === undefined ? {} : { at, length }) };
}

function wrongWord(path: Path, value: unknown, words: readonly string[]): Mistake {
  if (typeof value !== "string") {
    return { path, part: "value", message: `${label(path)} is one of ${shorten(words)}, found ${describe(value)}` };
  }
  return { path, part: "value", message: `${label(path)} cannot be "${value}", ${suggest(value, words)}` };
}

function wrongValue(path: Path, value: unknown, schema: z.ZodType, whole: unknown): Mistake {
  if (path.length === 0) return { path, part: "value", message: `a scenario is a mapping of keys and values, found ${describe(value)}` };
  const expected = [...new Set(schemasAt(schema, path, whole).map(expectation))];
  if (typeof value === "string" && expected.includes("a text")) {
    return { path, part: "value", message: `"${value}" is not a name`, hint: "letters, digits, _ . and -" };
  }
  if (typeof value === "number" && expected.includes("a text"))
    return { path, part: "value", message: `${label(path)} is a text, and ${value} is a number`, hint: `write "${value}"` };
  const found = typeof value === "number" && Number.isFinite(value) ? `not ${grouped(value)}` : `found ${describe(value)}`;
  return { path, part: "value", message: `${label(path)} is ${expected.join(" or ")}, ${found}` };
}

/** A number out of range, or a list or text that is too long or too short. */
function outside(path: Path, value: unknown, schema: z.ZodType, whole: unknown): Mistake {
  if (typeof value !== "string" && !Array.isArray(value)) return wrongValue(path, value, schema, whole);
  const wanted = typeof value === "string" ? "a text" : "a list";
  const candidate = schemasAt(schema, path, whole).find((alternative) => expectation(alternative) === wanted);
  const { least = 0, most = Infinity } = candidate === undefined ? {} : limitsOf(candidate);
  const isOne = value.length === 1;
  const things = typeof value === "string" ? (isOne ? "character" : "characters") : isOne ? "entry" : "entries";
  const allowed =
    least === most ? `exactly ${grouped(most)}` : value.length < least ? `at least ${grouped(least)}` : `at most ${grouped(most)}`;
  return { path, part: "key", message: `${label(path)} has ${grouped(value.length)} ${things}, it needs ${allowed}` };
}

function allowedKeys(schema: z.ZodType, path: Path, whole: unknown): readonly string[] {
  return [...new Set(schemasAt(schema, path, whole).flatMap(keysOf))];
}

/** The keys of a mapping, or the words that the keys of a mapping by name can be. */
function keysOf(schema: z.ZodType): readonly string[] {
  const shape = shapeOf(schema);
  if (shape !== undefined) return Object.keys(shape);
  const { keyType } = (schema as { def?: { keyType?: z.ZodType } }).def ?? {};
  return keyType === undefined ? [] : wordsOf(keyType);
}

function wordsOfKey(schema: z.ZodType, path: Path): readonly string[] {
  const key = String(path[path.length - 1]);
  const holders = schemasAt(schema, path.slice(0, -1), undefined);
  return [
    ...new Set(holders.flatMap((holder) => (shapeOf(holder)?.[key] === undefined ? [] : wordsOf(shapeOf(holder)?.[key] as z.ZodType)))),
  ];
}

function wordsAt(schema: z.ZodType, path: Path, whole: unknown): readonly string[] {
  return schemasAt(schema, path, whole).flatMap((candidate) => alternativesOf(candidate).flatMap(wordsOf));
}

/** The name of what stands at a path: its key, or the list it is an entry of. */
function label(path: Path): string {
  const last = path[path.length - 1];
  if (last === undefined) return "the scenario";
  return typeof last === "number"
    ? `entry ${last} of ${
        path
          .slice(0, -1)
          .filter((key) => typeof key === "string")
          .at(-1) ?? "the list"
      }`
    : last;
}

/** The keys that are what YAML left of a text with a comma: `{ service: lognormal(80ms, 1.2) }` has a key `1.2)`. */
function restsOfSplitText(parent: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const rests = new Set<string>();
  let open = false;
  for (const [name, value] of Object.entries(parent)) {
    if (open && value === null) rests.add(name);
    if (typeof value === "string") open = isOpen(value);
    else if (value !== null || name.endsWith(")")) open = false;
  }
  return rests;
}

/** The whole text that YAML split, when the value at a path is the start of one. */
function splitText(path: Path, whole: unknown): string | undefined {
  const value = valueAt(whole, path);
  const parent = valueAt(whole, path.slice(0, -1));
  if (typeof value !== "string" || !isOpen(value) || !isMapping(parent)) return undefined;
  const names = Object.keys(parent);
  let text = value;
  for (const name of names.slice(names.indexOf(String(path[path.length - 1])) + 1)) {
    if (parent[name] !== null) return undefined;
    text += `, ${name}`;
    if (!isOpen(text)) return text;
  }
  return undefined;
}

function isOpen(text: string): boolean {
  return text.split("(").length > text.split(")").length;
}
