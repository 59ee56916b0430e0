import type { Invariant } from "../../invariants/invariant.ts";
import { FactKind, factKindNames } from "../../model/facts.ts";
import { HostState, InstanceState, instanceStateNames } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";

const hostStateNames = Object.keys(HostState);

/** In how many scenarios each thing happened, by its name; what never happened is absent. */
export type Counts = ReadonlyMap<string, number>;

/** What has happened in scenarios that were watched, as plain data: what a thread sends. */
export interface CoverageCounts {
  /** "instance ready > dead, upgrade": changes of an instance or a host, and the kind of the operation that held its deployment. */
  readonly changes: Counts;
  /** "upgrade: dead + ready": kinds of operations that began while one instance was in the one state and another in the other. */
  readonly meetings: Counts;
  /** "upgrade: host-failure": kinds of operations that began while a fault of that kind was not over. */
  readonly underFaults: Counts;
  /** Kinds of faults that struck. */
  readonly faults: Counts;
  /** Kinds of operations that were begun, refused ones apart. */
  readonly operations: Counts;
  /** Kinds of facts that were told. */
  readonly facts: Counts;
}

const parts = ["changes", "meetings", "underFaults", "faults", "operations", "facts"] as const;

/** What has happened in the scenarios that were watched: pairs of states with operations, faults, operations and kinds of facts. */
export class Coverage implements CoverageCounts {
  readonly changes = new Map<string, number>();
  readonly meetings = new Map<string, number>();
  readonly underFaults = new Map<string, number>();
  readonly faults = new Map<string, number>();
  readonly operations = new Map<string, number>();
  readonly facts = new Map<string, number>();

  /** Adds what has happened in other scenarios; returns how many things never happened before. */
  add(other: CoverageCounts): number {
    let isNew = 0;
    for (const part of parts) {
      for (const [name, count] of other[part]) {
        const before = this[part].get(name) ?? 0;
        if (before === 0) isNew++;
        this[part].set(name, before + count);
      }
    }
    return isNew;
  }

  /** Watches the runs of one scenario as an invariant that never breaks. */
  observer(): Invariant {
    return {
      id: "coverage",
      name: "coverage",
      statement: "Notes what happens, and never breaks.",
      watch: ({ platform }) => this.watchRun(platform),
    };
  }

  private watchRun(platform: Platform) {
    const { world } = platform;
    const instances: string[] = [];
    const hosts: string[] = [];
    // most facts are of kinds that were seen long ago
    const seen = new Uint8Array(factKindNames.length);
    return {
      listensTo: Object.values(FactKind),
      observe: ({ kind, subject, value }: { readonly kind: number; readonly subject: number; readonly value: number }): void => {
        if (seen[kind] === 0) {
          seen[kind] = 1;
          this.facts.set(factKindNames[kind] ?? "", 1);
        }
        if (kind === FactKind.instanceChanged) {
          const to = instanceStateNames[value] ?? "";
          this.changes.set(`instance ${instances[subject] ?? "new"} > ${to}, ${operationOf(platform, subject)}`, 1);
          instances[subject] = to;
        } else if (kind === FactKind.hostChanged) {
          const to = hostStateNames[value] ?? "";
          this.changes.set(`host ${hosts[subject] ?? "up"} > ${to}, ${anyOperation(platform)}`, 1);
          hosts[subject] = to;
        } else if (kind === FactKind.faultStruck) this.faults.set(world.incidents[subject]?.kind ?? "", 1);
        else if (kind === FactKind.operationStarted) this.begun(platform, platform.design.operations[subject]?.kind ?? "");
      },
    };
  }

  private begun({ world }: Platform, operation: string): void {
    this.operations.set(operation, 1);
    const { count, state } = world.instances;
    const inState = new Uint32Array(instanceStateNames.length);
    for (let instance = 0; instance < count; instance++) inState[state[instance]]++;
    // whoever was scaled in is nobody's company
    inState[InstanceState.deleted] = 0;
    for (const [one, name] of instanceStateNames.entries()) {
      if (inState[one] > 1) this.meetings.set(`${operation}: ${name} + ${name}`, 1);
      for (let other = one + 1; other < inState.length; other++) {
        if (inState[one] > 0 && inState[other] > 0) this.meetings.set(`${operation}: ${name} + ${instanceStateNames[other]}`, 1);
      }
    }
    for (const { fault, kind, open } of world.incidents) if (fault >= 0 && open > 0) this.underFaults.set(`${operation}: ${kind}`, 1);
  }
}

/** The kind of the operation that holds the deployment of an instance, "none" without. */
function operationOf({ design, world }: Platform, instance: number): string {
  const group = world.groups[world.instances.group[instance]];
  return group === undefined ? "none" : (design.operations[world.deployments[group.deployment].lock]?.kind ?? "none");
}

function anyOperation({ design, world }: Platform): string {
  const locked = world.deployments.find(({ lock }) => lock >= 0);
  return locked === undefined ? "none" : (design.operations[locked.lock]?.kind ?? "none");
}
