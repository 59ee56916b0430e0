import { FactKind } from "../../model/facts.ts";
import { RequestAccount } from "../accounts/requests.ts";
import type { Invariant } from "../invariant.ts";
import { isDown, LifeTally } from "../lifeTally.ts";
import { QueueTally } from "../queueTally.ts";
import { RequestTally } from "../requestTally.ts";

/** S24. */
export const metricsTraceAgreement: Invariant = {
  id: "S24",
  name: "metrics-trace-agreement",
  statement:
    "What is measured is what the facts say, exactly: requests by client and by window of their arrival, their failures by cause, their latencies (number, sum and largest), those within the threshold and the time-outs; attempts, retries and hedges by client, by window and by cause; messages of each queue by what became of them, their ages and the deepest the queue was; down time of instances, up time of stores, stops and changes of roles, and how operations ended. Availability, quantiles, disks and backlogs are compared by S22, S23, S17 and S19.",
  watch({ account, platform, measured, broken }) {
    const requests = new RequestTally(platform, account(RequestAccount));
    const queues = new QueueTally(platform);
    const life = new LifeTally(platform);
    const differs = (what: string, theirs: number, ours: number): void => {
      if (theirs !== ours) broken(`${what}: ${theirs} is measured, ${ours} by the facts`);
    };
    return {
      listensTo: [...requests.listensTo, ...queues.listensTo, ...life.listensTo],
      hearsMove: (from, to) => isDown(from) !== isDown(to),
      observe(fact) {
        if (fact.kind <= FactKind.requestFailed || fact.kind === FactKind.attemptStarted || fact.kind === FactKind.attemptFailed)
          requests.hear(fact);
        else if (fact.kind < FactKind.faultStruck || (fact.kind >= FactKind.messageDeadLettered && fact.kind <= FactKind.messageLost))
          queues.hear(fact);
        else life.hear(fact);
      },
      atHorizon() {
        queues.compare(measured, differs);
        life.compareAtHorizon(measured, differs);
      },
      atEnd() {
        requests.compare(measured, differs);
        life.compareAtEnd(measured, differs);
      },
    };
  },
};
