import { availabilityOverTime } from "./availabilityOverTime.ts";
import type { Chart } from "./chart.ts";
import { failuresByCause } from "./failuresByCause.ts";
import { instanceStates } from "./instanceStates.ts";
import { latencyOverTime } from "./latencyOverTime.ts";
import { queueDepth } from "./queueDepth.ts";
import { whatHappened } from "./whatHappened.ts";

/** Every kind of picture, in the order of the report. */
export const charts: readonly Chart[] = [whatHappened, availabilityOverTime, latencyOverTime, instanceStates, failuresByCause, queueDepth];
