import type fc from "fast-check";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { among } from "./pick.ts";

/** Section `patching` of a scenario. */
export type Patching = NonNullable<Scenario["patching"]>;

/** Patch calendars: quick ones with every pass, the documented one, none. */
export const patching: fc.Arbitrary<Patching> = among<Patching>(
  "none",
  {
    hostOs: { every: "100s", after: "uniform(0s, 40s)", duration: "7s", between: "5s" },
    guestOs: { every: "100s", after: "30s", disabledAfter: "1d", forcedAfter: "1min" },
    guestAgent: { every: "never", duration: "2s" },
  },
  { hostOs: { every: "never" }, guestOs: { every: "never" }, guestAgent: { every: "2min", after: "10s", duration: "2s" } },
  "default",
);
