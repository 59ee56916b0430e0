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
  | { readonly select: "random"; readonly among: "host" | "faultDomain" | "instance"; readonly role?: string | undefined }
  | { readonly select: "each"; readonly among: "host" | "faultDomain" | "instance"; readonly role?: string | undefined };

/** What fails, where, and when. */
export interface FaultDesign {
  /** The `kind` of a fault in the registry. */
  readonly kind: string;
  readonly target: SelectorDesign;
  /** At an instant ... */
  readonly at?: Micros | undefined;
  /** ... or drawn, again and again, from a law. Exactly one of the two is present. */
  readonly every?: LawSpec | undefined;
  /** Until it is repaired by itself or by people; absent: only the platform's healing ends it. */
  readonly repairAfter?: LawSpec | undefined;
  /** Of host-failure. */
  readonly class?: "hardware" | "reboot" | "reported" | undefined;
  /** A value for each parameter of the kind: numbers, shares 0..1, microseconds, laws, choices; absent when the kind has none. */
  readonly parameters?: Readonly<Record<string, number | string | LawSpec>> | undefined;
}
