import type { Invariant } from "./invariant.ts";
import { monotoneClock } from "./safety/monotoneClock.ts";
import { requestConservation } from "./safety/requestConservation.ts";

/** The catalogue of what holds in every run, in the order of its ids: one line each. */
export const invariants: readonly Invariant[] = [
  // safety: at every event
  requestConservation,
  monotoneClock,
  // temporal: within a time
];
