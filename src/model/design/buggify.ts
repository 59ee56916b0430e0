import type { LawSpec } from "../../random/laws.ts";

/** Places in the model at which something goes wrong by chance when the scenario asks for it, in the order of their numbers in facts. */
export const bugSites = ["slow-boot", "lost-probe", "duplicate-delivery", "late-report"] as const;

/** Name of such a place. */
export type BugSite = (typeof bugSites)[number];

/** What goes wrong by chance, beside the faults: legal on the platform, and rare there. */
export interface BuggifyDesign {
  readonly sites: readonly BugSite[];
  /** Share of runs in which a site is active. */
  readonly active: number;
  /** Share of the calls of an active site at which it fires. */
  readonly fires: number;
  /** Added to a boot. */
  readonly slowBoot: LawSpec;
  /** Added until an agent reports that a process or a guest is dead. */
  readonly lateReport: LawSpec;
}
