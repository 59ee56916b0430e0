import { topology } from "./topology.ts";

/** Arbitraries of fast-check for scenarios and their parts: valid by construction, shrinking towards the plainest. */
export const arb = { topology } as const;
