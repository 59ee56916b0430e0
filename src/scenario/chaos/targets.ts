import { suggest } from "../nearest.ts";
import { type Aim, mostEntries, someOf, type TimedAction } from "./experiment.ts";

/** What there is in a service that an experiment can aim at. */
export interface Cast {
  readonly roles: readonly { readonly name: string; readonly instances: number }[];
  readonly stores: readonly string[];
  readonly queues: readonly string[];
  /** What names of the experiment stand for, as the user says: a role, an instance such as web/0, or a store. */
  readonly meant: ReadonlyMap<string, string>;
}

/** What an action strikes. */
export interface Struck {
  /** Selectors of the scenario language. */
  readonly instances: readonly string[];
  /** What was chosen for the user, and what was not found, in plain sentences. */
  readonly notes: readonly string[];
}

/** A store or a queue of the scenario. */
interface Outside {
  readonly kind: "store" | "queue";
  readonly name: string;
}

interface Role {
  readonly role: Cast["roles"][number];
  readonly index?: number;
}

/** Finds what an action strikes; a service with one role needs no names. */
export function strikesOf({ aims, selection, where }: TimedAction, cast: Cast): Struck {
  const notes: string[] = [];
  const whole: Role[] = [];
  const single: string[] = [];
  for (const aim of aims) {
    const found = firstOf(aim.names, (name) => roleOf(name, cast)) ?? onlyRole(aim, cast, notes);
    if (found === undefined) notes.push(unknown(aim, cast, where));
    else if (found.index !== undefined) single.push(...existing(found.role, [found.index], notes, where));
    else if (aim.instances !== undefined) single.push(...existing(found.role, aim.instances, notes, where));
    else if (!whole.some(({ role }) => role === found.role)) whole.push(found);
  }
  if (selection.kind === "all") return { instances: [...whole.map(({ role }) => `each(${role.name})`), ...single], notes };
  const all = whole.reduce((sum, { role }) => sum + role.instances, single.length);
  const count = selection.kind === "count" ? Math.min(selection.count, all) : Math.floor(selection.share * all);
  if (all > 0 && count === 0) notes.push(`${where}: the selection of ${all} instances comes to none of them`);
  const [only] = whole;
  if (count === 1 && whole.length === 1 && only !== undefined && single.length === 0) {
    return { instances: [`random(${only.role.name})`], notes };
  }
  if (count > mostEntries) {
    notes.push(`not replayed, ${where}: it strikes ${count} instances one by one; at most ${mostEntries} are written`);
    return { instances: [], notes };
  }
  const instances = [...single, ...whole.flatMap(({ role }) => namesOf(role, count))].slice(0, count);
  if (count > 0 && count < all) notes.push(`${where}: strikes ${someOf(instances)}, where the original draws ${count} of ${all}`);
  return { instances, notes };
}

/** The names of a role's instances, of the first ones if there are many. */
export function namesOf({ instances, name }: Cast["roles"][number], most: number): string[] {
  return Array.from({ length: Math.min(instances, most) }, (_, index) => `${name}/${index}`);
}

function firstOf<T>(names: readonly string[], find: (name: string) => T | undefined): T | undefined {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The stores and queues that an action aims at, and what was not found. */
export function outsideOf(
  { aims, where }: TimedAction,
  cast: Cast,
): { readonly found: readonly Outside[]; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const found: Outside[] = [];
  for (const aim of aims) {
    const wanted = aim.names.map((name) => (cast.meant.get(name) ?? name).toLowerCase());
    const store = cast.stores.find((name) => wanted.includes(name.toLowerCase()));
    const queue = cast.queues.find((name) => wanted.includes(name.toLowerCase()));
    if (store !== undefined) found.push({ kind: "store", name: store });
    else if (queue !== undefined) found.push({ kind: "queue", name: queue });
    else notes.push(unknown(aim, { ...cast, roles: [] }, where));
  }
  return { found, notes };
}

/** A role by its name, or one of its instances: web/0, web-0, web_0 and the platform's own web_IN_0. */
function roleOf(name: string, { meant, roles }: Cast): Role | undefined {
  const wanted = (meant.get(name) ?? name).toLowerCase();
  const role = roles.find((candidate) => candidate.name.toLowerCase() === wanted);
  if (role !== undefined) return { role };
  const [, base, index] = /^(.+?)(?:\/|[-_]|_in_)(\d{1,6})$/.exec(wanted) ?? [];
  const owner = roles.find((candidate) => candidate.name.toLowerCase() === base?.replace(/_in$/, ""));
  return owner === undefined || index === undefined ? undefined : { role: owner, index: Number(index) };
}

function onlyRole(aim: Aim, { roles }: Cast, notes: string[]): Role | undefined {
  const [role] = roles;
  if (roles.length !== 1 || role === undefined) return undefined;
  const note = `"${aim.names[0]}" is taken for role ${role.name}, the only one`;
  if (!notes.includes(note)) notes.push(note);
  return { role };
}

function existing({ instances, name }: Cast["roles"][number], indexes: readonly number[], notes: string[], where: string): string[] {
  const missing = indexes.filter((index) => index >= instances);
  if (missing.length > 0) notes.push(`${where}: role ${name} has no instance ${someOf(missing)}; it has ${instances}`);
  return indexes.filter((index) => index < instances).map((index) => `${name}/${index}`);
}

function unknown(aim: Aim, { queues, roles, stores }: Cast, where: string): string {
  const [name = ""] = aim.names;
  const there = roles.length > 0 ? roles.map((role) => role.name) : [...stores, ...queues];
  const how = there[0] === undefined ? "" : `; say what stands for it with --map ${name}=${there[0]}`;
  return `not replayed, ${where}: nothing in the scenario is named "${name}", ${suggest(name, there, "there are")}${how}`;
}
