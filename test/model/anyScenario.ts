import { arb } from "../../src/testing/index.ts";

/** Small scenarios in which anything may happen, drawn by the kit that users have. */
export const anyScenario = arb.scenario({ size: "small" });
