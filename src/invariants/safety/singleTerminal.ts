import { FactKind } from "../../model/facts.ts";
import type { Invariant } from "../invariant.ts";
import { NumberById } from "../numberById.ts";

/** Where the record of a request stands, by the facts told of it. */
const Stage = { unused: 0, open: 1, settled: 2, attempt: 3, failed: 4 } as const;
const words = ["never begun", "an open request", "a settled request", "an attempt under way", "a failed attempt"];

/** S2. */
export const singleTerminal: Invariant = {
  id: "S2",
  name: "single-terminal",
  statement:
    "Every request is settled exactly once, as succeeded or failed, after it arrived; after that nothing more is told of it. An attempt fails at most once, after it started, and belongs to a request that is still open when it starts. Attempts that nobody waits for any more, because another one was answered, end without a fact.",
  watch({ broken }) {
    const stages = new NumberById(Stage.unused);
    let open = 0;
    const begin = (id: number, stage: number): void => {
      if (stages.get(id) === Stage.open) broken(`request ${id} begins anew while it is open`);
      stages.set(id, stage);
    };
    const end = (id: number, from: number, to: number, what: string): void => {
      const stage = stages.get(id);
      if (stage !== from) broken(`request ${id} ${what}, and is ${words[stage]}`);
      stages.set(id, to);
    };
    return {
      listensTo: [
        FactKind.requestArrived,
        FactKind.requestSent,
        FactKind.requestSucceeded,
        FactKind.requestFailed,
        FactKind.attemptStarted,
        FactKind.attemptFailed,
      ],
      observe({ kind, subject, value }) {
        switch (kind) {
          case FactKind.requestArrived:
            begin(subject, Stage.open);
            open++;
            break;
          case FactKind.requestSent: {
            const stage = stages.get(subject);
            if (stage !== Stage.open && stage !== Stage.attempt) broken(`request ${subject} is sent, and is ${words[stage]}`);
            break;
          }
          case FactKind.attemptStarted:
            if (stages.get(value) !== Stage.open)
              broken(`attempt ${subject} starts for request ${value}, which is ${words[stages.get(value)]}`);
            begin(subject, Stage.attempt);
            break;
          case FactKind.attemptFailed:
            end(subject, Stage.attempt, Stage.failed, "fails as an attempt");
            break;
          default:
            end(subject, Stage.open, Stage.settled, kind === FactKind.requestSucceeded ? "succeeds" : "fails");
            open--;
        }
      },
      atEnd() {
        if (open !== 0) broken(`${open} requests are not settled at the end`);
      },
    };
  },
};
