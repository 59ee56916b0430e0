import type { Path } from "./place.ts";

/** The language itself needs less than ten levels. */
const mostLevels = 64;
/** Ten thousand faults have fewer keys and values. */
const mostValues = 150_000;
/** Names in one mapping: roles, queues, clients, variants. */
const mostKeys = 1000;
/** Lists of numbers and texts may be longer, those of mappings and lists not. */
const mostEntries = 10_000;

/** Why something is no scenario, whatever it says. */
export interface Oversize {
  readonly path: Path;
  readonly part: "key" | "value";
  readonly message: string;
}

/** The first reason why a value is too large, too deep, or not safe to be read as a scenario; undefined when there is none. */
export function oversizeOf(value: unknown): Oversize | undefined {
  const rest: { readonly value: unknown; readonly path: Path }[] = [{ value, path: [] }];
  let values = 0;
  // not by recursion: the deepest value must not be deeper than the stack
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { path } = next;
    const wrong = (message: string, key?: string): Oversize =>
      key === undefined ? { path, part: "value", message } : { path: [...path, key], part: "key", message };
    if (typeof next.value !== "object" || next.value === null) continue;
    if (path.length > mostLevels)
      return { path: path.slice(0, mostLevels), part: "value", message: `more than ${mostLevels} levels of nesting` };
    const list: readonly unknown[] | undefined = Array.isArray(next.value) ? next.value : undefined;
    const keys = list === undefined ? Object.keys(next.value) : [];
    values += list?.length ?? 2 * keys.length;
    if (keys.includes("__proto__")) return wrong('"__proto__" cannot be a key', "__proto__");
    if (keys.length > mostKeys) return wrong(`${keys.length} keys in one mapping, at most ${mostKeys} are read`);
    if (values > mostValues) return wrong(`with this there are more than ${mostValues} keys and values, a scenario has fewer`);
    const entries = list?.entries() ?? Object.entries(next.value);
    const inner: { readonly value: unknown; readonly path: Path }[] = [];
    for (const [key, entry] of entries) if (typeof entry === "object" && entry !== null) inner.push({ value: entry, path: [...path, key] });
    if (list !== undefined && inner.length > mostEntries)
      return wrong(`a list of ${inner.length} entries, at most ${mostEntries} are read`);
    for (let at = inner.length - 1; at >= 0; at--) rest.push(inner[at] as (typeof inner)[number]);
  }
  return undefined;
}

/** How many keys and values a value has. */
export function sizeOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + 1 + sizeOf(inner), 1);
}
