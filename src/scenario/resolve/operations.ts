import type { OperationDesign, ProbeDesign, RoleDesign } from "../../model/design.ts";
import { callsOf } from "../../model/links.ts";
import type { Path } from "../place.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import { type Context, sortedEntries } from "./context.ts";
import { wireCalls } from "./roleCalls.ts";
import { changeRole, type ReadRole, type ReadRoleChange, resolveRole } from "./roles.ts";
import { checkTarget, type Targets } from "./targets.ts";

type ReadOperation = NonNullable<ReadScenario["operations"]>[number];
type Roles = ReadonlyMap<string, ReadRole>;
type Slot = "production" | "staging";

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
    const form = resolveOperation(operation, path, {
      slots,
      probe,
      targets,
      context,
      version: given.service.version,
      reservedIp: given.service.reservedIp ?? context.defaults.reservedIp,
    });
    resolved[index] = operation.again === undefined ? form : { ...form, again: operation.again };
  }
  return resolved;
}

interface Surroundings {
  readonly slots: Slots;
  readonly probe: ProbeDesign;
  readonly targets: Targets;
  readonly context: Context;
  readonly version: string | undefined;
  readonly reservedIp: boolean;
}

function resolveOperation(operation: ReadOperation, path: Path, around: Surroundings): OperationDesign {
  const { slots, targets, context } = around;
  const { at, kind } = operation;
  switch (operation.kind) {
    case "deploy": {
      const slot = operation.slot ?? "staging";
      const roles = change(slots.of("production"), operation.roles, slot, path, around, true);
      const reservedIp = operation.reservedIp ?? around.reservedIp;
      return { kind: "deploy", at, slot, version: operation.version ?? around.version ?? context.defaults.version, roles, reservedIp };
    }
    case "delete": {
      const slot = operation.slot ?? "staging";
      slots.empty(slot);
      return { kind: "delete", at, slot };
    }
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
      const before = slots.of(slot);
      const roles = change(before, operation.roles, slot, path, around);
      slots.remember(slot, before);
      const { operationMode, operationPortal, operationForce } = context.defaults;
      return {
        kind: "upgrade",
        at,
        slot,
        version: operation.version,
        roles,
        only: operation.only ?? [],
        mode: operation.mode ?? operationMode,
        portal: operation.portal ?? operationPortal,
        force: operation.force ?? operationForce,
        upgradeDomains: operation.upgradeDomains,
      };
    }
    case "walk-upgrade-domain":
      return { kind: "walk-upgrade-domain", at, slot: operation.slot ?? context.defaults.operationSlot, domain: operation.domain };
    case "rollback": {
      const slot = operation.slot ?? context.defaults.operationSlot;
      slots.undo(slot);
      return { kind: "rollback", at, slot };
    }
    case "stop":
    case "start":
      return { kind: operation.kind, at, slot: operation.slot ?? context.defaults.operationSlot };
    case "configure": {
      operation.only?.forEach((role, index) => {
        context.checkName("role", role, [...path, "only", index]);
      });
      const change = operation.change ?? context.defaults.operationChange;
      if (change === "certificate" && operation.recycle !== undefined)
        context.complain([...path, "recycle"], "a new certificate always takes instances offline: recycle goes with settings", {
          part: "key",
        });
      return {
        kind: "configure",
        at,
        slot: operation.slot ?? context.defaults.operationSlot,
        change,
        recycle: operation.recycle ?? context.defaults.operationRecycle,
        only: operation.only ?? [],
      };
    }
    case "host-os-update":
    case "guest-os-update":
    case "guest-agent-update":
      return { kind: operation.kind, at, pass: -1, after: { law: "constant", value: 0 } };
    case "swap":
      if (!slots.wasTaken("staging")) context.warn(path, "nothing is deployed to staging before this swap: it will be refused");
      slots.swap();
      return { kind: "swap", at };
    case "remote-desktop":
      checkTarget(operation.instance, [...path, "instance"], targets, context);
      return { kind: "remote-desktop", at, target: operation.instance.selector, change: operation.change };
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
  isNew = false,
): readonly RoleDesign[] {
  for (const name of Object.keys(changes ?? {})) {
    const at = [...path, "roles", name];
    context.checkName("role", name, at, { part: "key" });
  }
  const changed = new Map([...roles].map(([name, role]) => [name, changeRole(role, changes?.[name] ?? undefined)]));
  if (isNew || slots.wasTaken(slot)) slots.set(slot, changed);
  // what an operation does not change was checked where it stands
  const isChanged = (name: string): boolean => changes?.[name] !== undefined && changes[name] !== null;
  const read = [...changed].map(([name, role]) => {
    if (!isChanged(name)) return resolveRole(name, role, probe, ["service", "roles", name], context.quiet());
    return resolveRole(name, role, probe, [...path, "roles", name], context);
  });
  return read.map((role) => {
    if (isChanged(role.name)) return wireCalls(role, read, [...path, "roles", role.name], context);
    const isCalled = callsOf(role).some((call) => isChanged(call.role));
    return wireCalls(role, read, undefined, isCalled ? context : context.quiet(), [...path, "roles"]);
  });
}

/**
 * The roles in each slot, as the operations so far leave them when none is refused but those that must be: what changes a deployment that was
 * never there.
 */
class Slots {
  private readonly start: Roles;
  private readonly roles = new Map<Slot, Roles>();
  private readonly before = new Map<Slot, Roles>();
  private readonly taken = new Set<Slot>();

  constructor(start: Roles, deployed: boolean) {
    this.start = start;
    if (deployed) this.set("production", start);
  }

  /** Whether there may be a deployment now: if there never was one, what needs it is refused. */
  wasTaken(slot: Slot): boolean {
    return this.taken.has(slot);
  }

  of(slot: Slot): Roles {
    return this.roles.get(slot) ?? this.start;
  }

  set(slot: Slot, roles: Roles): void {
    this.roles.set(slot, roles);
    this.taken.add(slot);
  }

  /** The deployment is deleted. */
  empty(slot: Slot): void {
    this.roles.delete(slot);
  }

  /** What a rollback of the upgrade that follows brings back. */
  remember(slot: Slot, before: Roles): void {
    this.before.set(slot, before);
  }

  undo(slot: Slot): void {
    const before = this.before.get(slot);
    if (before !== undefined && this.wasTaken(slot)) this.set(slot, before);
  }

  scale(slot: Slot, name: string, instances: number): void {
    const role = this.of(slot).get(name);
    if (role !== undefined && this.wasTaken(slot)) this.set(slot, new Map([...this.of(slot), [name, { ...role, instances }]]));
  }

  swap(): void {
    if (!this.wasTaken("staging")) return;
    const production = this.roles.get("production");
    const staging = this.roles.get("staging");
    this.roles.clear();
    if (staging !== undefined) this.set("production", staging);
    if (production !== undefined) this.set("staging", production);
  }
}
