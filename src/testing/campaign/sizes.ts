import type { ValidScenario } from "../../scenario/validate.ts";

/** How large a scenario is. */
export interface Sizes {
  readonly hosts: number;
  /** Asked for at the start, over all roles. */
  readonly instances: number;
  readonly faults: number;
  readonly operations: number;
  /** Of the run. */
  readonly events: number;
}

/** How some numbers are spread; all 0 of none. */
export interface Distribution {
  readonly least: number;
  readonly median: number;
  /** Nine in ten are no larger. */
  readonly nineInTen: number;
  readonly most: number;
}

/** How large the scenarios of a campaign were. */
export type SizeDistributions = { readonly [Key in keyof Sizes]: Distribution };

/** How large a scenario is whose run had so many events. */
export function sizesOf({ design }: ValidScenario, events: number): Sizes {
  const { datacenter, faults, operations, service } = design;
  return {
    hosts: datacenter.faultDomains * datacenter.hostsPerFaultDomain,
    instances: service.roles.reduce((sum, { instances }) => sum + instances, 0),
    faults: faults.length,
    operations: operations.length,
    events,
  };
}

/** How sizes are spread. */
export function distributionsOf(sizes: readonly Sizes[]): SizeDistributions {
  const of = (key: keyof Sizes): Distribution => distributionOf(sizes.map((one) => one[key]));
  return { hosts: of("hosts"), instances: of("instances"), faults: of("faults"), operations: of("operations"), events: of("events") };
}

function distributionOf(values: readonly number[]): Distribution {
  const sorted = [...values].sort((a, b) => a - b);
  // the smallest value that so many are not larger than
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { least: at(0), median: at(0.5), nineInTen: at(0.9), most: at(1) };
}
