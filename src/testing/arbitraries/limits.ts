/** How large generated scenarios are: small for many quick runs, medium unless told otherwise, large for a soak. */
export type Size = "small" | "medium" | "large";

/** The bounds of what is drawn, all included. */
export interface Limits {
  readonly faultDomains: number;
  readonly hostsPerFaultDomain: number;
  /** Most instances of a role. */
  readonly instances: number;
  readonly faults: number;
  readonly operations: number;
  /** Longest horizon in minutes. */
  readonly minutes: number;
  /** Requests a second of a client that sends them one by one, at least. */
  readonly load: number;
}

const limits: Readonly<Record<Size, Limits>> = {
  small: { faultDomains: 3, hostsPerFaultDomain: 3, instances: 4, faults: 6, operations: 6, minutes: 5, load: 1 },
  medium: { faultDomains: 4, hostsPerFaultDomain: 4, instances: 6, faults: 10, operations: 8, minutes: 15, load: 6 },
  large: { faultDomains: 8, hostsPerFaultDomain: 12, instances: 20, faults: 24, operations: 16, minutes: 60, load: 10 },
};

/** What every arbitrary of the kit may be told. */
export interface SizeOptions {
  /** How large the scenarios are that it is meant for: medium unless told otherwise. */
  readonly size?: Size;
}

/** The bounds of a size. */
export function limitsOf({ size = "medium" }: SizeOptions = {}): Limits {
  return limits[size];
}
