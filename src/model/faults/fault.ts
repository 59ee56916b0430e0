import type { Platform } from "../world.ts";

/** A kind of fault: what it strikes, what may be said of it in a scenario, and what it does. One file each, one line in `index.ts`. */
export interface FaultKind {
  /** The name used in scenario files. */
  readonly kind: string;
  readonly summary: string;
  /** What it strikes, and the key under which the target stands in a scenario. */
  readonly strikes: "instance" | "host" | "faultDomain";
  /** Values of `class`, the first is the default; absent: the fault takes no class. */
  readonly classes?: readonly ("hardware" | "reboot")[];
  /** Whether `repairAfter` must be given, because nothing else ends the fault. */
  readonly repair: "optional" | "required";
  /** What `repairAfter` means for this fault. */
  readonly repairSummary: string;
  /** Whether a repair takes one of the datacenter's repair crews. */
  readonly needsCrew: boolean;
  /** A line of a scenario that uses it. */
  readonly example: string;
  /** Makes it happen to the target; false when it can have no effect now (the target is down already). */
  strike(platform: Platform, target: number, incident: number): boolean;
  /** The repair is done. */
  end(platform: Platform, target: number, incident: number): void;
}
