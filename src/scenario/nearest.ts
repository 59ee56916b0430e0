import { distance } from "fastest-levenshtein";

/** The name that was probably meant, or undefined when none is near: at most 3 edits and 40 % of the longer name away. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  if (name.length > 200) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of names) {
    const edits = isSwapped(wanted, candidate.toLowerCase()) ? 1 : distance(wanted, candidate.toLowerCase());
    if (edits < least && edits <= 3 && edits <= 0.4 * Math.max(name.length, candidate.length)) {
      best = candidate;
      least = edits;
    }
  }
  return best ?? longer(wanted, names);
}

/** The only name that begins with what was given, or that it begins with: "mon" for monday, "automatic" for auto. */
function longer(wanted: string, names: Iterable<string>): string | undefined {
  if (wanted.length < 3) return undefined;
  let found: string | undefined;
  for (const name of names) {
    const candidate = name.toLowerCase();
    if (candidate.length < 3 || !(candidate.startsWith(wanted) || wanted.startsWith(candidate))) continue;
    if (found !== undefined) return undefined;
    found = name;
  }
  return found;
}

/** Two neighbours in the wrong order, as in "wbe", are one slip of the hand and not two. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Words that others use, and what is meant here. */
const synonyms: ReadonlyMap<string, readonly string[]> = new Map([
  ["duration", ["horizon", "lasts", "repairAfter"]],
  ["length", ["horizon"]],
  ["runtime", ["horizon"]],
  ["count", ["instances"]],
  ["replicas", ["instances"]],
  ["vmsize", ["size"]],
  ["sku", ["size"]],
  ["rate", ["arrivals"]],
  ["load", ["arrivals"]],
  ["racks", ["faultDomains"]],
  ["zones", ["faultDomains"]],
  ["healthcheck", ["probe"]],
  ["loadbalancer", ["balancer"]],
  ["threads", ["concurrency"]],
  ["events", ["operations", "faults"]],
  ["slo", ["expect"]],
  ["assert", ["expect"]],
]);

/** "did you mean ..." when a name is near, or others call it so, else the names that exist. */
export function suggest(name: string, names: readonly string[], listed = "allowed here"): string {
  const near = nearest(name, names) ?? synonyms.get(name.toLowerCase())?.find((meant) => names.includes(meant));
  if (near !== undefined) return `did you mean "${near}"?`;
  return `${listed}: ${names.length === 0 ? "none" : shorten(names)}`;
}

/** Up to forty names, separated by commas. */
export function shorten(names: readonly string[]): string {
  const shown = names.slice(0, 40).join(", ");
  return names.length > 40 ? `${shown} and ${names.length - 40} more` : shown;
}
