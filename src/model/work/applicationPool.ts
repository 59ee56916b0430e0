import { sampleMicros } from "../../random/laws.ts";
import type { Program } from "../program.ts";
import type { Platform } from "../world.ts";

/**
 * What a request loses because the application pool is cold: the first one starts it, those that come meanwhile wait for it too.
 *
 * Cold is a pool that has not run since the role started, was idle for too long, or has been recycled since. All of that follows from
 * instants, so no event is needed.
 */
export function poolWarmUp(platform: Platform, instance: number, program: Program): number {
  const { instances } = platform.world;
  const now = platform.calendar.now;
  const { idleTimeout, recycleEvery } = program.design.iis;
  const sinceStart = now - instances.startedAt[instance];
  const recycledAt = now - (sinceStart % recycleEvery);
  const cold =
    instances.warmAt[instance] < 0 ||
    now - instances.usedAt[instance] >= idleTimeout ||
    (sinceStart >= recycleEvery && instances.warmAt[instance] < recycledAt);
  instances.usedAt[instance] = now;
  if (cold) instances.warmAt[instance] = now + sampleMicros(program.coldStart, platform.streams, instanceStream(platform, instance));
  return Math.max(0, instances.warmAt[instance] - now);
}

/** The stream of an instance's own durations (boot, start, stop, cold start), opened when it is first needed. */
export function instanceStream(platform: Platform, instance: number): number {
  const { instances } = platform.world;
  if (instances.stream[instance] < 0) instances.stream[instance] = openInstanceStream(platform, instance, "life");
  return instances.stream[instance];
}

/** Opens a stream for one purpose of an instance, named by its place in its role, and by its life where it is not the first one there. */
export function openInstanceStream({ world, design, streams }: Platform, instance: number, ...purpose: (string | number)[]): number {
  const { instances } = world;
  const group = world.groups[instances.group[instance]];
  const life = instances.life[instance];
  const again = life === 0 ? [] : ["again", life];
  return streams.open("instance", group.deployment, design.service.roles[group.role].name, instances.index[instance], ...again, ...purpose);
}
