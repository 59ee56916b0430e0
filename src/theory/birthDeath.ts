/** How a queue with a bounded or an endless line is, on average; times in the unit of the rates. */
export interface QueueFigures {
  /** Share of arrivals that are turned away. */
  readonly loss: number;
  /** Mean number in the system, and waiting. */
  readonly inSystem: number;
  readonly waiting: number;
  /** Mean time in the system, and waiting, of those that are let in. */
  readonly sojourn: number;
  readonly wait: number;
  /** Share of the servers that is busy. */
  readonly utilisation: number;
}

/** Long-run probabilities of the states 0..n of a birth-death process: `births[k]` leads from k to k + 1, `deaths[k]` from k + 1 to k. */
export function birthDeath(births: readonly number[], deaths: readonly number[]): Float64Array {
  const share = new Float64Array(births.length + 1);
  share[0] = 1;
  let total = 1;
  for (let k = 0; k < births.length; k++) {
    share[k + 1] = (share[k] * births[k]) / deaths[k];
    total += share[k + 1];
  }
  for (let k = 0; k < share.length; k++) share[k] /= total;
  return share;
}

/** M/M/c with room for `places` customers, those in service included. */
export function boundedQueue(arrivalRate: number, serviceRate: number, servers: number, places: number): QueueFigures {
  const births = Array.from({ length: places }, () => arrivalRate);
  const deaths = Array.from({ length: places }, (_, k) => Math.min(k + 1, servers) * serviceRate);
  const share = birthDeath(births, deaths);
  let inSystem = 0;
  let waiting = 0;
  share.forEach((p, k) => {
    inSystem += k * p;
    waiting += Math.max(0, k - servers) * p;
  });
  const loss = share[places];
  const accepted = arrivalRate * (1 - loss);
  return {
    loss,
    inSystem,
    waiting,
    sojourn: inSystem / accepted,
    wait: waiting / accepted,
    utilisation: accepted / (servers * serviceRate),
  };
}

/** How machines that share a few repair crews are, on average. */
export interface RepairFigures {
  /** Share of the time that a machine is up. */
  readonly availability: number;
  readonly down: number;
  readonly crewUtilisation: number;
  /** Probability that k machines are down. */
  readonly downShare: Float64Array;
}

/** `machines` that fail and are repaired by `crews` in the order of failure, all exponentially; rates per machine and per crew. */
export function machineRepair(machines: number, failureRate: number, repairRate: number, crews: number): RepairFigures {
  const births = Array.from({ length: machines }, (_, down) => (machines - down) * failureRate);
  const deaths = Array.from({ length: machines }, (_, down) => Math.min(down + 1, crews) * repairRate);
  const downShare = birthDeath(births, deaths);
  let down = 0;
  let repaired = 0;
  downShare.forEach((p, k) => {
    down += k * p;
    repaired += Math.min(k, crews) * p;
  });
  return { availability: 1 - down / machines, down, crewUtilisation: repaired / crews, downShare };
}
