import { never } from "../../kernel/time.ts";
import { blame } from "../balancer/rotation.ts";
import type { EventKind } from "../events.ts";
import { InstanceState } from "../status.ts";
import { takeMessages } from "../storage/queue.ts";
import { startWaiting } from "../work/station.ts";
import type { Platform } from "../world.ts";
import { Impaired } from "./ailments.ts";
import { becomeReady, moveTo, shelveFault, takeUpFault, wait } from "./lifecycle.ts";
import { endDrainIfEmpty } from "./withdraw.ts";

/**
 * An instance whose rack has lost its switch runs on, and nobody hears it: requests it holds are served in vain, workers cannot reach their
 * queues. What needs the network (boots, starts, stops) stands still until it is back.
 */

/** The network between an instance and everybody else is gone. A frozen one is cut off when it runs again. */
export function isolate(platform: Platform, instance: number, incident: number, fact: number): void {
  const { calendar, world } = platform;
  const { instances } = world;
  const state = instances.state[instance];
  switch (state) {
    case InstanceState.pending:
    case InstanceState.dead:
    case InstanceState.deleted:
    case InstanceState.paused:
    case InstanceState.unreachable:
      return;
    default:
  }
  shelveFault(platform, instance);
  blame(platform, instance, incident, fact);
  const left = calendar.timeOf(instances.timer[instance]) - calendar.now;
  moveTo(platform, instance, InstanceState.unreachable, fact);
  instances.pausedFrom[instance] = state;
  instances.timeLeft[instance] = left;
  instances.impaired[instance] |= Impaired.unheard;
}

/** Everybody hears the instance again: it goes on where it was. */
export function rejoin(platform: Platform, instance: number, fact: number): void {
  const { instances } = platform.world;
  if (instances.state[instance] !== InstanceState.unreachable) return;
  const state = instances.pausedFrom[instance] as InstanceState;
  beHeard(platform, instance);
  if (state === InstanceState.ready) becomeReady(platform, instance, fact);
  else {
    takeUpFault(platform, instance);
    moveTo(platform, instance, state, fact);
    const left = instances.timeLeft[instance];
    if (left < never - platform.calendar.now) wait(platform, instance, left, instances.timerKind[instance] as EventKind);
  }
  startWaiting(platform, instance);
  if (platform.catalogue.mixed) takeMessages(platform, instance);
  endDrainIfEmpty(platform, instance);
}

/** What runs from now on is no longer the process that nobody hears. */
export function beHeard({ world }: Platform, instance: number): void {
  world.instances.impaired[instance] &= ~Impaired.unheard;
}
