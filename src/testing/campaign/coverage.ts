import type { Invariant } from "../../invariants/invariant.ts";
import { FactKind, factKindNames } from "../../model/facts.ts";
import { HostState, instanceStateNames } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";

const hostStateNames = Object.keys(HostState);

/** What has happened in the runs that were watched: changes of state with the operation that was open, faults, operations and kinds of facts. */
export class Coverage {
  /** "instance ready > dead, upgrade": one for each change of an instance or a host, and the kind of the operation that held its deployment. */
  readonly changes = new Set<string>();
  /** Kinds of faults that struck. */
  readonly faults = new Set<string>();
  /** Kinds of operations that were begun, refused ones apart. */
  readonly operations = new Set<string>();
  readonly facts = new Set<string>();

  /** Takes over what has happened elsewhere; returns how many changes of state were new. */
  add(other: Coverage): number {
    const before = this.changes.size;
    for (const key of ["changes", "faults", "operations", "facts"] as const) for (const one of other[key]) this[key].add(one);
    return this.changes.size - before;
  }

  /** Watches runs as an invariant that never breaks. */
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
          this.facts.add(factKindNames[kind] ?? "");
        }
        if (kind === FactKind.instanceChanged) {
          const to = instanceStateNames[value] ?? "";
          this.changes.add(`instance ${instances[subject] ?? "new"} > ${to}, ${operationOf(platform, subject)}`);
          instances[subject] = to;
        } else if (kind === FactKind.hostChanged) {
          const to = hostStateNames[value] ?? "";
          this.changes.add(`host ${hosts[subject] ?? "up"} > ${to}, ${anyOperation(platform)}`);
          hosts[subject] = to;
        } else if (kind === FactKind.faultStruck) this.faults.add(world.incidents[subject]?.kind ?? "");
        else if (kind === FactKind.operationStarted) this.operations.add(platform.design.operations[subject]?.kind ?? "");
      },
    };
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
