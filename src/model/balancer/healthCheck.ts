import type { HealthCheckDesign } from "../design.ts";
import { EventKind } from "../events.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";

/**
 * Health check of App Service: the application of each instance is pinged on the minute. After so many failures in a row the instance gets no
 * more requests, and when it stays so for an hour it is replaced. Pings that can change nothing are no events: only the failure that excludes
 * is scheduled.
 */

/** The instance may answer its pings differently from now on. */
export function healthChanged(platform: Platform, instance: number, check: HealthCheckDesign): void {
  const { world, calendar } = platform;
  const { instances } = world;
  const state = instances.state[instance];
  if (state === InstanceState.ready || state === InstanceState.deleted) {
    calendar.cancel(instances.healthEvent[instance]);
    instances.healthEvent[instance] = -1;
    instances.excluded[instance] = 0;
  } else if (instances.healthEvent[instance] < 0) {
    const firstPing = (Math.floor(calendar.now / check.interval) + 1) * check.interval;
    const at = firstPing + (check.failures - 1) * check.interval;
    instances.healthEvent[instance] = calendar.schedule(at, EventKind.healthCheckFailed, instance);
  }
}

/** Whether one more instance of its role may be excluded: at most half of them, and never the only one. */
export function mayExclude({ world }: Platform, instance: number): boolean {
  const group = world.groups[world.instances.group[instance]];
  let excluded = 0;
  for (const other of group.instances) excluded += world.instances.excluded[other];
  return group.asked > 1 && excluded + 1 <= group.asked / 2;
}
