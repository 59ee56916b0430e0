import { EventKind } from "../../model/events.ts";
import { FactKind } from "../../model/facts.ts";
import { BackendAccount, Reply } from "../backendAccount.ts";
import type { Invariant } from "../invariant.ts";
import { LeadsTo } from "../leadsTo.ts";
import { firstTickAfter, lastTickUntil, probeOf } from "../ticks.ts";

/** T1. */
export const probeEviction: Invariant = {
  id: "T1",
  name: "probe-eviction",
  statement:
    "An instance that is in rotation and does not answer its probe is out of it by the tick that decides so, if it does not answer until then: with `misses: n` the n-th tick after it stopped, and its response time-out more if it was silent since; else the next tick if it says no, and `evictAfter` after the last tick it answered if it is silent; at once without a probe. While it is out, the balancer sends it no new flow. Not so an endpoint that ignores the status, and the only instance its role is asked for: they stay; a role that is asked for more again begins then. To a probe that asks the guest agent, a hung role answers.",
  watch({ platform, broken }) {
    const { calendar, catalogue, world } = platform;
    const { backends, instances, requests, rotations } = world;
    const account = new BackendAccount(platform);
    const owed = new LeadsTo();
    /** Whether a client's flows all go through the balancer, each to whom it chooses then. */
    const balanced = catalogue.clients.map(({ direct, sessions }) => direct < 0 && !sessions);
    const check = (now: number): void => {
      for (let backend = owed.overdue(now); backend >= 0; backend = owed.overdue(now)) {
        if (!account.isCurrent(backend)) continue;
        broken(`instance ${backends.instance[backend]} does not answer, and is still in rotation ${backends.rotation[backend]}`);
      }
    };
    const changed = (backend: number, at: number): void => {
      const { badSince, madeAt, reply, since, wasSilent } = account.replyOf(backend);
      if (!account.isInRotation(backend) || reply === Reply.yes || account.stays(backend)) {
        owed.discharge(backend);
        return;
      }
      const probe = probeOf(platform, backend);
      let by = at;
      if (probe.kind === "none") by = at;
      else if (probe.misses > 0)
        by = firstTickAfter(platform, backend, badSince) + (probe.misses - 1) * probe.interval + (wasSilent ? probe.responseTimeout : 0);
      else if (reply === Reply.silence) by = Math.max(madeAt, lastTickUntil(platform, backend, badSince)) + probe.evictAfter;
      else by = firstTickAfter(platform, backend, since);
      // what it has not answered before counts as soon as its role is asked for more
      owed.oblige(backend, Math.max(at, by));
    };
    const sent = (request: number, instance: number): void => {
      const { kind } = calendar;
      // what a handler asks of another role is no flow of the balancer's
      if (kind !== EventKind.clientArrived && kind !== EventKind.retryDue && kind !== EventKind.hedgeDue) return;
      const client = requests.client[request];
      if (!balanced[client]) return;
      for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
        if (rotations[backends.rotation[backend]].endpoint !== catalogue.clients[client].endpoint) continue;
        if (!account.isInRotation(backend)) broken(`a new flow of client ${client} goes to instance ${instance}, which is out of rotation`);
      }
    };
    return {
      listensTo: [FactKind.requestSent, ...BackendAccount.listensTo],
      hearsMove: () => platform.catalogue.endpoints.length > 0,
      observe(fact) {
        if (fact.kind === FactKind.requestSent) {
          sent(fact.subject, fact.value);
          return;
        }
        check(fact.at);
        account.hear(fact, changed);
      },
      look: () => check(calendar.now),
      atHorizon: () => check(calendar.now),
    };
  },
};
