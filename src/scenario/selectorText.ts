import type { SelectorDesign, Struck } from "../model/design.ts";
import { readCall } from "./callText.ts";
import { suggest } from "./nearest.ts";
import { readPart, TextError } from "./textError.ts";

/** A selector and where in its text the name of the role, store or queue stands, so that a wrong name can be pointed at. */
export interface SelectorText {
  readonly text: string;
  readonly selector: SelectorDesign;
  /** Where that name starts, and where its index starts; -1 without one. */
  readonly roleAt: number;
  readonly indexAt: number;
}

type Slot = "production" | "staging";

interface InstanceText {
  readonly role: string;
  readonly index: number;
  readonly slot: Slot;
  readonly roleAt: number;
  readonly indexAt: number;
}

/** The ways to name a target, with their meaning, for messages and the reference page. */
export const selectorForms: readonly {
  readonly form: string;
  readonly selects: Struck;
  readonly summary: string;
}[] = [
  { form: "web/0", selects: "instance", summary: "Instance 0 of role web in production." },
  { form: "staging:web/0", selects: "instance", summary: "The same in the staging slot." },
  { form: "random(instance)", selects: "instance", summary: "One instance of any role, drawn when the fault strikes." },
  { form: "random(web)", selects: "instance", summary: "One instance of role web, drawn when the fault strikes." },
  { form: "each(instance)", selects: "instance", summary: "Every instance, each with its own clock." },
  { form: "each(web)", selects: "instance", summary: "Every instance of role web, each with its own clock." },
  { form: "host(3)", selects: "host", summary: "Host 3; hosts are numbered from 0, fault domain by fault domain." },
  { form: "hostOf(web/0)", selects: "host", summary: "The host that carries web/0 when the fault strikes." },
  { form: "random(host)", selects: "host", summary: "One host, drawn when the fault strikes." },
  { form: "each(host)", selects: "host", summary: "Every host, each with its own clock." },
  { form: "faultDomain(1)", selects: "faultDomain", summary: "Fault domain 1, from 0." },
  { form: "faultDomainOf(web/0)", selects: "faultDomain", summary: "The fault domain of web/0 when the fault strikes." },
  { form: "random(faultDomain)", selects: "faultDomain", summary: "One fault domain, drawn when the fault strikes." },
  { form: "each(faultDomain)", selects: "faultDomain", summary: "Every fault domain, each with its own clock." },
  { form: "store(db)", selects: "store", summary: "Store db." },
  { form: "random(store)", selects: "store", summary: "One store, drawn when the fault strikes." },
  { form: "each(store)", selects: "store", summary: "Every store, each with its own clock." },
  { form: "queue(jobs)", selects: "queue", summary: "Queue jobs." },
  { form: "random(queue)", selects: "queue", summary: "One queue, drawn when the fault strikes." },
  { form: "each(queue)", selects: "queue", summary: "Every queue, each with its own clock." },
];

const functions = ["host", "hostOf", "faultDomain", "faultDomainOf", "store", "queue", "random", "each"];
const things = ["host", "faultDomain", "instance", "store", "queue"] as const;

/** Reads a selector such as `web/0` or `hostOf(staging:web/0)`; whether the role exists is left to the caller. Throws TextError. */
export function readSelector(text: string): SelectorText {
  const call = readCall(text);
  if (call === undefined) {
    const { roleAt, indexAt, ...named } = readInstance(text);
    return { text, selector: { select: "instance", ...named }, roleAt, indexAt };
  }
  const [argument] = call.arguments;
  const { name } = call;
  if (!functions.includes(name)) {
    throw new TextError(`"${name}" selects nothing, ${suggest(name, functions, "there are")}`, text.indexOf(name), name.length);
  }
  if (argument === undefined || call.arguments.length > 1) throw new TextError(`${name} takes one argument`, 0, text.length, example(name));
  if (name === "host" || name === "faultDomain") {
    return { text, selector: { select: name, id: readIndex(argument.text, argument.at) }, roleAt: -1, indexAt: argument.at };
  }
  if (name === "store" || name === "queue") {
    return { text, selector: { select: name, name: argument.text }, roleAt: argument.at, indexAt: -1 };
  }
  if (name === "hostOf" || name === "faultDomainOf") {
    const { roleAt, indexAt, ...named } = readPart(readInstance, argument.text, argument.at);
    return { text, selector: { select: name, ...named }, roleAt: roleAt + argument.at, indexAt: indexAt + argument.at };
  }
  const select = name as "random" | "each";
  const thing = things.find((known) => known === argument.text);
  if (thing !== undefined) return { text, selector: { select, among: thing }, roleAt: -1, indexAt: -1 };
  if (!namePattern.test(argument.text)) {
    throw new TextError(`${name} takes ${things.join(", ")} or a role, not "${argument.text}"`, argument.at, argument.text.length);
  }
  return { text, selector: { select, among: "instance", role: argument.text }, roleAt: argument.at, indexAt: -1 };
}

/** What a selector selects. */
export function selects({ select, ...rest }: SelectorDesign): Struck {
  if (select === "random" || select === "each") return (rest as { among: Struck }).among;
  if (select === "instance" || select === "store" || select === "queue") return select;
  return select === "host" || select === "hostOf" ? "host" : "faultDomain";
}

/** What the names of roles, clients, queues, stores and endpoints look like. */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

const instancePattern = /^(?:(production|staging):)?([^/:()\s]+)\/(.*)$/;

function readInstance(text: string): InstanceText {
  const match = instancePattern.exec(text.trim());
  if (match === null) throw new TextError(`"${text}" does not name an instance`, 0, text.length, "write web/0 or staging:web/0");
  const [, slot, role = "", index = ""] = match;
  const roleAt = text.indexOf(role, slot === undefined ? 0 : slot.length + 1);
  const indexAt = roleAt + role.length + 1;
  return { role, index: readIndex(index, indexAt), slot: (slot as Slot | undefined) ?? "production", roleAt, indexAt };
}

function readIndex(text: string, at: number): number {
  if (!/^\d{1,9}$/.test(text.trim())) throw new TextError(`"${text}" is not a number from 0 on`, at, text.length);
  return Number(text);
}

function example(name: string): string {
  if (name === "host" || name === "faultDomain") return `write ${name}(1)`;
  if (name === "store" || name === "queue") return `write ${name}(${name === "store" ? "db" : "jobs"})`;
  return name.endsWith("Of") ? `write ${name}(web/0)` : `write ${name}(web)`;
}
