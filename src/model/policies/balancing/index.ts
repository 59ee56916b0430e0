import { hash, leastOutstanding, powerOfTwo, random, roundRobin, sourceIp, sourceIpProtocol } from "./policies.ts";
import type { BalancingPolicy } from "./policy.ts";
import { weightedLeastOutstanding, weightedRandom, weightedRoundRobin } from "./weighted.ts";

/** Every way to distribute flows, in the order of the reference page; the first is the platform's default. */
export const balancingPolicies: readonly BalancingPolicy[] = [
  hash,
  sourceIp,
  sourceIpProtocol,
  roundRobin,
  random,
  leastOutstanding,
  powerOfTwo,
  weightedRoundRobin,
  weightedRandom,
  weightedLeastOutstanding,
];
