import type { Micros } from "../kernel/time.ts";
import type { AutoscaleDesign } from "./design/autoscale.ts";
import type { BalancerDesign } from "./design/balancer.ts";
import type { BuggifyDesign } from "./design/buggify.ts";
import type { ClientDesign } from "./design/clients.ts";
import type { FabricDesign } from "./design/fabric.ts";
import type { FaultDesign } from "./design/faults.ts";
import type { DatacenterDesign } from "./design/hardware.ts";
import type { HostingDesign } from "./design/hosting.ts";
import type { MeasureDesign } from "./design/measure.ts";
import type { OperationDesign } from "./design/operations.ts";
import type { PatchingDesign } from "./design/patching.ts";
import type { PricingDesign } from "./design/pricing.ts";
import type { ServiceDesign } from "./design/service.ts";
import type { QueueDesign, StoreDesign } from "./design/state.ts";

export type * from "./design/autoscale.ts";
export type * from "./design/balancer.ts";
export type * from "./design/clients.ts";
export type * from "./design/fabric.ts";
export type * from "./design/faults.ts";
export type * from "./design/hardware.ts";
export type * from "./design/hosting.ts";
export type * from "./design/measure.ts";
export type * from "./design/operations.ts";
export type * from "./design/patching.ts";
export type * from "./design/pricing.ts";
export type * from "./design/service.ts";
export type * from "./design/state.ts";

/**
 * What is to be simulated, with every default filled in: plain data that the scenario language resolves to and the model is built from.
 * Durations are whole microseconds, laws are of microseconds, "never" is `never` of kernel/time, ratios are 0..1.
 */
export interface Design {
  readonly horizon: Micros;
  readonly hosting: HostingDesign;
  readonly datacenter: DatacenterDesign;
  readonly service: ServiceDesign;
  readonly balancer: BalancerDesign;
  readonly fabric: FabricDesign;
  /** Messages accepted a second over all queues of a kind: a storage account's, a Service Bus namespace's; 0 means unlimited. */
  readonly accounts: { readonly storage: number; readonly serviceBus: number };
  /** Sorted by name, as are stores and clients, so that their order in a file does not matter. */
  readonly queues: readonly QueueDesign[];
  readonly stores: readonly StoreDesign[];
  readonly clients: readonly ClientDesign[];
  readonly faults: readonly FaultDesign[];
  readonly operations: readonly OperationDesign[];
  readonly patching: PatchingDesign;
  readonly measure: MeasureDesign;
  readonly autoscale: AutoscaleDesign;
  readonly pricing: PricingDesign;
  /** What goes wrong by chance beside the faults; absent: nothing, and nothing is drawn. */
  readonly buggify?: BuggifyDesign | undefined;
  /** When faults end, and how long it may take until all is well; absent: they go on to the horizon. */
  readonly heal?: { readonly at: Micros; readonly settle: Micros } | undefined;
}
