import { BackendAccount, Reply } from "../backendAccount.ts";
import type { Invariant } from "../invariant.ts";
import { LeadsTo } from "../leadsTo.ts";
import { firstTickAfter, probeOf } from "../ticks.ts";

/** T2. */
export const probeReadmission: Invariant = {
  id: "T2",
  name: "probe-readmission",
  statement:
    "An instance that is out of rotation and answers its probe is back in it by the tick that makes its successes enough, if it answers until then: `readmitAfter` ticks after it began to answer or was taken out, whichever is later, or `readmitAfterFlap` if that is more and instances that flap are treated so; at once without a probe.",
  watch({ platform, broken }) {
    const { calendar, world } = platform;
    const { backends } = world;
    const account = new BackendAccount(platform);
    const owed = new LeadsTo();
    const check = (now: number): void => {
      const backend = owed.overdue(now);
      if (backend >= 0 && account.isCurrent(backend))
        broken(`instance ${backends.instance[backend]} answers, and is still out of rotation ${backends.rotation[backend]}`);
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
    return {
      listensTo: BackendAccount.listensTo,
      observe(fact) {
        check(fact.at);
        account.hear(fact, changed);
      },
      look: () => check(calendar.now),
      atHorizon: () => check(calendar.now),
    };
  },
};
