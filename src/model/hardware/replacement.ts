import { day } from "../../kernel/time.ts";
import { mayExclude } from "../balancer/healthCheck.ts";
import { answersChanged } from "../balancer/probes.ts";
import { EventKind } from "../events.ts";
import { FactKind } from "../facts.ts";
import { DiskEvent, diskEvent } from "../roles/disks.ts";
import { loseVm } from "../roles/vm.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { relocate } from "./placement.ts";

/** Event: the last ping but so many has failed. The instance gets no more requests, unless too many are without them already. */
export function healthCheckFailed(platform: Platform, instance: number): void {
  const { world, calendar, design, trace } = platform;
  const { instances } = world;
  const check = design.hosting.healthCheck;
  instances.healthEvent[instance] = -1;
  if (check === undefined || world.closed) return;
  if (!mayExclude(platform, instance)) {
    instances.healthEvent[instance] = calendar.schedule(calendar.now + check.interval, EventKind.healthCheckFailed, instance);
    return;
  }
  instances.excluded[instance] = 1;
  const fact = trace.emit(FactKind.instanceExcluded, instance, calendar.now - instances.since[instance], instances.cause[instance]);
  instances.healthEvent[instance] = calendar.schedule(calendar.now + check.replaceAfter, EventKind.unhealthyReplaced, instance);
  answersChanged(platform, instance, fact);
}

/** Event: an instance has been unhealthy for so long that it is replaced, when its plan has had few enough replacements. */
export function unhealthyReplaced(platform: Platform, instance: number): void {
  const { world, calendar, design, trace } = platform;
  const { instances, replacements } = world;
  const check = design.hosting.healthCheck;
  instances.healthEvent[instance] = -1;
  if (check === undefined || world.closed) return;
  const mayAt = nextReplacementAt(replacements, check.replaceEvery, check.replacementsADay);
  if (mayAt > calendar.now) {
    instances.healthEvent[instance] = calendar.schedule(mayAt, EventKind.unhealthyReplaced, instance);
    return;
  }
  if (!isReplaceable(instances.state[instance])) {
    instances.healthEvent[instance] = calendar.schedule(calendar.now + check.interval, EventKind.unhealthyReplaced, instance);
    return;
  }
  replacements.push(calendar.now);
  const fact = trace.emit(FactKind.instanceReplaced, instance, calendar.now - instances.since[instance], instances.cause[instance]);
  loseVm(platform, instance, instances.incident[instance], fact);
  instances.restarts[instance]++;
  diskEvent(platform, instance, DiskEvent.move);
  relocate(platform, instance, fact);
}

/** The first instant at which the plan may have another replacement. */
function nextReplacementAt(before: readonly number[], every: number, aDay: number): number {
  const last = before[before.length - 1] ?? Number.NEGATIVE_INFINITY;
  const oldest = before.length < aDay ? Number.NEGATIVE_INFINITY : before[before.length - aDay];
  return Math.max(last + every, oldest + day);
}

/** What is being started, or stopped as planned, is in other hands. */
function isReplaceable(state: number): boolean {
  switch (state) {
    case InstanceState.hung:
    case InstanceState.webDown:
    case InstanceState.recycling:
    case InstanceState.dead:
      return true;
    default:
      return false;
  }
}
