import type { CallPolicy } from "../../model/clientProgram.ts";
import { FactKind } from "../../model/facts.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** S28. */
export const retryBudget: Invariant = {
  id: "S28",
  name: "retry-budget",
  statement:
    "A request has at most as many tries as its client's policy says, and beside each at most one hedge, not before the hedge's delay; no attempt begins after it is settled. A try after one that failed waits for no less than its back-off: the doubled wait with no jitter, half of it with equal jitter, the first wait with decorrelated jitter, nothing with full jitter. Every attempt belongs to the client of its request and asks for the same work. With a budget, a client's retries and hedges are never more than its burst and what its requests and the time so far have filled in.",
  watch({ platform, broken }) {
    const { catalogue, design, world } = platform;
    const { requests } = world;
    /** By request: tries so far, its open attempts, when the last of them failed; -1 for one that is settled. By attempt: its request. */
    const tries = new NumberById(-1);
    const open = new NumberById(0);
    const startedAt = new NumberById(0);
    const failedAt = new NumberById(-1);
    const wholeOf = new NumberById(-1);
    const policies = catalogue.clients.map(({ policy }) => policy);
    const arrived = new Float64Array(design.clients.length);
    const extra = new Float64Array(design.clients.length);
    const begin = (whole: number, policy: CallPolicy, client: number, at: number): void => {
      if (open.get(whole) > 0) {
        if (open.get(whole) > 1) broken(`request ${whole} has a third attempt under way`);
        if (at < startedAt.get(whole) + policy.hedge)
          broken(`a hedge of request ${whole} starts ${at - startedAt.get(whole)} us after its try`);
        extra[client]++;
      } else {
        const before = tries.get(whole);
        if (before >= policy.tries) broken(`request ${whole} is tried more than ${policy.tries} times`);
        const waited = at - failedAt.get(whole);
        if (before > 0) extra[client]++;
        if (before > 0 && waited < shortestWait(policy, before)) broken(`request ${whole} is tried again after ${waited} us`);
        tries.set(whole, before + 1);
        startedAt.set(whole, at);
      }
      open.add(whole, 1);
      const { budget } = policy;
      // a sum of fractions is off by less than this
      if (budget !== undefined && extra[client] > budget.burst + budget.ratio * arrived[client] + budget.min * at + 1e-3)
        broken(`client ${client} has retried ${extra[client]} times after ${arrived[client]} requests`);
    };
    return {
      listensTo: policies.every((policy) => policy === undefined)
        ? []
        : [FactKind.requestArrived, FactKind.attemptStarted, FactKind.attemptFailed, FactKind.requestSucceeded, FactKind.requestFailed],
      observe({ kind, subject, value, at }) {
        switch (kind) {
          case FactKind.requestArrived:
            if (policies[value] === undefined) return;
            arrived[value]++;
            tries.set(subject, 0);
            open.set(subject, 0);
            return;
          case FactKind.attemptStarted: {
            const client = requests.client[value];
            const policy = policies[client];
            if (policy === undefined || tries.get(value) < 0) broken(`an attempt of request ${value} begins, which has none or is settled`);
            else begin(value, policy, client, at);
            wholeOf.set(subject, value);
            if (requests.client[subject] !== client || requests.demand[subject] !== requests.demand[value])
              broken(`attempt ${subject} is not for the work of request ${value}`);
            return;
          }
          case FactKind.attemptFailed: {
            const whole = wholeOf.get(subject);
            open.add(whole, -1);
            failedAt.set(whole, at);
            return;
          }
          default:
            tries.set(subject, -1);
        }
      },
    };
  },
};

/** The shortest wait after so many tries; tries that a breaker holds back only make it longer. */
function shortestWait({ first, max, jitter }: CallPolicy, tries: number): number {
  if (jitter === "full") return 0;
  if (jitter === "decorrelated") return first;
  let wait = first;
  for (let doubled = 1; doubled < tries && wait < max; doubled++) wait = Math.min(max, 2 * wait);
  return jitter === "equal" ? Math.floor(wait / 2) : wait;
}
