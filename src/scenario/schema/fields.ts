import * as z from "zod";
import { never } from "../../kernel/time.ts";
import type { LawSpec } from "../../random/lawSpec.ts";
import { type LawDraft, lawNames, laws, problemOfParameter, readLaw } from "../lawText.ts";
import { namePattern, readSelector, type SelectorText, selects } from "../selectorText.ts";
import { TextError } from "../textError.ts";
import { readDate, readDuration, readExactDuration, readPercent, readRate, readSize } from "../units.ts";

/** What the reference page, `explain` and editors say about a key; a default stands in `presets.ts` under the key's path. */
export interface KeyMeta {
  readonly description: string;
  /** What its values are, in a word: "duration", "law", "rate". */
  readonly unit?: string;
  /** What it means when the key is absent and no preset has a default for it. */
  readonly absent?: string;
}

/** What is passed along with a mistake found in a text. */
export interface TextParams {
  /** Offset in the text. */
  readonly at: number;
  readonly length: number;
  readonly hint: string | undefined;
  /** The value is no text at all, so that another form may be meant. */
  readonly wrongType: boolean;
}

/** A small language: what its texts are called and how one looks. */
export interface TextKind {
  /** The name under which the JSON Schema defines it, and which errors use: "duration". */
  readonly id: string;
  /** With its article: "a duration". */
  readonly noun: string;
  readonly description: string;
  readonly example: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** A value that a person writes as text in a small language of its own; mistakes carry TextParams. */
export function text<Out>(read: (value: string) => Out, kind: TextKind) {
  const { id, description, pattern, example } = kind;
  const anything = z.custom<string>(() => true);
  textKinds.set(anything, kind);
  return anything
    .transform((value: unknown, context): Out => {
      const problem = tryRead(value);
      if (!("message" in problem)) return problem.value;
      context.issues.push({ code: "custom", input: value, ...problem });
      return z.NEVER;
    })
    .meta({ id, description, type: "string", examples: [example], ...(pattern === undefined ? {} : { pattern }) });

  function tryRead(value: unknown): { value: Out } | { message: string; params: TextParams } {
    if (typeof value !== "string") {
      if (value === undefined) return { message: "missing", params: { at: 0, length: 1, hint: undefined, wrongType: true } };
      return wrongType(value, kind, read);
    }
    try {
      return { value: read(value) };
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      return { message: error.message, params: { at: error.at, length: error.length, hint: error.hint, wrongType: false } };
    }
  }
}

/** A bare number is read like a text, because what the reader says about it is what is missing: the unit. */
function wrongType(value: unknown, { noun, example }: TextKind, read: (value: string) => unknown): { message: string; params: TextParams } {
  if (typeof value === "number" && Number.isFinite(value)) {
    try {
      read(String(value));
    } catch (error) {
      if (error instanceof TextError) return { message: error.message, params: { at: 0, length: 0, hint: error.hint, wrongType: true } };
    }
  }
  const params = { at: 0, length: 0, hint: `write ${example}`, wrongType: true };
  return { message: `${noun} is written as text, found ${describe(value)}`, params };
}

const textKinds = new WeakMap<z.ZodType, TextKind>();

/** The small language of a schema made by `text`, or undefined. */
export function textKindOf(schema: z.ZodType): TextKind | undefined {
  let current: z.ZodType | undefined = schema;
  while (current !== undefined) {
    const kind = textKinds.get(current);
    if (kind !== undefined) return kind;
    current = (current as unknown as { _zod: { def: { in?: z.ZodType } } })._zod.def.in;
  }
  return undefined;
}

/** A value in a few plain words, for messages. */
export function describe(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  if (typeof value === "string") return value.length > 40 ? `the text "${value.slice(0, 37)}..."` : `the text "${value}"`;
  return typeof value === "number" ? `the number ${value}` : String(value);
}

const durationPattern = "^\\s*((\\d+(\\.\\d+)?|\\.\\d+)\\s*(us|ms|s|min|h|d|y)\\s*)+$";

/** A duration in whole microseconds. */
export const duration = text(readDuration, {
  id: "duration",
  noun: "a duration",
  description: "A number with a unit (us ms s min h d y), combinable: 90s, 1.5h, 2y31d4h.",
  example: "10s",
  pattern: durationPattern,
});

/** A duration above 0. */
export const positiveDuration = text(
  (value) => {
    const micros = readDuration(value);
    if (micros === 0) throw new TextError("this duration must be above 0", 0, value.length);
    return micros;
  },
  { id: "positiveDuration", noun: "a duration", description: "A duration above 0.", example: "10s", pattern: durationPattern },
);

/** A duration, or `never`. */
export const durationOrNever = text((value) => (value.trim() === "never" ? never : readDuration(value)), {
  id: "durationOrNever",
  noun: "a duration",
  description: "A duration, or never.",
  example: "20min",
  pattern: `^\\s*never\\s*$|${durationPattern}`,
});

/** A parameter of a law, in microseconds with fractions. */
const exactDuration = text(readExactDuration, {
  id: "exactDuration",
  noun: "a duration",
  description: "A duration as the parameter of a law; fractions of a microsecond are kept.",
  example: "80ms",
  pattern: durationPattern,
});

/** A rate per microsecond. */
export const rate = text(readRate, {
  id: "rate",
  noun: "a rate",
  description: "So many a unit of time: 200/s, 12/y.",
  example: "200/s",
  pattern: "^\\s*[0-9.eE+-]+\\s*/\\s*(us|ms|s|min|h|d|y)\\s*$",
});

/** A share from 0 to 1. */
export const share = text(
  (value) => {
    const ratio = readPercent(value);
    if (ratio > 1) throw new TextError("nothing is above 100 %", 0, value.length);
    return ratio;
  },
  { id: "share", noun: "a share", description: "A percentage up to 100%: 5%.", example: "5%", pattern: "^\\s*[0-9.]+\\s*%$" },
);

/** A size in MiB. */
export const size = text(readSize, {
  id: "size",
  noun: "a size",
  description: "A number with a unit (KiB MiB GiB TiB): 512MiB.",
  example: "512MiB",
  pattern: "^\\s*[0-9.]+\\s*(KiB|MiB|GiB|TiB)\\s*$",
});

/** A day of the calendar. */
export const date = text(readDate, {
  id: "date",
  noun: "a date",
  description: "A day as year-month-day: 2027-03-31.",
  example: "2027-01-01",
  pattern: "^\\s*\\d{4}-\\d{2}-\\d{2}\\s*$",
});

const targets = {
  instance: { noun: "an instance", forms: "web/0, random(web), each(web) or each(instance)", example: "web/0" },
  host: { noun: "a host", forms: "host(3), hostOf(web/0), random(host) or each(host)", example: "hostOf(web/0)" },
  faultDomain: {
    noun: "a fault domain",
    forms: "faultDomain(1), faultDomainOf(web/0), random(faultDomain) or each(faultDomain)",
    example: "faultDomain(1)",
  },
  store: { noun: "a store", forms: "store(db), random(store) or each(store)", example: "store(db)" },
  queue: { noun: "a queue", forms: "queue(jobs), random(queue) or each(queue)", example: "queue(jobs)" },
};

function selector(what: keyof typeof targets) {
  const { example, forms, noun } = targets[what];
  const read = (value: string): SelectorText => {
    // a bare name where a function is meant: "db" for store(db)
    if (what !== "instance" && /^[\w.-]+$/.test(value.trim()))
      throw new TextError(`"${value}" is not ${noun}`, 0, value.length, `write ${forms}`);
    const found = readSelector(value);
    if (selects(found.selector) === what) return found;
    throw new TextError(`"${value}" is not ${noun}`, 0, value.length, `write ${forms}`);
  };
  return text<SelectorText>(read, { id: what, noun, description: `Names ${noun} when the fault strikes: ${forms}.`, example });
}

/** What a fault or an operation can aim at, each with its own selectors. */
export const selectors = {
  instance: selector("instance"),
  host: selector("host"),
  faultDomain: selector("faultDomain"),
  store: selector("store"),
  queue: selector("queue"),
};

const lawText = text<LawDraft>(readLaw, {
  id: "lawText",
  noun: "a law",
  description: "A law as text: lognormal(80ms, 1.2), exponential(3d), empirical(times.csv, in ms); a bare duration is constant.",
  example: "exponential(80ms)",
});

const lawMapping = z.discriminatedUnion("law", [
  ...(Object.keys(laws) as (keyof typeof laws)[]).map(parametersOf),
  z.strictObject({ law: z.literal("empirical"), values: z.array(exactDuration).min(1).max(1_000_000) }),
] as unknown as [z.ZodObject]);

/** A law as a mapping with its parameters named. */
export type LawMapping = { readonly law: LawSpec["law"]; readonly [parameter: string]: string | number | readonly string[] };

/** A probability law of durations: as text, or as a mapping with named parameters. */
export const law: z.ZodType<LawDraft, string | LawMapping> = z
  .union([lawText, lawMapping as unknown as z.ZodType<LawDraft, LawMapping>])
  .meta({ id: "law", description: `A law of durations: ${lawNames.join(", ")}. Text with a comma needs quotes inside { } and [ ].` });

/** A law of durations after which something happens, or `never`, which becomes undefined. */
export const lawOrNever = z.union([z.literal("never"), law]);

function parametersOf(name: keyof typeof laws): z.ZodObject {
  const shape: Record<string, z.ZodType> = { law: z.literal(name) };
  for (const parameter of laws[name].parameters) {
    shape[parameter.name] =
      parameter.type === "duration"
        ? exactDuration
        : z.number().superRefine((value, context) => {
            const message = problemOfParameter(name, parameter, value);
            if (message !== undefined) context.addIssue({ code: "custom", message });
          });
  }
  const object = z.strictObject(shape);
  if (name !== "uniform") return object;
  return object.refine(({ min, max }) => !((max as number) < (min as number)), { message: "max is below min", path: ["max"] });
}

/** A whole number from `min` to `max`. */
export function count(min: number, max: number) {
  return z.number().int().min(min).max(max);
}

/** A whole number, or `unlimited`, which becomes `unlimited`'s value. */
export function countOr(min: number, max: number, word: "unlimited" | "never", value: number) {
  return z.union([count(min, max), z.literal(word).transform(() => value)]);
}

/** The name of a role, client, queue, store or endpoint. */
export const name = z.string().regex(namePattern);

/** Things by name. */
export function named<T extends z.ZodType>(value: T) {
  return z.record(name, value);
}
