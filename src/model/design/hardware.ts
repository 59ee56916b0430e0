/** Hosts in fault domains; ids of hosts count through the fault domains in order. */
export interface DatacenterDesign {
  readonly faultDomains: number;
  readonly hostsPerFaultDomain: number;
  readonly host: { readonly cores: number; readonly memoryMiB: number; readonly diskMiB: number };
  /** How many hosts and racks can be under repair at once; 0 means unlimited. */
  readonly repairCrews: number;
}

/** One row of the table of virtual machine sizes. */
export interface VmSize {
  readonly name: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly diskMiB: number;
  /** Azure compute units of one core; 100 is a Small. */
  readonly acu: number;
}
