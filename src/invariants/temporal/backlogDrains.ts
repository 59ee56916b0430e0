import { never } from "../../kernel/time.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";
import type { Invariant } from "../invariant.ts";
import { LeadsTo } from "../leadsTo.ts";
import { NumberById } from "../numberById.ts";

/** T5. */
export const backlogDrains: Invariant = {
  id: "T5",
  name: "backlog-drains",
  statement:
    "A backlog goes down as fast as those who serve it are done: while messages wait in a queue that is not out, and the workers that consume it stay as they are, one of them is taken by the end of the first job that is in their hands, as it was drawn; and the first request that waits at a ready instance begins by the end of the first service there. So a backlog of Q is gone after as many ends of services, whatever arrives behind it. Not looked at where the end of a service is not known when it begins (shared processors, calls made one by one), or is not the next one's begin: workers that poll, take batches, serve requests besides or wait for a session.",
  watch({ platform, broken }) {
    const { calendar, catalogue, design, world } = platform;
    const { instances, queues, requests } = world;
    const owed = new LeadsTo();
    const depth = new Float64Array(queues.length);
    /** By instance: the request at the head of its queue (-1 none), when it arrived, and by when it begins. */
    const head = new NumberById(-1);
    const headAt = new NumberById(0);
    const headBy = new NumberById(0);
    const simple = catalogue.programs.map(({ batch, careful, design: role, shared }) => !(careful || shared || batch > 1 || role.poll));
    const check = (now: number): void => {
      const queue = owed.overdue(now);
      if (queue >= 0) broken(`${queues[queue].visible.length} messages wait in queue ${queue}, and a worker that is done has taken none`);
    };
    const lookAtInstance = (instance: number): void => {
      const waiting = instances.queueHead[instance];
      const arrivedAt = waiting < 0 ? 0 : requests.arrivedAt[waiting];
      if (waiting >= 0 && waiting === head.get(instance) && arrivedAt === headAt.get(instance)) {
        if (calendar.now > headBy.get(instance)) broken(`request ${waiting} still waits at instance ${instance}, where a service is over`);
        return;
      }
      const isReady = instances.state[instance] === InstanceState.ready;
      const by = isReady && waiting >= 0 && simple[instances.program[instance]] ? firstEnd(platform, instance) : never;
      head.set(instance, by < never ? waiting : -1);
      headAt.set(instance, arrivedAt);
      headBy.set(instance, by);
    };
    const lookAtQueue = (queue: number): void => {
      const { consumers, outages, visible } = queues[queue];
      if (visible.length === 0 || outages.length > 0 || owed.dueAt(queue) !== Number.POSITIVE_INFINITY) return;
      if (design.queues[queue].sessions > 0 || catalogue.mixed) return;
      let by = never;
      for (const group of consumers) {
        for (const id of world.groups[group].instances) {
          if (!simple[instances.program[id]]) return;
          if (instances.state[id] === InstanceState.ready) by = Math.min(by, firstEnd(platform, id));
        }
      }
      if (by < never) owed.oblige(queue, by);
    };
    return {
      listensTo: [FactKind.instanceChanged, FactKind.queueChanged, FactKind.queueDepthChanged, FactKind.messageTaken],
      // nobody serves before it is ready, or after
      hearsMove: (from, to) => from === InstanceState.ready || to === InstanceState.ready || from < 0,
      observe({ at, kind, subject, value }) {
        check(at);
        if (kind === FactKind.queueDepthChanged) {
          if (value < depth[subject]) owed.discharge(subject);
          depth[subject] = value;
        } else if (kind === FactKind.messageTaken) {
          // one that comes back and is taken again at once leaves as many
          owed.discharge(catalogue.programs[instances.program[value]].queue);
        } else if (kind === FactKind.queueChanged) owed.discharge(subject);
        else {
          head.set(subject, -1);
          const { queue } = catalogue.programs[instances.program[subject]];
          if (queue >= 0) owed.discharge(queue);
        }
      },
      look() {
        check(calendar.now);
        for (let queue = 0; queue < queues.length; queue++) lookAtQueue(queue);
        for (const { instances: ids } of world.groups) for (const id of ids) lookAtInstance(id);
      },
      atHorizon: () => check(calendar.now),
    };
  },
};

/** When the first service of an instance ends; never when it serves nothing. */
function firstEnd({ world }: Platform, instance: number): number {
  const { instances, requests } = world;
  let first = never;
  for (let held = instances.serviceHead[instance]; held >= 0; held = requests.next[held]) first = Math.min(first, requests.endsAt[held]);
  return first;
}
