import { compileLaw, type LawSpec, sampleMicros } from "../random/laws.ts";
import { isCalm } from "./calm.ts";
import { type BugSite, bugSites } from "./design/buggify.ts";
import { FactKind } from "./facts.ts";
import type { Platform } from "./world.ts";

/**
 * Sites: places in the model that go wrong by chance, each with a stream of its own. A site is active in a share of runs, and fires in a share of
 * its calls while it is; without `buggify` nothing is drawn, and once the faults have ended, and after the horizon, nothing fires.
 */

/** Opens the streams of the sites that are active in this run; sites that are not draw nothing more. */
export function activateSites({ design, streams, world }: Platform): void {
  const { buggify } = design;
  if (buggify === undefined) return;
  bugSites.forEach((site, id) => {
    const isActive = buggify.sites.includes(site) && streams.once("buggify", site, "active") < buggify.active;
    world.bugStreams[id] = isActive ? streams.open("buggify", site) : -1;
  });
}

/** Whether a site fires now; `subject` is the instance or message that it is about, and is told. */
export function bugFires(platform: Platform, site: BugSite, subject: number): boolean {
  const { design, streams, trace, world } = platform;
  if (design.buggify === undefined) return false;
  const id = bugSites.indexOf(site);
  const stream = world.bugStreams[id];
  if (stream < 0 || isCalm(world) || streams.uniform(stream) >= design.buggify.fires) return false;
  trace.emit(FactKind.bugFired, id, subject, -1);
  return true;
}

/** What a site that delays something about an instance adds to it in whole microseconds: 0 when it does not fire. */
export function bugDelay(platform: Platform, site: "slow-boot" | "late-report", instance: number): number {
  const { buggify } = platform.design;
  if (buggify === undefined || !bugFires(platform, site, instance)) return 0;
  const law: LawSpec = site === "slow-boot" ? buggify.slowBoot : buggify.lateReport;
  return sampleMicros(compileLaw(law), platform.streams, platform.world.bugStreams[bugSites.indexOf(site)]);
}
