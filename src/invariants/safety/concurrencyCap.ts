import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";
import type { Invariant } from "../invariant.ts";

/** S8. */
export const concurrencyCap: Invariant = {
  id: "S8",
  name: "concurrency-cap",
  statement:
    "An instance has at most as many requests and jobs in service as its version has slots, and at most as many requests waiting as its queue has places; it counts what it holds as it is. Only one that is ready, draining, frozen, unreachable, or that serves while it stops, holds anything. A worker's queue has no limit: messages that it took together wait in it.",
  watch({ platform, broken }) {
    const check = (instance: number): void => {
      const { instances } = platform.world;
      const { concurrency, queue, queueLimit } = platform.catalogue.programs[instances.program[instance]];
      const busy = instances.busy[instance];
      const waiting = instances.waiting[instance];
      if (busy < 0 || busy > concurrency) broken(`instance ${instance} has ${busy} in service on ${concurrency} slots`);
      if (waiting < 0 || (queue < 0 && waiting > queueLimit)) broken(`instance ${instance} has ${waiting} waiting in ${queueLimit} places`);
    };
    return {
      listensTo: [FactKind.requestSent, FactKind.messageTaken],
      observe: ({ value }) => check(value),
      look() {
        const { groups, instances, requests } = platform.world;
        for (const group of groups) {
          for (const instance of group.instances) {
            check(instance);
            const serving = lengthOf(requests.next, instances.serviceHead[instance]);
            const waiting = lengthOf(requests.next, instances.queueHead[instance]);
            if (serving !== instances.busy[instance] || waiting !== instances.waiting[instance])
              broken(
                `instance ${instance} holds ${serving} and ${waiting}, and counts ${instances.busy[instance]} and ${instances.waiting[instance]}`,
              );
            if (serving + waiting > 0 && !mayHold(platform, instance))
              broken(`instance ${instance} holds ${serving + waiting} in state ${instances.state[instance]}`);
            if (instances.outstanding[instance] < 0) broken(`instance ${instance} has ${instances.outstanding[instance]} outstanding`);
          }
        }
      },
    };
  },
};

function mayHold({ world: { instances } }: Platform, instance: number): boolean {
  switch (instances.state[instance]) {
    case InstanceState.ready:
    case InstanceState.draining:
    case InstanceState.paused:
    case InstanceState.unreachable:
      return true;
    default:
      return instances.servesOn[instance] === 1;
  }
}

function lengthOf(next: Int32Array, head: number): number {
  let length = 0;
  for (let id = head; id >= 0; id = next[id]) length++;
  return length;
}
