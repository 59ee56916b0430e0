import type { Summary } from "../metrics/summary.ts";
import type { Design } from "../model/design.ts";
import type { FactLog } from "../model/factLog.ts";
import type { Comparable } from "./comparable.ts";

/** What names and places the report needs to tell a run in words; index = id. */
export interface Cast {
  readonly instances: readonly {
    readonly name: string;
    readonly role: string;
    readonly faultDomain: number;
    readonly upgradeDomain: number;
  }[];
  readonly hosts: readonly { readonly faultDomain: number }[];
  readonly roles: readonly string[];
  readonly queues: readonly string[];
  readonly stores: readonly string[];
  readonly clients: readonly string[];
  /** Of each incident: the fault's kind, what it strikes ("host 0", "web/2", "fault domain 1"), and whether it is an operation. */
  readonly incidents: readonly { readonly kind: string; readonly target: string; readonly class?: string | undefined }[];
  /** Of each operation: kind and words. */
  readonly operations: readonly { readonly kind: string; readonly title: string }[];
  /** Reasons of refusals, by the value of `operationRefused`. */
  readonly reasons: readonly string[];
}

/** The outcome of replaying a scenario: the merged summary, and the story of the first run. */
export interface RunResult {
  readonly summary: Summary;
  /** Title of the report: the scenario's `summary`. */
  readonly title: string;
  readonly design: Design;
  readonly facts: FactLog;
  readonly cast: Cast;
  /** The figures that variants are compared by, of each run by itself. */
  readonly replications: readonly Comparable[];
}
