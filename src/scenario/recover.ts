import { type Mistake, mistakesOf } from "./messages.ts";
import { isMapping, type Path, valueAt } from "./place.ts";
import { type ReadScenario, scenario as schema } from "./schema/scenario.ts";

/** A scenario read as far as it goes. */
export interface Reading {
  /** What could be read, the rest left out; undefined when that is nothing. */
  readonly scenario: ReadScenario | undefined;
  readonly mistakes: readonly Mistake[];
  /** The path in the file of a path in `scenario`, where entries of lists may have been left out. */
  readonly original: (path: Path) => Path;
}

/** Each round leaves out what is wrong at one level; a file that needs more is wrong throughout. */
const mostRounds = 10;

/** Reads a scenario; what is wrong is left out, so that the checks that follow see the rest and all mistakes come at once. */
export function readScenario(value: unknown): Reading {
  const first = schema.safeParse(value);
  if (first.success) return { scenario: first.data, mistakes: [], original: (path) => path };
  const mistakes = mistakesOf(first.error.issues, schema, value);
  const pruned = prune(value);
  return { mistakes, ...pruned };
}

function prune(value: unknown): Pick<Reading, "scenario" | "original"> {
  const places = new Map<unknown[], number[]>();
  const copy = copied(value, places);
  const original = (path: Path): Path => originalPath(copy, places, path);
  if (!isMapping(copy)) return { scenario: undefined, original };
  for (let round = 0; round < mostRounds; round++) {
    const result = schema.safeParse(copy);
    if (result.success) return { scenario: result.data, original };
    const wrong = mistakesOf(result.error.issues, schema, copy);
    for (const { about, path } of wrong) leaveOut(copy, about?.length === 1 ? about : path);
    closeHoles(places);
  }
  return { scenario: undefined, original };
}

/** What a scenario cannot do without, so that the rest can be checked when it is missing. */
const neutral: Readonly<Record<string, unknown>> = { name: "scenario", horizon: "285y", service: { roles: {} } };

function leaveOut(whole: Record<string, unknown>, path: Path): void {
  const [top] = path;
  const key = path[path.length - 1];
  if (key === undefined || top === undefined) return;
  if (path.length === 1 && Object.hasOwn(neutral, top)) {
    whole[top] = structuredClone(neutral[top]);
    return;
  }
  const holder = valueAt(whole, path.slice(0, -1));
  if (Array.isArray(holder)) holder[Number(key)] = undefined;
  else if (isMapping(holder)) delete holder[key];
}

function closeHoles(places: Map<unknown[], number[]>): void {
  for (const [list, before] of places) {
    if (!list.includes(undefined)) continue;
    places.set(
      list,
      before.filter((_, index) => list[index] !== undefined),
    );
    list.splice(0, list.length, ...list.filter((entry) => entry !== undefined));
  }
}

function copied(value: unknown, places: Map<unknown[], number[]>): unknown {
  if (Array.isArray(value)) {
    const list = value.map((entry) => copied(entry, places));
    places.set(list, [...list.keys()]);
    return list;
  }
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner, places)]));
}

function originalPath(copy: unknown, places: ReadonlyMap<unknown[], number[]>, path: Path): Path {
  let current = copy;
  return path.map((key) => {
    const before = Array.isArray(current) && typeof key === "number" ? (places.get(current)?.[key] ?? key) : key;
    current = valueAt(current, [key]);
    return before;
  });
}
