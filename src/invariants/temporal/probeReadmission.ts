import { bugSites } from "../../model/design/buggify.ts";
import { FactKind } from "../../model/facts.ts";
import { BackendAccount, Reply } from "../backendAccount.ts";
import type { Invariant } from "../invariant.ts";
import { LeadsTo } from "../leadsTo.ts";
import { firstTickAfter, probeOf } from "../ticks.ts";

/** Number of the site in the fact that it fires. */
const lostProbe = bugSites.indexOf("lost-probe");

/** T2. */
export const probeReadmission: Invariant = {
  id: "T2",
  name: "probe-readmission",
  statement:
    "An instance that is out of rotation and answers its probe is back in it by the tick that makes its successes enough, if it answers until then: `readmitAfter` ticks after it began to answer or was taken out, whichever is later, or `readmitAfterFlap` if that is more and instances that flap are treated so; at once without a probe. A probe that the site lost-probe of buggify loses begins the successes anew.",
  watch({ platform, broken }) {
    const { calendar, world } = platform;
    const { backends } = world;
    const account = new BackendAccount(platform);
    const owed = new LeadsTo();
    const check = (now: number): void => {
      for (let backend = owed.overdue(now); backend >= 0; backend = owed.overdue(now)) {
        if (!account.isCurrent(backend)) continue;
        broken(`instance ${backends.instance[backend]} answers, and is still out of rotation ${backends.rotation[backend]}`);
      }
    };
    const changed = (backend: number, at: number): void => {
      const { madeAt, reply } = account.replyOf(backend);
      // the record may have been another instance's
      if (madeAt === at || account.isInRotation(backend) || reply !== Reply.yes) owed.discharge(backend);
      if (account.isInRotation(backend) || reply !== Reply.yes) return;
      if (owed.dueAt(backend) !== Number.POSITIVE_INFINITY) return;
      const { flapWithin, interval, kind, readmitAfter, readmitAfterFlap } = probeOf(platform, backend);
      const successes = flapWithin > 0 ? Math.max(readmitAfter, readmitAfterFlap) : readmitAfter;
      owed.oblige(backend, kind === "none" ? at : firstTickAfter(platform, backend, at) + (successes - 1) * interval);
    };
    const probeLost = (instance: number, at: number): void => {
      for (let backend = world.instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
        if (owed.dueAt(backend) === Number.POSITIVE_INFINITY) continue;
        owed.discharge(backend);
        changed(backend, at);
      }
    };
    return {
      listensTo: [...BackendAccount.listensTo, FactKind.bugFired],
      hearsMove: () => platform.catalogue.endpoints.length > 0,
      observe(fact) {
        check(fact.at);
        if (fact.kind === FactKind.bugFired) {
          if (fact.subject === lostProbe) probeLost(fact.value, fact.at);
          return;
        }
        account.hear(fact, changed);
      },
      look: () => check(calendar.now),
      atHorizon: () => check(calendar.now),
    };
  },
};
