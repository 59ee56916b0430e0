import type * as z from "zod";
import type { KeyMeta } from "./schema/fields.ts";
import { scenario } from "./schema/scenario.ts";
import { alternativesOf, definitionOf, isOptional, shapeOf, unwrap } from "./schema/walk.ts";

/** A key of the scenario language. */
export interface KeyEntry {
  /** With `*` for names and indexes: `clients.*.timeout`. */
  readonly path: string;
  /** As it is shown: `clients.NAME.timeout`, and `faults.0.at` of the entries of lists. */
  readonly shown: string;
  readonly required: boolean;
  /** It holds other keys. */
  readonly isGroup: boolean;
  readonly meta: Partial<KeyMeta>;
  readonly schema: z.ZodType;
}

/** Groups whose keys are those of another group, or that have a page of their own. */
const told = new Set(["service.roles.*.endpoints.*.probe", "faults", "operations"]);

/** Values that are written as text or described elsewhere, although they also have a form with keys. */
const opaque = new Set(["law", "law or none", "law or never", "arrivals"]);

/** Every key from the top of a scenario down, in the order of the schema. */
export function allKeys(): readonly KeyEntry[] {
  return keysOf(scenario, "");
}

/** The keys below a schema. */
export function keysOf(schema: z.ZodType, prefix: string, shownPrefix = prefix.replaceAll("*", "NAME")): readonly KeyEntry[] {
  const entries: KeyEntry[] = [];
  const seen = new Set<string>();
  for (const alternative of alternativesOf(schema)) {
    for (const [key, child] of Object.entries(shapeOf(alternative) ?? {})) {
      const path = prefix === "" ? key : `${prefix}.${key}`;
      const shown = prefix === "" ? key : `${shownPrefix}.${key}`;
      if (seen.has(path)) continue;
      seen.add(path);
      const meta = metaOf(child);
      const below = told.has(path) || opaque.has(meta.unit ?? "") ? [] : keysBelow(child, path, shown);
      entries.push({ path, shown, required: !isOptional(child), isGroup: below.length > 0, meta, schema: child }, ...below);
    }
  }
  return entries;
}

/** What is said of a key; of what it wraps, where the key itself says nothing. */
function metaOf(schema: z.ZodType): Partial<KeyMeta> {
  const own = schema.meta() as Partial<KeyMeta> | undefined;
  if (own?.description !== undefined) return own;
  const inner = definitionOf(schema).innerType;
  return inner === undefined ? {} : metaOf(inner);
}

function keysBelow(schema: z.ZodType, path: string, shown: string): readonly KeyEntry[] {
  return alternativesOf(schema).flatMap((alternative) => {
    const { element, valueType } = definitionOf(alternative);
    if (element !== undefined) return keysOf(unwrap(element), `${path}.*`, `${shown}.0`);
    if (valueType !== undefined) return keysOf(unwrap(valueType), `${path}.*`, `${shown}.NAME`);
    return shapeOf(alternative) === undefined ? [] : keysOf(alternative, path, shown);
  });
}
