import type * as z from "zod";
import { isMapping, type Path } from "../place.ts";
import { type TextKind, textKindOf } from "./fields.ts";

/** The parts of a zod schema's definition that are looked at here. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
}

interface Check {
  readonly check: string;
  readonly value?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly length?: number;
}

/** The definition of a schema. */
export function definitionOf(schema: z.ZodType): Definition {
  return (schema as unknown as { _zod: { def: Definition } })._zod.def;
}

/** Whether a key may be left out. */
export function isOptional(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}

/** The schema without what says that it is optional, may be null, or is transformed afterwards; a text kind is left as it is. */
export function unwrap(schema: z.ZodType): z.ZodType {
  const { type, innerType, in: input } = definitionOf(schema);
  if ((type === "optional" || type === "nullable") && innerType !== undefined) return unwrap(innerType);
  if (type === "pipe" && input !== undefined && textKindOf(schema) === undefined) return unwrap(input);
  return schema;
}

/** The alternatives of a schema, nested ones included; the schema itself when it has none. */
export function alternativesOf(schema: z.ZodType): readonly z.ZodType[] {
  const inner = unwrap(schema);
  const { options } = definitionOf(inner);
  return options === undefined ? [inner] : options.flatMap(alternativesOf);
}

/** The keys of a mapping with fixed keys, or undefined. */
export function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined {
  return definitionOf(schema).shape;
}

/** The schemas that a value at a path can have; where the kind of an entry decides, the kind that `value` has. */
export function schemasAt(schema: z.ZodType, path: Path, value: unknown): readonly z.ZodType[] {
  let current = alternativesFor(schema, value);
  let inner = value;
  for (const key of path) {
    inner = isMapping(inner) || Array.isArray(inner) ? (inner as Record<string | number, unknown>)[key] : undefined;
    current = current.flatMap((candidate) => {
      const child = childOf(candidate, key);
      return child === undefined ? [] : alternativesFor(child, inner);
    });
  }
  return current;
}

/** The values that stand for themselves among the alternatives of a schema: choices, `none`, `never`. */
export function wordsOf(schema: z.ZodType): readonly string[] {
  return alternativesOf(schema).flatMap((alternative) => {
    const { entries, type, values } = definitionOf(alternative);
    if (entries !== undefined) return Object.values(entries);
    return type === "literal" ? (values ?? []).map(String) : [];
  });
}

/** What a value of a schema is, in plain words: "a whole number from 1 to 20", "true or false". */
export function expectation(schema: z.ZodType): string {
  const words = wordsOf(schema);
  const others = alternativesOf(schema).flatMap((alternative) => expectationOf(alternative) ?? []);
  const choices = words.length > 12 ? [`one of ${words.slice(0, 6).join(", ")} and ${words.length - 6} more`] : words;
  const all = [...new Set([...others, ...choices])];
  return all.length < 2 ? (all[0] ?? "a value") : `${all.slice(0, -1).join(", ")} or ${all[all.length - 1]}`;
}

function expectationOf(schema: z.ZodType): string | undefined {
  const kind = textKindOf(schema);
  if (kind !== undefined) return expectationOfText(kind);
  switch (definitionOf(schema).type) {
    case "number":
      return expectationOfNumber(schema);
    case "boolean":
      return "true or false";
    case "string":
      return "a text";
    case "array":
      return "a list";
    case "object":
      return "a mapping";
    case "record":
      return "a mapping of names";
    default:
      return undefined;
  }
}

function expectationOfText({ noun, example }: TextKind): string {
  return `${noun} such as ${example}`;
}

function expectationOfNumber(schema: z.ZodType): string {
  const { least, most, whole } = limitsOf(schema);
  const kind = whole ? "a whole number" : "a number";
  if (least === undefined) return kind;
  if (most === undefined || most === Number.MAX_SAFE_INTEGER) return `${kind} from ${grouped(least)} on`;
  return `${kind} from ${grouped(least)} to ${grouped(most)}`;
}

/** The least and most that a number, or the length of a list or text, can be. */
export function limitsOf(schema: z.ZodType): { readonly least?: number; readonly most?: number; readonly whole: boolean } {
  let limits: { least?: number; most?: number; whole: boolean } = { whole: false };
  for (const { _zod } of definitionOf(schema).checks ?? []) {
    const { check, length, maximum, minimum, value } = _zod.def;
    const least = check === "greater_than" ? value : (minimum ?? length);
    const most = check === "less_than" ? value : (maximum ?? length);
    limits = { ...limits, ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
    if (check === "number_format") limits.whole = true;
  }
  return limits;
}

/** A number with commas between groups of three digits. */
export function grouped(value: number): string {
  return String(value).replace(/^-?\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","));
}

function childOf(schema: z.ZodType, key: string | number): z.ZodType | undefined {
  const { shape, element, valueType } = definitionOf(schema);
  if (shape !== undefined) return Object.hasOwn(shape, key) ? shape[key] : undefined;
  return typeof key === "number" ? element : valueType;
}

/** Alternatives, without those that a discriminating key of the value rules out. */
function alternativesFor(schema: z.ZodType, value: unknown): readonly z.ZodType[] {
  const inner = unwrap(schema);
  const { options, discriminator } = definitionOf(inner);
  if (options === undefined) return [inner];
  if (discriminator !== undefined && isMapping(value)) {
    const chosen = options.filter((option) => {
      const tag = shapeOf(unwrap(option))?.[discriminator];
      return tag !== undefined && wordsOf(tag).includes(String(value[discriminator]));
    });
    if (chosen.length > 0) return chosen.flatMap((option) => alternativesFor(option, value));
  }
  return options.flatMap((option) => alternativesFor(option, value));
}
