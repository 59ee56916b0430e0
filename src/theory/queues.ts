import { exp, log } from "../random/detmath.ts";
import type { QueueFigures } from "./birthDeath.ts";
import { erlangC } from "./erlang.ts";

/** M/M/c with an endless line; throws RangeError when it does not settle. Times in the unit of the rates. */
export function queue(arrivalRate: number, serviceRate: number, servers: number): QueueFigures {
  const offered = arrivalRate / serviceRate;
  settles(offered / servers);
  const wait = erlangC(servers, offered) / (servers * serviceRate - arrivalRate);
  const sojourn = wait + 1 / serviceRate;
  return { loss: 0, inSystem: arrivalRate * sojourn, waiting: arrivalRate * wait, sojourn, wait, utilisation: offered / servers };
}

/** Probability that a customer of M/M/c waits for longer than `time`. */
export function waitsLonger(arrivalRate: number, serviceRate: number, servers: number, time: number): number {
  return erlangC(servers, arrivalRate / serviceRate) * exp(-(servers * serviceRate - arrivalRate) * time);
}

/** The wait in M/M/c that a share `p` of the customers does not exceed. */
export function waitQuantile(arrivalRate: number, serviceRate: number, servers: number, p: number): number {
  const waits = erlangC(servers, arrivalRate / serviceRate);
  return 1 - p >= waits ? 0 : log(waits / (1 - p)) / (servers * serviceRate - arrivalRate);
}

/** The time in an M/M/1 system, first come first served, that a share `p` of the customers does not exceed. */
export function sojournQuantile(arrivalRate: number, serviceRate: number, p: number): number {
  settles(arrivalRate / serviceRate);
  return -log(1 - p) / (serviceRate - arrivalRate);
}

/** Mean wait in M/G/1, first come first served, for a service of that mean and squared coefficient of variation. Pollaczek, Khinchine. */
export function generalServiceWait(arrivalRate: number, meanService: number, variation: number): number {
  const busy = arrivalRate * meanService;
  settles(busy);
  return (busy * meanService * (1 + variation)) / (2 * (1 - busy));
}

/** Mean time in M/G/1 of whose work every customer gets an equal share at once; of the service law only its mean matters. */
export function sharedProcessorSojourn(arrivalRate: number, meanService: number): number {
  settles(arrivalRate * meanService);
  return meanService / (1 - arrivalRate * meanService);
}

/**
 * Mean time in the system of each class of M/M/1 with priorities, the highest class first, for one service rate. Cobham (1954).
 *
 * With `preempts` a customer of a higher class interrupts one of a lower class, whose work is resumed later.
 */
export function prioritySojourns(arrivalRates: readonly number[], serviceRate: number, preempts: boolean): number[] {
  const all = arrivalRates.reduce((sum, rate) => sum + rate, 0);
  let before = 0;
  return arrivalRates.map((rate) => {
    const upTo = before + rate / serviceRate;
    settles(upTo);
    // a server that is interrupted is delayed by its own class and those above only
    const residual = (preempts ? upTo : all / serviceRate) / serviceRate;
    const service = preempts ? 1 / serviceRate / (1 - before) : 1 / serviceRate;
    const sojourn = service + residual / ((1 - before) * (1 - upTo));
    before = upTo;
    return sojourn;
  });
}

/**
 * Mean number in M/M/1 whose server fails at any time, idle or not, and resumes its work once it is repaired, all exponentially. Avi-Itzhak and
 * Naor (1963).
 */
export function failingServer(arrivalRate: number, serviceRate: number, failureRate: number, repairRate: number): number {
  const both = failureRate + repairRate;
  const spare = repairRate * (serviceRate - arrivalRate) - arrivalRate * failureRate;
  if (spare <= 0) throw new RangeError("a queue whose server is up too little never settles");
  return (arrivalRate * (both * both + failureRate * serviceRate)) / (both * spare);
}

/**
 * Mean time in the system when each customer joins the shortest of `choices` lines drawn at random, with so many M/M/1 servers that their number
 * does not matter any more, each loaded to `busy`. Mitzenmacher (1996).
 */
export function shortestOfSome(busy: number, serviceRate: number, choices: number): number {
  settles(busy);
  // the share of lines with at least i customers is busy to the power 1 + choices + choices² + ...
  let total = 0;
  let atLeast = busy;
  let reach = busy;
  while (atLeast > 1e-18) {
    total += atLeast;
    let higher = 1;
    for (let k = 0; k < choices; k++) higher *= reach;
    reach = higher;
    atLeast *= reach;
  }
  return total / busy / serviceRate;
}

function settles(busy: number): void {
  if (!(busy < 1)) throw new RangeError(`a queue whose servers are busy for ${busy} of the time never settles`);
}
