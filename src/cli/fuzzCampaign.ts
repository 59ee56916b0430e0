import { loadPlugins } from "../node/plugins.ts";
import type { CampaignOptions } from "../testing/campaign/options.ts";
import { UsageError } from "./usageError.ts";

/** What chooses the scenarios of `nines fuzz` and what is checked in each, as plain data: every thread makes the same campaign of it. */
export interface FuzzSettings {
  readonly seed: number;
  readonly relations: NonNullable<CampaignOptions["relations"]>;
  /** Files of the user's own. */
  readonly plugin: readonly string[];
}

/** The campaign that a thread leads; throws FileRefused for a plugin that cannot be loaded, UsageError where fast-check is missing. */
export async function fuzzCampaign({ plugin, relations, seed }: FuzzSettings): Promise<CampaignOptions> {
  const { invariants, policies } = await loadPlugins(plugin);
  return { scenarios: (await arbitraries()).scenario(), seed, relations, properties: invariants, policies };
}

/** fast-check is there for those who test, and not for those who only run scenarios. */
async function arbitraries() {
  try {
    return (await import("../testing/arbitraries/index.ts")).arb;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    throw new UsageError("scenarios are drawn with fast-check, which is not installed", "npm i -D fast-check");
  }
}
