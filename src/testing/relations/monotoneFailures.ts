import type { Design } from "../../model/design.ts";
import type { Outcome } from "./outcome.ts";
import { frozen } from "./reduced.ts";
import { BrokenRelation, type Relation } from "./relation.ts";
import { readyOverTime, structuralFaults } from "./structure.ts";

/** M9. */
export const monotoneFailures: Relation = {
  id: "M9",
  name: "monotone-failures",
  statement:
    "On a frozen platform, where nobody heals, nothing moves and every duration is certain, at no instant are fewer instances of a role ready when one fault less strikes, or when the last role has an instance more: so no k-of-n availability is lower. It is checked of the scenario's hosts, fault domains and roles, with five faults of hosts and fault domains drawn for them. (It is false in general: with placement, balancing, upgrades, retries or shared capacity one more host may lower availability.)",
  exactness: "conditional",
  applies: () => true,
  check({ design, seed }, { replay }) {
    const still: Design = { ...frozen(design), faults: structuralFaults(design, seed) };
    const wishes = { keep: "control" } as const;
    const worst = replay("the run with all faults", still, seed, wishes);
    for (const left of still.faults.keys()) {
      const faults = still.faults.filter((_, number) => number !== left);
      expectAtLeast(worst, replay(`the run without fault ${left}`, { ...still, faults }, seed, wishes));
    }
    const last = still.service.roles.length - 1;
    const roles = still.service.roles.map((role, id) => (id === last ? { ...role, instances: role.instances + 1 } : role));
    expectAtLeast(worst, replay("the run with an instance more", { ...still, service: { ...still.service, roles } }, seed, wishes));
  },
};

function expectAtLeast(first: Outcome, second: Outcome): void {
  const [before, after] = [readyOverTime(first), readyOverTime(second)];
  let place = 0;
  let other: readonly number[] = [];
  let one: readonly number[] = [];
  for (const at of [...new Set([...before, ...after].map(([instant]) => instant))].sort((a, b) => a - b)) {
    one = before.findLast(([instant]) => instant <= at)?.[1] ?? [];
    while (place < after.length && (after[place]?.[0] ?? 0) <= at) other = after[place++]?.[1] ?? other;
    const role = one.findIndex((count, id) => count > (other[id] ?? 0));
    if (role < 0) continue;
    const runs = [first.name, second.name] as const;
    throw new BrokenRelation(monotoneFailures, { runs, at }, `${one[role]} instances of role ${role} are ready, and ${other[role] ?? 0}`);
  }
}
