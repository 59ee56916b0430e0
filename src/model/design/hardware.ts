/** Hosts in fault domains; ids of hosts count through the fault domains in order. */
export interface DatacenterDesign {
  readonly faultDomains: number;
  readonly hostsPerFaultDomain: number;
  readonly host: { readonly cores: number; readonly memoryMiB: number; readonly diskMiB: number };
  /** The hosts of every fault domain in groups: a service lives in one of them. None: all hosts are within reach. */
  readonly clusters: readonly ClusterDesign[];
  /** How many hosts and racks can be under repair at once; 0 means unlimited. */
  readonly repairCrews: number;
}

/** Hosts that are allocated together. */
export interface ClusterDesign {
  /** What it is called; its place in the list when the scenario gives no name. */
  readonly name: string;
  /** Place of its first host in each fault domain, and how many there are from there. */
  readonly first: number;
  readonly hosts: number;
  /** The sizes it offers; all when empty. */
  readonly sizes: readonly string[];
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
