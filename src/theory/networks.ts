import { queue } from "./queues.ts";

/** A station of an open network: what comes from outside, and who serves. */
export interface Station {
  readonly arrivalRate: number;
  readonly serviceRate: number;
  readonly servers: number;
}

/** How the stations of an open network are, on average. */
export interface NetworkFigures {
  /** All that comes to each station, from outside and from the others. */
  readonly throughput: readonly number[];
  readonly utilisation: readonly number[];
  /** Mean number at each station. */
  readonly inSystem: readonly number[];
  /** Mean time in the network of a customer from outside. */
  readonly sojourn: number;
}

/** An open network of M/M/c stations; `routes[i][j]` is the share of what leaves station i that goes to j, the rest is done. Jackson (1957). */
export function openNetwork(stations: readonly Station[], routes: readonly (readonly number[])[]): NetworkFigures {
  const throughput = trafficOf(stations, routes);
  const figures = stations.map(({ serviceRate, servers }, i) => queue(throughput[i], serviceRate, servers));
  const inSystem = figures.map((of) => of.inSystem);
  const outside = stations.reduce((sum, { arrivalRate }) => sum + arrivalRate, 0);
  const all = inSystem.reduce((sum, value) => sum + value, 0);
  return { throughput, utilisation: figures.map((of) => of.utilisation), inSystem, sojourn: all / outside };
}

/** How a closed network is with some number of users. */
export interface ClosedFigures {
  /** Requests a unit of time, of all users. */
  readonly throughput: number;
  /** Mean time of a request at all stations, without the time to think. */
  readonly response: number;
}

/**
 * Users who think for `think` on average, and then visit single servers that each take `demands[i]` of their time: exact mean value analysis.
 * Reiser and Lavenberg (1980).
 */
export function closedNetwork(demands: readonly number[], think: number, users: number): ClosedFigures {
  const lines = demands.map(() => 0);
  let throughput = 0;
  let response = 0;
  for (let user = 1; user <= users; user++) {
    const times = demands.map((demand, i) => demand * (1 + lines[i]));
    response = times.reduce((sum, time) => sum + time, 0);
    throughput = user / (think + response);
    for (let i = 0; i < lines.length; i++) lines[i] = throughput * times[i];
  }
  return { throughput, response };
}

/** What comes to each station solves t = arrivals + t routes: by elimination from the last station on, which subtracts nothing. */
function trafficOf(stations: readonly Station[], routes: readonly (readonly number[])[]): number[] {
  const n = stations.length;
  const comes = stations.map(({ arrivalRate }) => arrivalRate);
  const goes = routes.map((row) => [...row]);
  // what goes on from a station, without what comes back to it at once
  const goesOn = routes.map((row) => Math.max(0, 1 - row.reduce((sum, share) => sum + share, 0)));
  for (let k = n - 1; k >= 0; k--) {
    let leaves = goesOn[k];
    for (let j = 0; j < k; j++) leaves += goes[k][j];
    if (!(leaves > 0)) throw new RangeError(`nothing that comes to station ${k} ever leaves`);
    for (let i = 0; i < k; i++) goes[i][k] /= leaves;
    comes[k] /= leaves;
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) goes[i][j] += goes[i][k] * goes[k][j];
      goesOn[i] += goes[i][k] * goesOn[k];
    }
    for (let j = 0; j < k; j++) comes[j] += comes[k] * goes[k][j];
  }
  for (let k = 1; k < n; k++) for (let i = 0; i < k; i++) comes[k] += comes[i] * goes[i][k];
  return comes;
}
