import { never } from "../../kernel/time.ts";
import { FactKind } from "../../model/facts.ts";
import { HostState } from "../../model/status.ts";
import { leavesHome } from "../accounts/placements.ts";
import type { Invariant } from "../invariant.ts";
import { LeadsTo } from "../leadsTo.ts";
import { NumberById } from "../numberById.ts";

/** T7. */
export const hostFaultDetected: Invariant = {
  id: "T7",
  name: "host-fault-detected",
  statement:
    "A host that is down, or that nobody reaches, and does not come back before, is declared dead after more than its heartbeat time-out less one period, and no more than the time-out; not when healing of hosts is off, and while nobody decides not before somebody does. Each attempt to restart it, and each step of its repair, ends by the instant drawn for it; one that was of no use leads to the next step, or to giving the host up, at that instant. When it is given up, every instance on it is placed elsewhere or is pending at that instant.",
  watch({ platform, broken }) {
    const { calendar, design, world } = platform;
    const { hosts } = world;
    const { period, timeout } = design.fabric.hostHeartbeat;
    const silent = new LeadsTo();
    const restart = new LeadsTo();
    const since = new NumberById(-1);
    const hostOf = new NumberById(-1);
    const onHost = new Map<number, Set<number>>();
    const moved = new Set<number>();
    const begun: number[] = [];
    const ended: number[] = [];
    const late = { silent: new Set<number>(), restart: new Set<number>() };
    let decides = true;
    const check = (now: number): void => {
      for (let host = silent.overdue(now); host >= 0; host = silent.overdue(now)) {
        if (decides) broken(`host ${host} is silent since ${since.get(host)} us, and is not declared dead`);
        late.silent.add(host);
      }
      for (let host = restart.overdue(now); host >= 0; host = restart.overdue(now)) {
        if (decides) broken(`the restart of host ${host} takes longer than was drawn`);
        late.restart.add(host);
      }
    };
    const hostChanged = (host: number, state: number, at: number): void => {
      restart.discharge(host);
      late.restart.delete(host);
      late.silent.delete(host);
      if (state === HostState.down || state === HostState.unreachable) {
        // it was not reached before it stopped: its heartbeats are missing already
        if (since.get(host) >= 0) return;
        since.set(host, at);
        if (design.fabric.healing.host) silent.oblige(host, at + timeout);
        return;
      }
      since.set(host, -1);
      silent.discharge(host);
      if (state === HostState.outForRepair) for (const instance of onHost.get(host) ?? []) moved.add(instance);
    };
    const leave = (instance: number): void => {
      moved.delete(instance);
      const host = hostOf.get(instance);
      if (host >= 0) onHost.get(host)?.delete(instance);
      hostOf.set(instance, -1);
    };
    return {
      listensTo: [
        FactKind.hostChanged,
        FactKind.hostDeclaredDead,
        FactKind.hostRepairStep,
        FactKind.hostRestartEnded,
        FactKind.instancePlaced,
        FactKind.instanceChanged,
        FactKind.controllerSilent,
        FactKind.controllerBack,
      ],
      hearsMove: leavesHome,
      observe({ at, kind, subject, value }) {
        check(at);
        switch (kind) {
          case FactKind.hostChanged:
            hostChanged(subject, value, at);
            return;
          case FactKind.hostDeclaredDead:
            if (at <= since.get(subject) + timeout - period)
              broken(`host ${subject} is declared dead ${at - since.get(subject)} us after it fell silent`);
            silent.discharge(subject);
            late.silent.delete(subject);
            begun.push(subject);
            return;
          case FactKind.hostRepairStep:
            begun.push(subject);
            return;
          case FactKind.hostRestartEnded:
            restart.discharge(subject);
            ended.push(subject);
            return;
          case FactKind.instancePlaced: {
            leave(subject);
            hostOf.set(subject, value);
            const here = onHost.get(value);
            if (here === undefined) onHost.set(value, new Set([subject]));
            else here.add(subject);
            return;
          }
          case FactKind.instanceChanged:
            leave(subject);
            return;
          case FactKind.controllerSilent:
            decides = false;
            return;
          default:
            decides = true;
            // what waited is decided at this instant
            for (const host of late.silent) silent.oblige(host, at);
            for (const host of late.restart) restart.oblige(host, at);
            late.silent.clear();
            late.restart.clear();
        }
      },
      afterTold() {
        while (ended.length > 0) {
          const host = ended.pop() ?? 0;
          if (hosts.state[host] === HostState.restarting && calendar.timeOf(hosts.timer[host]) >= never)
            broken(`the restart of host ${host} was of no use, and nothing follows`);
        }
        if (begun.length === 0 && moved.size === 0) return;
        for (let place = 0; place < begun.length; place++) {
          const by = calendar.timeOf(hosts.timer[begun[place]]);
          if (by < never) restart.oblige(begun[place], by);
        }
        begun.length = 0;
        if (moved.size === 0) return;
        const [left] = moved;
        broken(`instance ${left} is left on a host that is given up`);
      },
      look: () => check(calendar.now),
      atHorizon: () => check(calendar.now),
    };
  },
};
