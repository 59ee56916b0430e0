import { FactKind } from "../../model/facts.ts";
import type { Invariant } from "../invariant.ts";
import { servingInstance } from "../serving.ts";

/** S18. */
export const durableStore: Invariant = {
  id: "S18",
  name: "durable-store",
  statement:
    "What a store has acknowledged it keeps, whatever becomes of instances, hosts and fault domains: the number of its writes never goes down, and holds every write of every request that succeeded and of every message that was worked on to its end. While a store is out it acknowledges nothing.",
  watch({ platform, broken }) {
    const { world, catalogue } = platform;
    const { stores, instances } = world;
    /** By program, the store of each of its write steps. */
    const writesOf = catalogue.programs.map(({ calls }) =>
      calls.filter(({ isWrite, kind }) => kind === "store" && isWrite).map(({ id }) => id),
    );
    const wanted = new Float64Array(stores.length);
    const before = new Float64Array(stores.length);
    const atOutage = new Float64Array(stores.length).fill(-1);
    const writes = writesOf.some((list) => list.length > 0);
    const work = [FactKind.requestSucceeded, FactKind.messageCompleted, FactKind.messageDuplicated];
    return {
      listensTo: [FactKind.storeChanged, ...(writes ? work : [])],
      observe({ kind, subject, value }) {
        if (kind === FactKind.storeChanged) {
          const calls = stores[subject].reads + stores[subject].writes;
          if (value === 0) atOutage[subject] = calls;
          else if (atOutage[subject] >= 0 && calls !== atOutage[subject])
            broken(`store ${subject} has acknowledged ${calls - atOutage[subject]} calls while it was out`);
          if (value === 1) atOutage[subject] = -1;
          return;
        }
        const steps = writesOf[instances.program[servingInstance(platform)]];
        for (let step = 0; step < steps.length; step++) {
          const store = steps[step];
          wanted[store]++;
          if (stores[store].writes < wanted[store])
            broken(`${wanted[store]} writes to store ${store} were acknowledged, and it has ${stores[store].writes}`);
        }
      },
      look() {
        for (let store = 0; store < stores.length; store++) {
          const now = stores[store].writes;
          if (now < before[store]) broken(`store ${store} had ${before[store]} writes, and has ${now}`);
          before[store] = now;
        }
      },
    };
  },
};
