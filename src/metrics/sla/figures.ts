/** One month of an agreement, over all runs. */
export interface SlaMonth {
  /** "1" and on; `expect` says `sla.month.1`. */
  readonly name: string;
  /** "2027-03" with an epoch, else "month 3". */
  readonly label: string;
  /** False of a month of which only a part was measured. */
  readonly isWhole: boolean;
  /** Minutes in which the roles were deployed, and those of them without connectivity; summed over roles and runs. */
  readonly maximumMinutes: number;
  readonly downtimeMinutes: number;
  /** (maximum - down time) / maximum, 0..1. */
  readonly uptime: number | null;
  /** In how many runs the promise was kept; null where nothing is promised. */
  readonly runsMet: number | null;
  /** Share (0..1) of the month's bill that is given back, on average over the runs; null where nothing is promised. */
  readonly credit: number | null;
}

/** One service and what is promised of its uptime. */
export interface SlaService {
  readonly name: string;
  /** Names of the roles that it is about; none of stores and queues. */
  readonly roles: readonly string[];
  /** What is promised, or of what. */
  readonly what: string;
  /** Monthly uptime promised, 0..1; null: there is no SLA. */
  readonly target: number | null;
  /** In 30 days. */
  readonly allowedMinutes: number | null;
  /** Nothing we read states the promise in the agreement's own words. */
  readonly recalled: boolean;
  /** Lowest uptime of a whole month of any run (of a part of one, when there is no whole one). */
  readonly worstMonth: number | null;
  readonly months: readonly SlaMonth[];
}

/** What agreements on uptime say of the service and of what it stands on. */
export interface SlaSummary {
  /** Roles with two or more instances; when there are none, those with one. Null when the internet reaches no role. */
  readonly compute: SlaService | null;
  /** Roles with a single instance beside them. */
  readonly singles: SlaService | null;
  /** Stores and queues of the scenario. */
  readonly stores: readonly SlaService[];
  /** That of `compute`. */
  readonly worstMonth: number | null;
  /** Product of all promises: what is promised of a request that needs all of them; null when one is missing. */
  readonly paper: number | null;
  /** Of processes that died, how many were noticed within two minutes. */
  readonly detection: {
    readonly crashes: number;
    readonly noticedInTime: number;
    readonly ratio: number | null;
    readonly target: number;
  };
}
