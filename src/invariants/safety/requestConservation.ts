import { RequestAccount } from "../accounts/requests.ts";
import type { Invariant } from "../invariant.ts";

/** S1. */
export const requestConservation: Invariant = {
  id: "S1",
  name: "request-conservation",
  statement: "After every event, the requests that have arrived are those that succeeded, those that failed, and those in flight.",
  watch({ account, platform, broken }) {
    const requests = account(RequestAccount);
    const { world } = platform;
    return {
      afterEvent() {
        const { arrived, settled } = requests;
        if (arrived !== settled + world.requestsInFlight)
          broken(`${arrived} arrived, ${settled} are settled, ${world.requestsInFlight} in flight`);
      },
      atEnd() {
        const { arrived, settled } = requests;
        if (arrived !== settled) broken(`${arrived} arrived, and ${settled} are settled at the end`);
      },
    };
  },
};
