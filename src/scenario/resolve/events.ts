import type { DatacenterDesign, FaultDesign, OperationDesign, ProbeDesign, RoleDesign, SelectorDesign } from "../../model/design.ts";
import { faults as faultKinds } from "../../model/faults/index.ts";
import type { Path } from "../place.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { grouped } from "../schema/walk.ts";
import type { SelectorText } from "../selectorText.ts";
import { type Context, sortedEntries } from "./context.ts";
import { changeRole, type ReadRole, type ReadRoleChange, resolveRole } from "./roles.ts";

type ReadOperation = NonNullable<ReadScenario["operations"]>[number];
type Roles = ReadonlyMap<string, ReadRole>;
type Slot = "production" | "staging";

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

/** Section `faults`, or the rates of the preset. */
export function resolveFaults(given: ReadScenario["faults"], targets: Targets, context: Context): readonly FaultDesign[] {
  if (given === undefined) return [];
  if (given === "default") return context.defaults.faults;
  return given.map((fault, index) => {
    const path = ["faults", index];
    const key = fault.instance !== undefined ? "instance" : fault.host !== undefined ? "host" : "faultDomain";
    const target = fault[key] as SelectorText;
    checkTarget(target, [...path, key], targets, context);
    if (fault.at === undefined && fault.every === undefined)
      context.complain(path, `${fault.kind} needs at or every: when does it strike?`);
    if (fault.at !== undefined && fault.every !== undefined) {
      context.complain([...path, "every"], "a fault strikes at an instant or every so often: give one of the two", { part: "key" });
    }
    if (fault.at !== undefined) context.checkInstant(fault.at, [...path, "at"]);
    return {
      kind: fault.kind,
      target: target.selector,
      at: fault.at,
      every: fault.every === undefined ? undefined : context.clock(fault.every, ...path, "every"),
      repairAfter: fault.repairAfter === undefined ? undefined : context.law(fault.repairAfter, never, ...path, "repairAfter"),
      class: fault.class ?? faultKinds.find((candidate) => candidate.kind === fault.kind)?.classes?.[0],
    };
  });
}

const never = { law: "constant", value: 0 } as const;

/** Section `operations`; the roles that deployments and upgrades bring are the roles as they then are, with their changes on top. */
export function resolveOperations(given: ReadScenario, probe: ProbeDesign, targets: Targets, context: Context): readonly OperationDesign[] {
  const operations = given.operations ?? [];
  const slots = new Slots(new Map(sortedEntries(given.service.roles)), given.service.deployedAtStart ?? context.defaults.deployedAtStart);
  const resolved: OperationDesign[] = new Array(operations.length);
  const order = operations.map((_, index) => index).sort((a, b) => (operations[a]?.at ?? 0) - (operations[b]?.at ?? 0) || a - b);
  for (const index of order) {
    const operation = operations[index] as ReadOperation;
    const path = ["operations", index];
    context.checkInstant(operation.at, [...path, "at"]);
    resolved[index] = resolveOperation(operation, path, { slots, probe, targets, context, version: given.service.version });
  }
  return resolved;
}

interface Surroundings {
  readonly slots: Slots;
  readonly probe: ProbeDesign;
  readonly targets: Targets;
  readonly context: Context;
  readonly version: string | undefined;
}

function resolveOperation(operation: ReadOperation, path: Path, around: Surroundings): OperationDesign {
  const { slots, targets, context } = around;
  const { at, kind } = operation;
  switch (operation.kind) {
    case "deploy": {
      const slot = operation.slot ?? "staging";
      const roles = change(slots.of("production"), operation.roles, slot, path, around);
      return { kind: "deploy", at, slot, version: operation.version ?? around.version ?? context.defaults.version, roles };
    }
    case "delete":
      return { kind: "delete", at, slot: operation.slot ?? "staging" };
    case "scale": {
      const { instances, role } = operation;
      const slot = operation.slot ?? context.defaults.operationSlot;
      if (context.checkName("role", role, [...path, "role"])) slots.scale(slot, role, instances);
      return { kind: "scale", at, role, slot, instances };
    }
    case "upgrade": {
      const slot = operation.slot ?? context.defaults.operationSlot;
      operation.only?.forEach((role, index) => {
        context.checkName("role", role, [...path, "only", index]);
      });
      const roles = change(slots.of(slot), operation.roles, slot, path, around);
      return { kind: "upgrade", at, slot, version: operation.version, roles, only: operation.only ?? [] };
    }
    case "swap":
      if (!slots.has("staging")) context.warn(path, "nothing is deployed to staging before this swap: it will be refused");
      slots.swap();
      return { kind: "swap", at };
    default:
      checkTarget(operation.instance, [...path, "instance"], targets, context);
      return { kind: kind as "reboot", at, target: operation.instance.selector };
  }
}

function change(
  roles: Roles,
  changes: Readonly<Record<string, ReadRoleChange | null>> | undefined,
  slot: Slot,
  path: Path,
  { slots, probe, context }: Surroundings,
): readonly RoleDesign[] {
  for (const name of Object.keys(changes ?? {})) {
    const at = [...path, "roles", name];
    context.checkName("role", name, at, { part: "key" });
  }
  const changed = new Map([...roles].map(([name, role]) => [name, changeRole(role, changes?.[name] ?? undefined)]));
  slots.set(slot, changed);
  return [...changed].map(([name, role]) => {
    // what an operation does not change was checked where it stands
    const isChanged = changes?.[name] !== undefined && changes[name] !== null;
    if (!isChanged) return resolveRole(name, role, probe, ["service", "roles", name], context.quiet());
    return resolveRole(name, role, probe, [...path, "roles", name], context);
  });
}

/** The roles in each slot, as the operations so far leave them when none is refused. */
class Slots {
  private readonly start: Roles;
  private readonly roles = new Map<Slot, Roles>();

  constructor(start: Roles, deployed: boolean) {
    this.start = start;
    if (deployed) this.roles.set("production", start);
  }

  has(slot: Slot): boolean {
    return this.roles.has(slot);
  }

  of(slot: Slot): Roles {
    return this.roles.get(slot) ?? this.start;
  }

  set(slot: Slot, roles: Roles): void {
    this.roles.set(slot, roles);
  }

  scale(slot: Slot, name: string, instances: number): void {
    const role = this.of(slot).get(name);
    if (role !== undefined) this.set(slot, new Map([...this.of(slot), [name, { ...role, instances }]]));
  }

  swap(): void {
    const production = this.roles.get("production");
    const staging = this.roles.get("staging");
    this.roles.clear();
    if (staging !== undefined) this.roles.set("production", staging);
    if (production !== undefined) this.roles.set("staging", production);
  }
}

/** Checks that what a selector names exists, as far as that can be known beforehand. */
function checkTarget({ indexAt, roleAt, selector, text }: SelectorText, path: Path, targets: Targets, context: Context): void {
  const complain = (message: string, at: number): void => context.complain(path, message, { at, length: digits(text, at) });
  if (
    "role" in selector &&
    selector.role !== undefined &&
    !context.checkName("role", selector.role, path, { at: roleAt, length: selector.role.length })
  )
    return;
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
