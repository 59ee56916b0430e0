import { distance } from "fastest-levenshtein";

/** The name that was probably meant, or undefined when none is near: at most 3 edits and 40 % of the longer name away. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of names) {
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < least && edits <= 3 && edits <= 0.4 * Math.max(name.length, candidate.length)) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** "did you mean ..." when a name is near, else the names that exist. */
export function suggest(name: string, names: readonly string[], listed = "allowed here"): string {
  const near = nearest(name, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  return `${listed}: ${names.length === 0 ? "none" : shorten(names)}`;
}

/** Up to forty names, separated by commas. */
export function shorten(names: readonly string[]): string {
  const shown = names.slice(0, 40).join(", ");
  return names.length > 40 ? `${shown} and ${names.length - 40} more` : shown;
}
