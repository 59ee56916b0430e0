import type { Micros } from "../../kernel/time.ts";
import type { LawSpec } from "../../random/laws.ts";

/** What a fault or operation aims at; resolved when it strikes. */
export type SelectorDesign =
  | { readonly select: "instance"; readonly role: string; readonly index: number; readonly slot: "production" | "staging" }
  | { readonly select: "host"; readonly id: number }
  | { readonly select: "hostOf"; readonly role: string; readonly index: number; readonly slot: "production" | "staging" }
  | { readonly select: "controller" }
  | { readonly select: "faultDomain"; readonly id: number }
  | { readonly select: "faultDomainOf"; readonly role: string; readonly index: number; readonly slot: "production" | "staging" }
  | { readonly select: "store" | "queue"; readonly name: string }
  | { readonly select: "random"; readonly among: Struck; readonly role?: string | undefined }
  | { readonly select: "each"; readonly among: Struck; readonly role?: string | undefined };

/** What a fault can strike. */
export type Struck = "host" | "faultDomain" | "instance" | "store" | "queue";

/** What fails, where, and when. */
export interface FaultDesign {
  /** The `kind` of a fault in the registry. */
  readonly kind: string;
  readonly target: SelectorDesign;
  /** At an instant ... */
  readonly at?: Micros | undefined;
  /** ... or drawn, again and again, from a law ... */
  readonly every?: LawSpec | undefined;
  /** ... or as records of failures tell. Exactly one of the three is present. */
  readonly trace?: FailureTrace | undefined;
  /** A common cause: at each strike every target is hit with a probability, at an instant of its own within so long. */
  readonly shock?: { readonly hits: number; readonly within: Micros } | undefined;
  /** Until it is repaired by itself or by people; absent: only the platform's healing ends it. */
  readonly repairAfter?: LawSpec | undefined;
  /** It is of the same line of the scenario as the fault before it: that line's failures with a common cause. */
  readonly continues?: true | undefined;
  /** The store or queue whose own section states it: its streams are named after that, and not after its place in the list. */
  readonly of?: string | undefined;
  /** Of host-failure. */
  readonly class?: "hardware" | "reboot" | "reported" | undefined;
  /** A value for each parameter of the kind: numbers, shares 0..1, microseconds, laws, choices; absent when the kind has none. */
  readonly parameters?: Readonly<Record<string, number | string | LawSpec>> | undefined;
}

/** Records of failures, in order of their start. */
export interface FailureTrace {
  readonly at: readonly Micros[];
  /** How long each lasts; absent: the fault's own repair ends it. */
  readonly lasts?: readonly Micros[] | undefined;
  /** Which of the selected targets each strikes, modulo their number; absent: as the selector says. */
  readonly target?: readonly number[] | undefined;
  /** Share of the selected targets that each strikes; absent: all of them. */
  readonly share?: readonly number[] | undefined;
}
