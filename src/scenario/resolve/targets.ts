import type { DatacenterDesign, SelectorDesign } from "../../model/design.ts";
import type { Path } from "../place.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { grouped } from "../schema/walk.ts";
import type { SelectorText } from "../selectorText.ts";
import { type Context, sortedEntries } from "./context.ts";

/** What targets are checked against. */
export interface Targets {
  readonly datacenter: DatacenterDesign;
  /** The most instances that a role has at any time, by name; without the roles that could not be read. */
  readonly instances: ReadonlyMap<string, number>;
  /** Whether anything is ever deployed to the staging slot. */
  readonly staging: boolean;
}

/** What targets of faults and operations can name. */
export function targetsOf(given: ReadScenario, datacenter: DatacenterDesign, context: Context): Targets {
  const instances = new Map<string, number>();
  for (const [name, role] of sortedEntries(given.service.roles)) {
    instances.set(name, role.instances ?? context.defaults.roles[role.kind ?? "web"].instances);
  }
  const raise = (name: string, count: number | undefined): void => {
    const before = instances.get(name);
    if (before !== undefined && count !== undefined && count > before) instances.set(name, count);
  };
  let staging = false;
  for (const operation of given.operations ?? []) {
    if (operation.kind === "scale") raise(operation.role, operation.instances);
    if (operation.kind !== "deploy" && operation.kind !== "upgrade") continue;
    for (const [name, change] of Object.entries(operation.roles ?? {})) raise(name, change?.instances);
    if (operation.kind === "deploy" && (operation.slot ?? "staging") === "staging") staging = true;
  }
  return { datacenter, instances, staging };
}

/** Checks that what a selector names exists, as far as that can be known beforehand. */
export function checkTarget({ indexAt, roleAt, selector, text }: SelectorText, path: Path, targets: Targets, context: Context): void {
  const complain = (message: string, at: number): void => context.complain(path, message, { at, length: digits(text, at) });
  if (
    "role" in selector &&
    selector.role !== undefined &&
    !context.checkName("role", selector.role, path, { at: roleAt, length: selector.role.length })
  )
    return;
  if (selector.select === "store" || selector.select === "queue") {
    context.checkName(selector.select, selector.name, path, { at: roleAt, length: selector.name.length });
  }
  if ("index" in selector) {
    const count = targets.instances.get(selector.role);
    if (count !== undefined && selector.index >= count)
      complain(`role "${selector.role}" has ${count} instances, numbered from 0`, indexAt);
    if (selector.slot === "staging" && !targets.staging) context.warn(path, "nothing is ever deployed to staging: this strikes nobody");
  }
  if (!("id" in selector)) return;
  const count = idsOf(selector, targets.datacenter);
  const what = selector.select === "host" ? "hosts" : "fault domains";
  if (selector.id >= count) complain(`there are ${grouped(count)} ${what}, numbered from 0`, indexAt);
}

function idsOf({ select }: SelectorDesign, { faultDomains, hostsPerFaultDomain }: DatacenterDesign): number {
  return select === "host" ? faultDomains * hostsPerFaultDomain : faultDomains;
}

function digits(text: string, at: number): number {
  return Math.max(1, /^\d*/.exec(text.slice(at))?.[0].length ?? 1);
}
