import type { Design } from "../../model/design.ts";
import { expectNoSlower } from "./figures.ts";
import { oneQueue } from "./reduced.ts";
import type { Relation } from "./relation.ts";

/** M10. */
export const moreServers: Relation = {
  id: "M10",
  name: "more-servers-fcfs",
  statement:
    "In one queue, first come first served, in front of one more server each request waits no longer than before (Kiefer and Wolfowitz, path by path). It is checked of the first web role with open clients, as one instance, without faults, limits and time-outs, whose demands stay with the requests. (It is false of other disciplines, of several queues, and of the order of departures.)",
  exactness: "conditional",
  applies({ design }) {
    const queue = oneQueue(design);
    return typeof queue === "string" ? queue : true;
  },
  check({ design, seed }, { replay }) {
    const queue = oneQueue(design);
    if (typeof queue === "string") return;
    const servers = queue.service.roles[0]?.concurrency ?? 1;
    const few = replay(`the run with ${servers} servers`, queue, seed);
    expectNoSlower(moreServers, few, replay("the run with one more", withServers(queue, servers + 1), seed));
  },
};

function withServers(design: Design, concurrency: number): Design {
  return { ...design, service: { ...design.service, roles: design.service.roles.map((role) => ({ ...role, concurrency })) } };
}
