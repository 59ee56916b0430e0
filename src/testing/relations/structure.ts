import type { Design, FaultDesign } from "../../model/design.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import { Streams } from "../../random/streams.ts";
import type { Outcome } from "./outcome.ts";
import { constant } from "./reduced.ts";

/** So many faults strike a frozen platform. */
const faultCount = 5;

/** Faults of hosts and fault domains at drawn instants in the first nine tenths of the run, each repaired after a drawn while. */
export function structuralFaults(design: Design, seed: number): readonly FaultDesign[] {
  const { faultDomains, hostsPerFaultDomain } = design.datacenter;
  const streams = new Streams(seed, 0);
  const stream = streams.open("relation", "structure");
  const below = (limit: number): number => Math.floor(streams.uniform(stream) * limit);
  return Array.from({ length: faultCount }, (_, number) => {
    const ofHost = number % 2 === 0;
    return {
      kind: ofHost ? "host-failure" : "rack-power",
      target: ofHost
        ? { select: "host", id: below(faultDomains * hostsPerFaultDomain) }
        : { select: "faultDomain", id: below(faultDomains) },
      at: below(0.9 * design.horizon),
      repairAfter: constant(1 + below(design.horizon / 5)),
      class: ofHost ? "hardware" : undefined,
    };
  });
}

/** How many instances are ready, of each role of the first deployment, after each instant at which that changes. */
export function readyOverTime({ facts, replayed }: Outcome): readonly (readonly [at: number, ready: readonly number[]])[] {
  const { instances, groups } = replayed.platform.world;
  const ready = groups.map(() => 0);
  const isReady = new Set<number>();
  const steps: (readonly [number, readonly number[]])[] = [];
  for (let place = 0; place < facts.length; place++) {
    if (facts.kind[place] !== FactKind.instanceChanged) continue;
    const [at, id] = [facts.at[place] as number, facts.subject[place] as number];
    const now = facts.value[place] === InstanceState.ready;
    if (now === isReady.has(id)) continue;
    if (now) isReady.add(id);
    else isReady.delete(id);
    ready[instances.group[id] as number] += now ? 1 : -1;
    if (steps.at(-1)?.[0] === at) steps.pop();
    steps.push([at, [...ready]]);
  }
  return steps;
}
