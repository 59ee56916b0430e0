import { hashNumbers } from "./hash.ts";
import type { BalancingPolicy } from "./policy.ts";

/** The platform's default: a hash of the 5-tuple, so a new source port may go elsewhere. */
export const hash: BalancingPolicy = {
  kind: "hash",
  summary: "Sends each flow to the instance that the hash of its 5-tuple names: the platform's default.",
  usesFlow: true,
  choose: (view) => hashNumbers(view.flow, view.address) % view.count,
};

/** Affinity by source address. */
export const sourceIp: BalancingPolicy = {
  kind: "source-ip",
  summary: "Sends all flows of one client address to the same instance, as long as the rotation does not change.",
  usesFlow: true,
  choose: (view) => hashNumbers(view.address, 0) % view.count,
};

/** Affinity by source address and transport protocol. */
export const sourceIpProtocol: BalancingPolicy = {
  kind: "source-ip-protocol",
  summary: "As source-ip, for the TCP and the UDP flows of an address apart.",
  usesFlow: true,
  choose: (view) => hashNumbers(view.address, view.transport) % view.count,
};

/** Round robin over ids. */
export const roundRobin: BalancingPolicy = {
  kind: "round-robin",
  summary: "Sends each flow to the instance in rotation with the smallest id above the last one chosen, else the smallest.",
  usesFlow: false,
  choose(view) {
    const { candidates, count, memory } = view;
    let chosen = 0;
    if (candidates[count - 1] > memory) {
      // ids in rotation are mostly consecutive, so the place is close to the id's distance from the first
      chosen = memory < candidates[0] ? 0 : Math.min(memory - candidates[0] + 1, count - 1);
      while (chosen > 0 && candidates[chosen - 1] > memory) chosen--;
    }
    view.memory = candidates[chosen];
    return chosen;
  },
};

/** Independent uniform choice. */
export const random: BalancingPolicy = {
  kind: "random",
  summary: "Sends each flow to an instance drawn uniformly from the rotation.",
  usesFlow: false,
  choose: (view) => Math.floor(view.streams.uniform(view.stream) * view.count),
};

/** Join the shortest queue, as the balancer sees it. */
export const leastOutstanding: BalancingPolicy = {
  kind: "least-outstanding",
  summary: "Sends each flow to the instance with the fewest requests in progress, ties to the smallest id.",
  usesFlow: false,
  choose(view) {
    const { candidates, count, outstanding } = view;
    let best = 0;
    for (let i = 1; i < count; i++) if (outstanding[candidates[i]] < outstanding[candidates[best]]) best = i;
    return best;
  },
};

/** Two random choices, the shorter one. */
export const powerOfTwo: BalancingPolicy = {
  kind: "power-of-two",
  summary: "Draws two different instances and sends the flow to the one with fewer requests in progress, ties to the first drawn.",
  usesFlow: false,
  choose(view) {
    const { candidates, count, outstanding, streams, stream } = view;
    const first = Math.floor(streams.uniform(stream) * count);
    if (count === 1) return first;
    let second = Math.floor(streams.uniform(stream) * (count - 1));
    if (second >= first) second++;
    return outstanding[candidates[second]] < outstanding[candidates[first]] ? second : first;
  },
};
