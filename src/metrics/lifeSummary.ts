/** One instance of the first run; restarts and down time are summed over runs. */
export interface InstanceSummary {
  readonly name: string;
  readonly role: string;
  readonly slot: "production" | "staging" | "deleted";
  readonly size: string;
  readonly faultDomain: number;
  readonly upgradeDomain: number;
  /** Index of the host it is on, or was on last; null while pending. */
  readonly host: number | null;
  readonly restarts: number;
  /** In the measured window, not ready. */
  readonly downSeconds: number;
  /** What was changed on it by hand and is still there at the end: it differs from its package by that. */
  readonly drift: readonly string[];
}

/** Writes to the local storage of instances that clients or queues were told of, from the start to the horizon. */
export interface LocalWritesSummary {
  readonly written: number;
  readonly lost: number;
  /** By what happened to the disk: "move to another host". */
  readonly lostBy: Readonly<Record<string, number>>;
}
