import type { Design, FaultDesign } from "../../model/design.ts";
import { type FactLog, factAt } from "../../model/factLog.ts";
import { FactKind } from "../../model/facts.ts";
import type { Outcome } from "./outcome.ts";
import { frozen } from "./reduced.ts";
import { BrokenRelation, type Relation } from "./relation.ts";
import { structuralFaults } from "./structure.ts";

/** M5. */
export const relabelDomains: Relation = {
  id: "M5",
  name: "relabel-domains",
  statement:
    "When faults strike the fault domains in the opposite order, host for host, the run is the same but for the names of fault domains, hosts and instances: at each instant the same facts happen, so many times each. Placement breaks ties by number, so it is checked where that makes no difference: every role has one instance in each fault domain, nobody heals, nothing moves, every duration is certain and nobody asks for anything; five faults of hosts and fault domains are drawn.",
  exactness: "conditional",
  applies: ({ design }) => (design.datacenter.faultDomains < 2 ? "there is one fault domain" : true),
  check({ design, seed }, { replay }) {
    const { faultDomains } = design.datacenter;
    const quiet = frozen(design);
    const roles = quiet.service.roles.map((role) => ({ ...role, instances: faultDomains }));
    const faults = structuralFaults(design, seed);
    const still: Design = { ...quiet, service: { ...quiet.service, roles }, faults };
    const turned = { ...still, faults: faults.map((fault) => mirrored(fault, design)) };
    expectIsomorphic(replay("the run", still, seed), replay("the run with its fault domains in the opposite order", turned, seed));
  },
};

function mirrored(fault: FaultDesign, { datacenter }: Design): FaultDesign {
  const { faultDomains, hostsPerFaultDomain: hosts } = datacenter;
  const { target } = fault;
  if (target.select === "faultDomain") return { ...fault, target: { select: "faultDomain", id: faultDomains - 1 - target.id } };
  if (target.select !== "host") return fault;
  const domain = faultDomains - 1 - Math.floor(target.id / hosts);
  return { ...fault, target: { select: "host", id: domain * hosts + (target.id % hosts) } };
}

function expectIsomorphic(first: Outcome, second: Outcome): void {
  const [before, after] = [unnamed(first.facts), unnamed(second.facts)];
  const place = before.findIndex((line, at) => line !== after[at]);
  if (place < 0 && before.length === after.length) return;
  const fact = place < 0 ? before.length : place;
  const runs = [first.name, second.name] as const;
  const at = Number.parseFloat(before[fact] ?? after[fact] ?? "0");
  throw new BrokenRelation(
    relabelDomains,
    { runs, at, fact },
    `${before[fact] ?? "no further fact"}, and ${after[fact] ?? "no further fact"}`,
  );
}

/** Facts whose value is a name too. */
const namedValue: ReadonlySet<number> = new Set([FactKind.instancePlaced, FactKind.faultStruck, FactKind.faultEnded]);

/** Instant, kind and value of each fact, sorted within an instant; names are left out. */
function unnamed(facts: FactLog): readonly string[] {
  const lines: string[] = [];
  let from = 0;
  for (let place = 0; place <= facts.length; place++) {
    if (place === facts.length || facts.at[place] !== facts.at[from]) {
      lines.push(...lines.splice(from).sort());
      from = place;
    }
    if (place === facts.length) break;
    const { at, kind, value } = factAt(facts, place);
    lines.push(`${at} us: kind ${kind}${namedValue.has(kind) ? "" : `, value ${value}`}`);
  }
  return lines;
}
