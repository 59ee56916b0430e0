import { workerData } from "node:worker_threads";
import { serve } from "../node/poolWorker.ts";
import { drawn, type Observed, observe } from "../testing/campaign/observe.ts";
import { type Found, foundIn, shrunk } from "../testing/campaign/shrink.ts";
import { type FuzzSettings, fuzzCampaign } from "./fuzzCampaign.ts";

/** What a thread of `nines fuzz` is told: check scenario `index`, or make it small because it fails with a mistake. */
export interface FuzzTask {
  readonly index: number;
  readonly mistake?: string;
}

/** What came of it; nothing when a scenario that was to be made small does not fail. */
export interface FuzzAnswer {
  readonly observed?: Observed;
  readonly found?: Found;
}

const settings: FuzzSettings = workerData;
const campaign = await fuzzCampaign(settings);

serve<FuzzTask, FuzzAnswer>(({ index, mistake }) => {
  if (mistake !== undefined) {
    const found = shrunk(campaign, index, mistake);
    return found === undefined ? {} : { found };
  }
  const scenario = drawn(campaign, index);
  try {
    return { observed: observe(campaign, index, scenario) };
  } catch (error) {
    return { found: foundIn(campaign, index, scenario, error) };
  }
});
