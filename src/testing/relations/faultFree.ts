import { expectFigure } from "./figures.ts";
import { calm } from "./reduced.ts";
import type { Relation } from "./relation.ts";

/** M8. */
export const faultFree: Relation = {
  id: "M8",
  name: "fault-free",
  statement:
    "A scenario without faults, defects, buggify, operations, scaling, limits and time-outs, with room for all its instances, of which one is enough, is available throughout: no request fails, nothing is down, nothing restarts. (Requests that are unsettled an hour after the horizon are left out: they are there when the load is more than the capacity.)",
  exactness: "conditional",
  applies: () => true,
  check({ design, seed }, { replay }) {
    const run = replay("the run without faults", calm(design), seed, { keep: "none" });
    const { availability, downtime, requests, restarts } = run.figures;
    const expected = "a run in which nothing fails";
    expectFigure(faultFree, run.name, expected, "failed requests", requests.failed - (requests.failedByCause.unsettled ?? 0), 0);
    expectFigure(faultFree, run.name, expected, "restarts", restarts, 0);
    expectFigure(faultFree, run.name, expected, "seconds of down time", downtime.seconds, 0);
    for (const key of ["time", "capacity", "reachable"] as const) {
      expectFigure(faultFree, run.name, expected, `availability.${key}`, availability[key] ?? 1, 1);
    }
  },
};
