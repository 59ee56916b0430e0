import { type BuggifyDesign, bugSites } from "../../model/design/buggify.ts";
import type { ReadScenario } from "../schema/scenario.ts";
import type { Context } from "./context.ts";

/** A site that always fires would go on for ever: a message delivered again and again. */
const mostFires = 0.9;

/** Section `buggify` with its defaults; undefined when nothing goes wrong by chance. */
export function resolveBuggify(given: ReadScenario["buggify"], context: Context): BuggifyDesign | undefined {
  if (given === undefined) return undefined;
  const { buggify: defaults } = context.defaults;
  if (given === "default") return defaults;
  if (given.fires !== undefined && given.fires > mostFires)
    context.complain(["buggify", "fires"], "at most 90%: a site that always fires goes on for ever");
  return {
    sites: bugSites.filter((site) => given.sites?.includes(site) ?? true),
    active: given.active ?? defaults.active,
    fires: given.fires ?? defaults.fires,
    slowBoot: context.law(given.slowBoot, defaults.slowBoot, "buggify", "slowBoot"),
    lateReport: context.law(given.lateReport, defaults.lateReport, "buggify", "lateReport"),
  };
}
