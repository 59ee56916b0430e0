import type fc from "fast-check";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { limitsOf, type SizeOptions } from "./limits.ts";
import { among, maybe, pick, record, whole } from "./pick.ts";

/** Section `datacenter` of a scenario. */
export type Topology = NonNullable<Scenario["datacenter"]>;

/** Racks and the hosts in them, in clusters or not; shrinks towards one fault domain with one host of 16 cores. */
export function topology(options: SizeOptions = {}): fc.Arbitrary<Topology> {
  const { faultDomains, hostsPerFaultDomain } = limitsOf(options);
  return record({
    faultDomains: whole(1, faultDomains),
    hosts: whole(1, hostsPerFaultDomain),
    cores: pick(16, 8, 4, 2),
    repairCrews: maybe(pick(1, 2, "unlimited")),
    // a second cluster of so many hosts, which may not offer every size
    more: maybe(record({ hosts: whole(1, 2), sizes: maybe(among(["Small"], ["Small", "Medium"])) })),
  }).map(({ cores, faultDomains, hosts, more, repairCrews }) => ({
    faultDomains,
    ...(more === undefined ? { hostsPerFaultDomain: hosts } : { clusters: [{ name: "old", hosts }, more] }),
    host: { cores },
    ...(repairCrews === undefined ? {} : { repairCrews }),
  }));
}
