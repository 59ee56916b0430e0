import { minute } from "../../kernel/time.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState, instanceStateNames } from "../../model/status.ts";
import type { Platform } from "../../model/world.ts";
import type { Invariant } from "../invariant.ts";
import { LeadsTo } from "../leadsTo.ts";
import { Moves } from "../moves.ts";
import { NumberById } from "../numberById.ts";

/** OnStop is cut after this (platform-facts 2.3). */
const onStopLimit = 5 * minute;

/** T3. */
export const drain: Invariant = {
  id: "T3",
  name: "drain",
  statement:
    "An instance that drains is out of every rotation at once, but of one in which it stays whatever its status. It takes in nothing more, and has done with what it holds, or has had it cut, when the drain time-out is over; it holds nothing when OnStop begins, or, where the application serves on meanwhile, when OnStop ends. OnStop ends, or is cut, after five minutes at most. For the time in which its VM is frozen or nobody reaches it both stand still; a process or VM that dies is not waited for.",
  watch({ account, platform, broken }) {
    const moves = account(Moves);
    const { calendar, design, world } = platform;
    const { instances } = world;
    const { drainTimeout } = design.fabric;
    const owed = new LeadsTo();
    /** By instance: what was left of its time when it was frozen (-1 nothing), and what it held last while it drained. */
    const left = new NumberById(-1);
    const held = new NumberById(0);
    const draining = new Set<number>();
    let begun = -1;
    const heldBy = (instance: number): number => instances.busy[instance] + instances.waiting[instance];
    const check = (now: number): void => {
      const late = owed.overdue(now);
      if (late < 0) return;
      const state = instanceStateNames[instances.state[late]];
      broken(`instance ${late} is still ${state}, with ${heldBy(late)} in its hands, when the time for that is over`);
    };
    const moved = (instance: number, state: number, at: number): void => {
      const before = moves.from;
      const by = owed.dueAt(instance);
      owed.discharge(instance);
      draining.delete(instance);
      if (standsStill(state)) {
        if (by !== Number.POSITIVE_INFINITY) left.set(instance, by - at);
        return;
      }
      const resumes = standsStill(before);
      const remaining = resumes ? left.get(instance) : -1;
      left.set(instance, -1);
      if (state === InstanceState.draining) {
        draining.add(instance);
        begun = instance;
        held.set(instance, heldBy(instance));
        owed.oblige(instance, at + (remaining >= 0 ? remaining : drainTimeout));
      } else if (state === InstanceState.stopping) {
        if (!resumes && before === InstanceState.draining && instances.servesOn[instance] === 0 && heldBy(instance) > 0)
          broken(`OnStop of instance ${instance} begins, and it holds ${heldBy(instance)}`);
        if (!resumes) owed.oblige(instance, at + onStopLimit);
        else if (remaining >= 0) owed.oblige(instance, at + remaining);
      }
    };
    return {
      listensTo: [FactKind.instanceChanged, FactKind.onStopReturned, FactKind.onStopCut],
      hearsMove: (from, to) => takesTime(from) || takesTime(to),
      observe({ at, kind, subject, value }) {
        check(at);
        if (kind === FactKind.instanceChanged) {
          moved(subject, value, at);
          return;
        }
        owed.discharge(subject);
        if (heldBy(subject) > 0) broken(`OnStop of instance ${subject} is over, and it holds ${heldBy(subject)}`);
      },
      afterTold() {
        if (draining.has(begun) && isInRotation(platform, begun)) broken(`instance ${begun} drains, and is in rotation`);
        begun = -1;
      },
      look() {
        check(calendar.now);
        for (const instance of draining) {
          if (isInRotation(platform, instance)) broken(`instance ${instance} drains, and is in rotation`);
          if (heldBy(instance) > held.get(instance))
            broken(`instance ${instance} drains, and holds ${heldBy(instance)} instead of ${held.get(instance)}`);
          held.set(instance, heldBy(instance));
        }
      },
      atHorizon: () => check(calendar.now),
    };
  },
};

function standsStill(state: number): boolean {
  return state === InstanceState.paused || state === InstanceState.unreachable;
}

/** Whether something in a state is to end in time, or stands still meanwhile. */
function takesTime(state: number): boolean {
  return state === InstanceState.draining || state === InstanceState.stopping || standsStill(state);
}

/** Whether new flows can reach an instance at an endpoint at which it does not stay whatever its status. */
function isInRotation({ catalogue, world }: Platform, instance: number): boolean {
  const { backends, groups, instances, rotations } = world;
  const { asked, instances: ofRole } = groups[instances.group[instance]];
  if (asked === 1 && ofRole[0] === instance) return false;
  for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend])
    if (backends.inRotation[backend] === 1 && !catalogue.endpoints[rotations[backends.rotation[backend]].endpoint].stays) return true;
  return false;
}
