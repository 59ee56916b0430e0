/**
 * The facts that were kept, oldest first, as five columns. When a run has more than the log holds, the oldest are dropped and `dropped` counts
 * them; ids go on counting, so `cause` of a kept fact may point at one that is gone.
 */
export interface FactLog {
  readonly length: number;
  readonly dropped: number;
  /** Facts that were told and never kept: of requests and messages, when they were not asked for, or no more of them. */
  readonly leftOut: number;
  /** Since when facts of requests and messages were left out, in microseconds. */
  readonly leftOutFrom: number;
  /** Increasing; a fact's place is found by binary search. */
  readonly id: Float64Array;
  /** Microseconds. */
  readonly at: Float64Array;
  readonly kind: Uint8Array;
  readonly subject: Float64Array;
  readonly value: Float64Array;
  /** Id of the fact that led here; -1 none. */
  readonly cause: Float64Array;
}

/** One fact of a log, for reading. */
export interface Fact {
  readonly id: number;
  readonly at: number;
  readonly kind: number;
  readonly subject: number;
  readonly value: number;
  readonly cause: number;
}

/** The fact at a place of the log. */
export function factAt(log: FactLog, index: number): Fact {
  return {
    id: log.id[index],
    at: log.at[index],
    kind: log.kind[index],
    subject: log.subject[index],
    value: log.value[index],
    cause: log.cause[index],
  };
}

/** The place of the fact with that id, or -1 when it was not kept. */
export function findFact(log: FactLog, id: number): number {
  let low = 0;
  let high = log.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = log.id[middle];
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
