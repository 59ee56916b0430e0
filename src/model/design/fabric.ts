import type { Micros } from "../../kernel/time.ts";
import type { LawSpec } from "../../random/laws.ts";

/** The fabric controller and its agents: detection, healing, planned stops. */
export interface FabricDesign {
  /** Who heals; all false under preset `ideal` unless asked. */
  readonly healing: { readonly process: boolean; readonly guest: boolean; readonly host: boolean };
  /** The controller's own replicas: how many, how long a primary's lease is, and how long another one takes to take over after that. */
  readonly controller: { readonly replicas: number; readonly lease: Micros; readonly failover: LawSpec };
  /** Process crash until the guest agent acts. */
  readonly crashDetection: LawSpec;
  /** The role host's restart after a crash, without its startup tasks and OnStart. */
  readonly roleRestart: LawSpec;
  /** Delay before the second and later restarts in a row, doubling from `first` to `max`; a role ready for `reset` is forgiven. */
  readonly restartBackoff: { readonly first: Micros; readonly max: Micros; readonly reset: Micros };
  readonly guestHeartbeat: { readonly period: Micros; readonly timeout: Micros };
  readonly hostHeartbeat: { readonly period: Micros; readonly timeout: Micros };
  /** A guest agent that is not up for so long after its VM began to boot has the VM restarted. */
  readonly guestConnect: Micros;
  /** Larger VMs take longer to boot. */
  readonly bootBySize: boolean;
  /** Each instance of one request starts so much after the one before it. */
  readonly stagger: LawSpec;
  /** Share of starts of new or moved VMs that fail and are tried again. */
  readonly startFailure: number;
  /** Guest OS restarted in place until the guest agent is up. */
  readonly guestReboot: LawSpec;
  /** A new or moved instance, from placement until its guest agent is up. */
  readonly provision: LawSpec;
  /** Additional time of a reimage over a reboot. */
  readonly reimage: LawSpec;
  readonly restartHostFirst: boolean;
  readonly hostRestart: LawSpec;
  /** What is tried after that attempt has failed, in order, before the host is given up: how long it takes, and how often it mends hardware. */
  readonly hostRepair: readonly { readonly step: string; readonly takes: LawSpec; readonly mends: number }[];
  /** Time until a person restarts a hung role; absent: nobody does. */
  readonly operator?: LawSpec | undefined;
  readonly drainTimeout: Micros;
  /** Package swap of one instance during an in-place upgrade. */
  readonly install: LawSpec;
  readonly walkPoll: Micros;
  readonly startTimeout: Micros;
  /** Who goes when a role is scaled in: those with the highest indexes, or whom the fabric draws. */
  readonly scaleIn: "highest" | "random";
  /** Until the instances of an upgrade domain, or all of them, have taken in a change of the topology. */
  readonly topologyChange: LawSpec;
  /** From the request to the switch. */
  readonly swap: LawSpec;
  /** After the switch of a swap, with this probability, new connections through both VIPs are refused for a while. */
  readonly swapTransient: { readonly probability: number; readonly duration: LawSpec };
}
