import fc from "fast-check";
import { bugSites } from "../../model/design/buggify.ts";
import type { Scenario } from "../../scenario/schema/scenario.ts";
import { maybe, pick, record } from "./pick.ts";

/** Section `buggify` of a scenario. */
export type Buggify = NonNullable<Scenario["buggify"]>;

const own: fc.Arbitrary<Buggify> = record({
  sites: maybe(fc.subarray([...bugSites], { minLength: 1 })),
  active: maybe(pick("100%", "50%")),
  fires: maybe(pick("30%", "90%")),
  slowBoot: maybe(pick("10s", "exponential(20s)")),
  lateReport: maybe(pick("10s", "exponential(20s)")),
});

/** What goes wrong by chance: every site, or some of them, more often. */
export const buggify: fc.Arbitrary<Buggify> = fc.oneof(pick("default"), own);
