import type { Design } from "../../model/design.ts";
import { compileLaw, sampleMicros } from "../../random/laws.ts";
import { Streams } from "../../random/streams.ts";
import { expectNoSlower, requestsOf } from "./figures.ts";
import { oneQueue } from "./reduced.ts";
import type { Relation } from "./relation.ts";

/** So many arrivals stay. */
const share = 0.7;

/** M11. */
export const rateThinning: Relation = {
  id: "M11",
  name: "rate-thinning",
  statement:
    "In one queue, first come first served, no request waits longer when some of the others do not come. It is checked of the first web role with open clients, as one instance, without faults, limits and time-outs: its arrivals and demands are drawn beforehand, and seven tenths of them stay.",
  exactness: "conditional",
  applies: ({ design }) => {
    const queue = oneQueue(design);
    return typeof queue === "string" ? queue : true;
  },
  check({ design, seed }, { replay }) {
    const queue = oneQueue(design);
    if (typeof queue === "string") return;
    const streams = new Streams(seed, 0);
    const [demand, choice] = [streams.open("relation", "demand"), streams.open("relation", "choice")];
    const laws = (queue.service.roles[0]?.handler ?? []).flatMap((step) => (step.step === "compute" ? [compileLaw(step.demand)] : []));
    const arrivals = requestsOf(replay("the run that tells the arrivals", queue, seed)).map(({ at }) => ({
      at,
      demand: laws.reduce((sum, law) => sum + sampleMicros(law, streams, demand), 0),
      stays: streams.uniform(choice) < share,
    }));
    const all = replay("the run with all arrivals", arrivingAt(queue, arrivals), seed);
    const some = arrivingAt(
      queue,
      arrivals.filter(({ stays }) => stays),
    );
    expectNoSlower(rateThinning, all, replay("the run with fewer", some, seed), (place) => arrivals[place]?.stays === true);
  },
};

interface Arrival {
  readonly at: number;
  readonly demand: number;
}

function arrivingAt(design: Design, arrivals: readonly Arrival[]): Design {
  const instants = { kind: "instants", at: arrivals.map(({ at }) => at), demands: arrivals.map(({ demand }) => demand) } as const;
  return { ...design, clients: design.clients.slice(0, 1).map((client) => ({ ...client, arrivals: instants })) };
}
