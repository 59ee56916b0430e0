/** Where two values of plain data part. */
export interface Difference {
  /** Such as "requests.failedByCause.crash". */
  readonly path: string;
  /** What stands there, as JSON; "nothing" where one has no such key. */
  readonly first: string;
  readonly second: string;
}

/** The first difference of two values of plain data, keys in any order; undefined when there is none. */
export function firstDifference(first: unknown, second: unknown, path = ""): Difference | undefined {
  if (Object.is(first, second)) return undefined;
  if (!isTree(first) || !isTree(second)) return { path: path === "" ? "all of it" : path, first: text(first), second: text(second) };
  for (const key of new Set([...Object.keys(first), ...Object.keys(second)])) {
    const found = firstDifference(first[key], second[key], path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value);
  return json.length > 200 ? `${json.slice(0, 200)}...` : json;
}
