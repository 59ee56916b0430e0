import { readComparison } from "./comparisonText.ts";
import { suggest } from "./nearest.ts";
import type { Names } from "./resolve/context.ts";
import { TextError } from "./textError.ts";

/** What is known of a platform at every instant: the form in which it is written, and what it counts. */
export interface AlwaysForm {
  readonly form: string;
  readonly summary: string;
  /** Whose names take the place of NAME. */
  readonly names?: "roles" | "queues";
}

/** Everything that can be asked for at every instant. */
export const alwaysForms = [
  { form: "roles.NAME.ready", summary: "Instances of the role in production that are ready in truth.", names: "roles" },
  { form: "roles.NAME.asked", summary: "Instances of the role in production that are asked for.", names: "roles" },
  { form: "queues.NAME.stored", summary: "Messages in the queue, those in the hands of workers included.", names: "queues" },
  { form: "requests.open", summary: "Requests that clients wait for." },
  { form: "instances.pending", summary: "Instances that no host has room for." },
  { form: "hosts.up", summary: "Hosts that are up." },
] as const satisfies readonly AlwaysForm[];

/** Something that must hold after every event. */
export interface AlwaysText {
  /** As written. */
  readonly text: string;
  readonly form: (typeof alwaysForms)[number]["form"];
  /** In place of NAME; empty where the form has none. */
  readonly name: string;
  readonly operator: ">=" | "<=" | ">" | "<";
  readonly target: number;
}

const usage = "write roles.web.ready >= 1 or requests.open <= 1000";

/** Reads `roles.web.ready >= 1`; `names` are those that exist. Throws TextError. */
export function readAlways(text: string, names: Pick<Names, "roles" | "queues">): AlwaysText {
  const found = readComparison(text);
  if (found === undefined || /\s/.test(found.what))
    throw new TextError("what always holds is a quantity, one of >= <= > <, and a number", 0, text.length, usage);
  const { operator, value, valueAt, what, whatAt } = found;
  const { form, name } = findForm(what, whatAt, names);
  const target = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isFinite(target)) throw new TextError(`"${value}" is not a number`, valueAt, value.length, usage);
  return { text: text.trim(), form, name, operator, target };
}

function findForm(written: string, at: number, names: Pick<Names, "roles" | "queues">): Pick<AlwaysText, "form" | "name"> {
  const plain = alwaysForms.find(({ form }) => form === written);
  if (plain !== undefined && !("names" in plain)) return { form: plain.form, name: "" };
  for (const known of alwaysForms) {
    if (!("names" in known)) continue;
    const [before = "", after = ""] = known.form.split("NAME");
    if (!written.startsWith(before) || !written.endsWith(after) || written.length <= before.length + after.length) continue;
    const name = written.slice(before.length, written.length - after.length);
    if (names[known.names].includes(name)) return { form: known.form, name };
    const what = known.names.slice(0, -1);
    throw new TextError(
      `there is no ${what} "${name}", ${suggest(name, names[known.names], `the ${known.names} are`)}`,
      at + before.length,
      name.length,
    );
  }
  const forms = alwaysForms.map(({ form }) => form);
  throw new TextError(`there is no quantity "${written}", ${suggest(written, forms, "the quantities are")}`, at, written.length);
}
