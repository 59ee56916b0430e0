import { FactKind } from "../../model/facts.ts";
import { HostState, InstanceState } from "../../model/status.ts";
import { leavesHome, Placements } from "../accounts/placements.ts";
import type { Invariant } from "../invariant.ts";
import { Moves } from "../moves.ts";
import { NumberById } from "../numberById.ts";

/** S6. */
export const singleHome: Invariant = {
  id: "S6",
  name: "single-home",
  statement:
    "An instance runs on one host that anybody reaches. It is placed only when nothing of it serves where it was; one that runs on behind a switch that failed, and was given up, is stopped there before its host is reached again, unless the host has stopped before.",
  watch({ account, platform, broken }) {
    const moves = account(Moves);
    const lastHost = new NumberById(-1);
    const strays: { readonly instance: number; readonly host: number }[] = [];
    const placements = new Placements(platform, {
      comes(instance, host) {
        if (serves(moves.stateOf(instance)))
          broken(`instance ${instance} is placed on host ${host}, and serves in state ${moves.stateOf(instance)}`);
      },
    });
    const forget = (instance: number, host: number): void => {
      const place = strays.findIndex((stray) => stray.instance === instance && stray.host === host);
      if (place < 0) broken(`instance ${instance} is stopped on host ${host}, where it does not run`);
      strays.splice(place, 1);
    };
    return {
      // a host that nobody reaches stops by a fault that may tell nothing else
      listensTo: [...Placements.listensTo, FactKind.strayStopped, FactKind.faultStruck],
      hearsMove: (from, to) => isLost(from, to) || leavesHome(from, to),
      observe(fact) {
        const { kind, subject, value } = fact;
        if (kind === FactKind.faultStruck) return;
        if (kind === FactKind.strayStopped) {
          forget(subject, value);
          return;
        }
        if (kind === FactKind.instanceChanged) {
          const host = lastHost.get(subject);
          // lost to everybody while its host runs on where nobody reaches it
          if (isLost(moves.from, value) && platform.world.hosts.cutOff[host] === 1) strays.push({ instance: subject, host });
        } else if (kind === FactKind.instancePlaced) lastHost.set(subject, value);
        placements.observe(fact);
      },
      afterTold() {
        for (let place = strays.length - 1; place >= 0; place--) {
          const { host, instance } = strays[place];
          const { cutOff, state: hostState } = platform.world.hosts;
          if (cutOff[host] === 1) continue;
          if (hostState[host] === HostState.up)
            broken(`instance ${instance} runs on host ${host}, which is reached again, and is at home on ${placements.home.get(instance)}`);
          strays.splice(place, 1);
        }
      },
    };
  },
};

function isLost(from: number, to: number): boolean {
  return to === InstanceState.dead && from === InstanceState.unreachable;
}

function serves(state: number): boolean {
  switch (state) {
    case InstanceState.ready:
    case InstanceState.hung:
    case InstanceState.webDown:
    case InstanceState.draining:
    case InstanceState.paused:
    case InstanceState.unreachable:
      return true;
    default:
      return false;
  }
}
