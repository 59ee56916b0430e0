import { second } from "../../kernel/time.ts";
import { EventKind } from "../../model/events.ts";
import { FactKind } from "../../model/facts.ts";
import { InstanceState } from "../../model/status.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** A version that fails by itself is restarted no more often than this. */
const shortestCycle = second;

/** T8. */
export const recyclingBackoff: Invariant = {
  id: "T8",
  name: "recycling-backoff",
  statement:
    "After the k-th crash in a row (k from 2 on; a Run that returns counts as one) the process starts again no earlier than the back-off after the guest agent has noticed, or after OnStop: `first`, doubled k-2 times, at most `max`, and at least one second where the version itself fails. The row ends when the role leaves ready, or crashes, after it was ready for `reset`, and when the instance starts on another version. Not so restarts by a repair of the scenario's own, by the operator or the owner, and by operations.",
  watch({ platform, broken }) {
    const { calendar, design, world } = platform;
    const { incidents, instances } = world;
    const { first, max, reset } = design.fabric.restartBackoff;
    /** By instance: its state and since when, its crashes in a row and what crashed; not before when it may start, -1 if nothing holds it. */
    const states = new NumberById(-1);
    const since = new NumberById(0);
    const crashes = new NumberById(0);
    const program = new NumberById(-1);
    const notBefore = new NumberById(-1);
    const hangNoticedAt = new NumberById(-1);
    const backoff = (instance: number): number => {
      const count = crashes.get(instance);
      if (count <= 1) return 0;
      let delay = first;
      for (let crash = 2; crash < count && delay < max; crash++) delay *= 2;
      const fault = instances.fault[instance];
      return Math.max(fault >= 0 && incidents[fault].fault < 0 ? shortestCycle : 0, Math.min(delay, max));
    };
    const crashed = (instance: number, at: number): void => {
      const isCalm = states.get(instance) === InstanceState.ready && at > since.get(instance) && at - since.get(instance) >= reset;
      crashes.set(instance, isCalm ? 1 : crashes.get(instance) + 1);
    };
    const starts = (instance: number, at: number): void => {
      const earliest = notBefore.get(instance);
      if (earliest > at && calendar.kind !== EventKind.repairEnded)
        broken(`instance ${instance} starts ${earliest - at} us too early after crash ${crashes.get(instance)} in a row`);
      notBefore.set(instance, -1);
    };
    const moved = (instance: number, state: number, at: number): void => {
      const before = states.get(instance);
      const stood = before === InstanceState.paused || before === InstanceState.unreachable;
      // what runs is another version: its crashes are counted anew
      if (instances.program[instance] !== program.get(instance)) {
        program.set(instance, instances.program[instance]);
        crashes.set(instance, 0);
      }
      if (before === InstanceState.ready && state !== InstanceState.recycling && at - since.get(instance) >= reset)
        crashes.set(instance, 0);
      if (state === InstanceState.recycling) {
        const isStopped = before === InstanceState.stopping;
        if (isStopped && design.fabric.healing.process) notBefore.set(instance, at + backoff(instance));
        else if (!stood && hangNoticedAt.get(instance) !== at) {
          crashed(instance, at);
          notBefore.set(instance, -1);
        }
      } else if (state === InstanceState.busy || state === InstanceState.ready) {
        if (before === InstanceState.recycling) starts(instance, at);
      } else if (state !== InstanceState.paused && state !== InstanceState.unreachable) {
        notBefore.set(instance, -1);
      }
      states.set(instance, state);
      since.set(instance, at);
    };
    return {
      listensTo: [
        FactKind.instanceChanged,
        FactKind.crashNoticed,
        FactKind.hangNoticed,
        FactKind.runReturned,
        FactKind.startupTaskFailed,
        FactKind.ownerActed,
      ],
      observe({ at, kind, subject, value }) {
        switch (kind) {
          case FactKind.instanceChanged:
            moved(subject, value, at);
            return;
          case FactKind.crashNoticed:
            notBefore.set(subject, at + backoff(subject));
            return;
          case FactKind.hangNoticed:
            hangNoticedAt.set(subject, at);
            return;
          case FactKind.runReturned:
            crashed(subject, at);
            return;
          case FactKind.ownerActed:
            notBefore.set(subject, -1);
            return;
          default:
            // the start path ran up to the task that failed
            if (states.get(subject) === InstanceState.recycling) starts(subject, at);
        }
      },
    };
  },
};
