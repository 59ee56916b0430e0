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
  return differences(first, second, 1, path)[0];
}

/** The first so many differences of two values of plain data, keys in any order. */
export function differences(first: unknown, second: unknown, most: number, path = ""): readonly Difference[] {
  if (Object.is(first, second)) return [];
  if (!isTree(first) || !isTree(second)) return [{ path: path === "" ? "all of it" : path, first: text(first), second: text(second) }];
  const found: Difference[] = [];
  for (const key of new Set([...Object.keys(first), ...Object.keys(second)])) {
    if (found.length >= most) break;
    found.push(...differences(first[key], second[key], most - found.length, path === "" ? key : `${path}.${key}`));
  }
  return found;
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value);
  return json.length > 200 ? `${json.slice(0, 200)}...` : json;
}
