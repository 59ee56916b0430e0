import type { Micros } from "../../kernel/time.ts";

/** Who runs what the service stands on. */
export type HostingKind = "cloud-service" | "virtual-machines" | "app-service";

/** What the hosting model decides in the model itself; times and rates are defaults of other sections. */
export interface HostingDesign {
  readonly kind: HostingKind;
  /** The operator looks after dead processes and guests too, where the platform does not. */
  readonly ownerHeals: boolean;
  /** What is on the disk of an instance is there again wherever it starts. */
  readonly keepsDisk: boolean;
  /** Exchange of the slots: of their addresses, of addresses after warm-up, or not at all. */
  readonly swap: "vip" | "warmed" | "none";
  /** Pings to the application of every instance; absent: nobody pings. */
  readonly healthCheck?: HealthCheckDesign | undefined;
}

/** Health check of App Service. */
export interface HealthCheckDesign {
  readonly interval: Micros;
  /** Failed pings in a row after which an instance gets no more requests. */
  readonly failures: number;
  /** An instance that is unhealthy for so long is replaced. */
  readonly replaceAfter: Micros;
  /** Of one plan: at least so long between replacements, and at most so many in a day. */
  readonly replaceEvery: Micros;
  readonly replacementsADay: number;
}
