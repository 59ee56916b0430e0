import type { EventId } from "../kernel/calendar.ts";
import type { StreamId } from "../random/streams.ts";
import type { EventKind } from "./events.ts";
import { FactKind } from "./facts.ts";
import type { Platform } from "./world.ts";

/**
 * The fabric controller is itself replicated: one primary decides, and holds a lease. While there is none, or its whole control plane is out,
 * decisions wait in the order in which they fell due. What runs goes on: instances, probes, guest agents and host agents need no controller.
 */
export interface ControllerState {
  hasPrimary: boolean;
  /** Replicas that are down. */
  downReplicas: number;
  /** Open outages of the whole control plane, and those among them during which requests of users are refused. */
  outages: number;
  refusing: number;
  /** The event that makes a new primary, -1 none. */
  election: EventId;
  stream: StreamId;
  /** Until when the primary that died last holds its lease: nobody takes over before. */
  leaseUntil: number;
  /** Since when nobody decides. */
  since: number;
  /** The fact that says why. */
  cause: number;
  /** Events that wait. */
  readonly waiting: { readonly kind: EventKind; readonly target: number; readonly arg: number }[];
}

/** The controller at the start: a primary, and every replica up. */
export function freshController(): ControllerState {
  return {
    hasPrimary: true,
    downReplicas: 0,
    outages: 0,
    refusing: 0,
    election: -1,
    stream: -1,
    leaseUntil: 0,
    since: 0,
    cause: -1,
    waiting: [],
  };
}

/** Whether somebody decides now. */
export function decides({ world }: Platform): boolean {
  return world.controller.hasPrimary && world.controller.outages === 0;
}

/**
 * Whether an event that is a decision of the controller may happen now. False: there is nobody to decide, and the event comes again, with the
 * same target and arg, as soon as there is; an event that waits already waits once. The handler just returns then.
 */
export function whenPrimary(platform: Platform, kind: EventKind, target: number, arg = 0): boolean {
  if (decides(platform)) return true;
  const { waiting } = platform.world.controller;
  if (!waiting.some((event) => event.kind === kind && event.target === target && event.arg === arg)) waiting.push({ kind, target, arg });
  return false;
}

/** What was to be decided about a target has become pointless. */
export function forgetDecision({ world }: Platform, kind: EventKind, target: number): void {
  const { waiting } = world.controller;
  for (let place = waiting.length - 1; place >= 0; place--) {
    if (waiting[place].kind === kind && waiting[place].target === target) waiting.splice(place, 1);
  }
}

/** Something changed in the controller: tells whether it decides now, and lets decisions that waited happen. */
export function controllerChanged(platform: Platform, decided: boolean, cause: number): void {
  const { world, calendar, trace } = platform;
  const { controller } = world;
  const now = decides(platform);
  if (now === decided) return;
  if (!now) {
    controller.since = calendar.now;
    controller.cause = trace.emit(FactKind.controllerSilent, 0, 0, cause);
    return;
  }
  controller.cause = trace.emit(FactKind.controllerBack, controller.waiting.length, calendar.now - controller.since, cause);
  for (const { arg, kind, target } of controller.waiting.splice(0)) calendar.schedule(calendar.now, kind, target, arg);
}
