import type { Platform } from "../world.ts";
import { computing } from "./sharing.ts";

/**
 * For how long the slots of an instance were busy up to now, in microseconds of slots; under processor sharing, its cores. Work that nobody waits
 * for counts as any other. Only differences over time in which the instance was ready mean something: a frozen VM keeps its slots.
 */
export function busyTimeOf(platform: Platform, instance: number): number {
  const { world, calendar, catalogue } = platform;
  const { instances, requests } = world;
  const { cores, shared } = catalogue.programs[instances.program[instance]];
  let busyTime = instances.busyTime[instance];
  if (shared) return busyTime + (calendar.now - instances.sharedAt[instance]) * Math.min(computing(platform, instance), cores);
  for (let held = instances.serviceHead[instance]; held >= 0; held = requests.next[held])
    busyTime += calendar.now - requests.startedAt[held];
  return busyTime;
}

/** How many slots an instance has; under processor sharing, cores. */
export function slotsOf({ world, catalogue }: Platform, instance: number): number {
  const { concurrency, cores, shared } = catalogue.programs[world.instances.program[instance]];
  return shared ? cores : concurrency;
}
