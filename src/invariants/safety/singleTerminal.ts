import { RequestAccount } from "../accounts/requests.ts";
import type { Invariant } from "../invariant.ts";

/** S2. */
export const singleTerminal: Invariant = {
  id: "S2",
  name: "single-terminal",
  statement:
    "Every request is settled exactly once, as succeeded or failed, after it arrived; after that nothing more is told of it. An attempt fails at most once, after it started, and belongs to a request that is still open when it starts. Attempts that nobody waits for any more, because another one was answered, end without a fact.",
  watch({ account, broken }) {
    const requests = account(RequestAccount);
    requests.misstep = broken;
    return {
      atEnd() {
        const open = requests.arrived - requests.settled;
        if (open !== 0) broken(`${open} requests are not settled at the end`);
      },
    };
  },
};
