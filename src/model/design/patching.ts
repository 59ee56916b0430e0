import type { LawSpec } from "../../random/laws.ts";

/** How long the patches of the platform take; when they come is among the operations. */
export interface PatchingDesign {
  /** Restart of one host on its new host OS, without the boot of its VMs. */
  readonly hostUpdate: LawSpec;
  /** Between two upgrade domains of a host OS pass. */
  readonly hostPause: LawSpec;
  /** Exchange of the guest agent of one instance, its role stopped. */
  readonly agentUpdate: LawSpec;
}
