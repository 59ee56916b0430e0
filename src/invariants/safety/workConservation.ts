import { EventKind } from "../../model/events.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";
import { RequestAccount } from "../accounts/requests.ts";
import type { Invariant } from "../invariant.ts";

/** S26. */
export const workConservation: Invariant = {
  id: "S26",
  name: "work-conservation",
  statement:
    "After every event no ready instance has a free slot while something waits at it, and no ready worker that takes messages as they come has a free slot while its queue, which is not out, has one that may be taken; workers that poll may wait until they look again, and an instance that is not ready starts nothing. The slots in use and the requests waiting, as counted, are those that can be found.",
  watch({ account, platform, broken }) {
    const { calendar, catalogue, world } = platform;
    const { instances, requests } = world;
    const told = account(RequestAccount);
    let sends = 0;
    let changed = -1;
    const check = (instance: number): void => {
      if (instances.state[instance] !== InstanceState.ready || instances.queueHead[instance] < 0) return;
      const { concurrency } = catalogue.programs[instances.program[instance]];
      if (instances.busy[instance] < concurrency)
        broken(`instance ${instance} uses ${instances.busy[instance]} of ${concurrency} slots, and something waits`);
    };
    return {
      listensTo: [FactKind.instanceChanged],
      hearsMove: (_, to) => to === InstanceState.ready,
      observe({ subject }) {
        changed = subject;
      },
      afterEvent() {
        if (told.sends !== sends) {
          sends = told.sends;
          check(told.lastSentTo);
        }
        if (changed >= 0) {
          check(changed);
          changed = -1;
        }
        if (calendar.kind === EventKind.serviceCompleted) check(requests.instance[calendar.target]);
        else if (calendar.kind === EventKind.sharedServiceCompleted) check(calendar.target);
      },
      look() {
        for (const group of world.groups) {
          for (const id of group.instances) {
            check(id);
            const busy = lengthOf(requests.next, instances.serviceHead[id]);
            const waiting = lengthOf(requests.next, instances.queueHead[id]);
            if (busy !== instances.busy[id] || waiting !== instances.waiting[id])
              broken(`instance ${id} serves ${busy} and lets ${waiting} wait, counts ${instances.busy[id]} and ${instances.waiting[id]}`);
          }
        }
        for (let queue = 0; queue < world.queues.length; queue++) {
          const idle = mayTake(platform, queue) ? idleWorker(platform, queue) : -1;
          if (idle >= 0) broken(`worker ${idle} has a free slot, and a message of queue ${queue} waits`);
        }
      },
    };
  },
};

/** Whether a message waits that somebody may take: of a session, only while no other of it is in somebody's hands. */
function mayTake({ world }: Platform, queue: number): boolean {
  const { inHand, outages, visible } = world.queues[queue];
  if (outages.length > 0) return false;
  for (let place = 0; place < visible.length; place++) {
    const session = world.messages.session[visible.at(place)];
    if (session < 0 || inHand[session] < 0) return true;
  }
  return false;
}

function idleWorker({ catalogue, world }: Platform, queue: number): number {
  const { instances } = world;
  for (const group of world.queues[queue].consumers) {
    for (const id of world.groups[group].instances) {
      const { concurrency, design } = catalogue.programs[instances.program[id]];
      if (instances.state[id] === InstanceState.ready && instances.busy[id] < concurrency && design.poll === undefined) return id;
    }
  }
  return -1;
}

function lengthOf(next: Int32Array, head: number): number {
  let length = 0;
  for (let id = head; id >= 0; id = next[id]) length++;
  return length;
}
