import type { LawSpec } from "../../random/laws.ts";
import type { Struck } from "../design.ts";
import type { Platform } from "../world.ts";

/** Something more that a scenario may say of a fault: plain data, from which keys, checks, the reference page and generators are derived. */
export interface FaultParameter {
  readonly name: string;
  /** A plain number, a share (0..1), a duration in microseconds, a law of durations, or one of `choices`. */
  readonly type: "number" | "share" | "duration" | "law" | "choice";
  /** Bounds of a number, both included. */
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  readonly description: string;
  /** Its value when a scenario leaves it out, in the model's units; absent: a scenario must give it. */
  readonly default?: number | string | LawSpec;
}

/** A kind of fault: what it strikes, what may be said of it in a scenario, and what it does. One file each, one line in `index.ts`. */
export interface FaultKind {
  /** The name used in scenario files. */
  readonly kind: string;
  readonly summary: string;
  /** What it strikes, and the key under which the target stands in a scenario; of the controller there is one, and no key. */
  readonly strikes: Struck | "controller";
  /** Values of `class`, the first is the default; absent: the fault takes no class. */
  readonly classes?: readonly ("hardware" | "reboot" | "reported")[];
  /** What else may be said of it; absent: nothing. */
  readonly parameters?: readonly FaultParameter[];
  /** Whether `repairAfter` must be given, because nothing else ends the fault. */
  readonly repair: "optional" | "required";
  /** What `repairAfter` means for this fault. */
  readonly repairSummary: string;
  /** Whether a repair takes one of the datacenter's repair crews. */
  readonly needsCrew: boolean;
  /** Whether an instance goes on serving with it, so that several may be open at once. */
  readonly grey?: boolean;
  /** A line of a scenario that uses it. */
  readonly example: string;
  /** Makes it happen to the target; false when it can have no effect now (the target is down already). */
  strike(platform: Platform, target: number, incident: number): boolean;
  /** The repair is done. */
  end(platform: Platform, target: number, incident: number): void;
}
