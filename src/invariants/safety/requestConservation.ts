import { FactKind } from "../../model/facts.ts";
import type { Invariant } from "../invariant.ts";

/** S1. */
export const requestConservation: Invariant = {
  id: "S1",
  name: "request-conservation",
  statement: "After every event, the requests that have arrived are those that succeeded, those that failed, and those in flight.",
  watch({ platform, broken }) {
    let arrived = 0;
    let settled = 0;
    return {
      listensTo: [FactKind.requestArrived, FactKind.requestSucceeded, FactKind.requestFailed],
      observe({ kind }) {
        if (kind === FactKind.requestArrived) arrived++;
        else settled++;
      },
      afterEvent() {
        const { requestsInFlight } = platform.world;
        if (arrived !== settled + requestsInFlight) broken(`${arrived} arrived, ${settled} are settled, ${requestsInFlight} in flight`);
      },
      atEnd() {
        if (arrived !== settled) broken(`${arrived} arrived, and ${settled} are settled at the end`);
      },
    };
  },
};
