import { bugFires } from "../buggify.ts";
import type { ProbeDesign } from "../design.ts";
import { EventKind } from "../events.ts";
import { InstanceState, refuses } from "../status.ts";
import type { Platform } from "../world.ts";
import { healthChanged } from "./healthCheck.ts";
import { setRotation, staysInRotation } from "./rotation.ts";

/** What a probe gets from an instance. */
export const Answer = { positive: 0, negative: 1, silent: 2 } as const;
export type Answer = (typeof Answer)[keyof typeof Answer];

/**
 * Health probes without an event for each tick.
 *
 * Every backend has ticks at phase + k * interval. Between two changes of what the instance answers all ticks come out alike, so the counters
 * are brought up to date when the answer changes, and only the tick that will change the rotation is scheduled. A tick at the instant of a
 * change belongs to the time before it.
 */

/** The instance may answer its probes differently from now on. */
export function answersChanged(platform: Platform, instance: number, cause: number): void {
  const { healthCheck } = platform.design.hosting;
  if (healthCheck !== undefined) healthChanged(platform, instance, healthCheck);
  const { backends } = platform.world;
  for (let backend = platform.world.instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
    backendChanged(platform, backend, cause);
  }
}

/** A planned stop begins: the instance leaves at once every rotation in which it does not stay whatever its status. */
export function leaveRotations(platform: Platform, instance: number, cause: number): void {
  const { backends } = platform.world;
  for (let backend = platform.world.instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
    if (staysInRotation(platform, backend) || goesOnAnswering(platform, backend)) continue;
    platform.calendar.cancel(backends.pending[backend]);
    backends.pending[backend] = -1;
    setRotation(platform, backend, false, cause);
  }
}

/** The role's number of instances passed between one and more: the rule that a single instance is always in rotation begins or ends. */
export function applySingleInstanceRule(platform: Platform, instance: number, cause: number): void {
  const { world, calendar } = platform;
  const { backends, instances } = world;
  for (let backend = instances.firstBackend[instance]; backend >= 0; backend = backends.next[backend]) {
    if (staysInRotation(platform, backend)) {
      calendar.cancel(backends.pending[backend]);
      backends.pending[backend] = -1;
      setRotation(platform, backend, true, cause);
    } else if (backends.answer[backend] !== Answer.positive) {
      const at = evictionAt(platform, backend);
      if (at === calendar.now) setRotation(platform, backend, false, cause);
      else backends.pending[backend] = calendar.schedule(at, EventKind.probeEvicted, backend);
    }
  }
}

/** Event: the probe takes a backend out of rotation. */
export function probeEvicted(platform: Platform, backend: number): void {
  const { backends, instances } = platform.world;
  backends.pending[backend] = -1;
  backends.misses[backend] = 0;
  backends.flaps[backend] = platform.calendar.now - backends.admittedAt[backend] < probeOf(platform, backend).flapWithin ? 1 : 0;
  evict(platform, backend, instances.cause[backends.instance[backend]]);
  // With `misses` a silent tick counts late, when the instance may answer again already: the next success readmits.
  if (backends.answer[backend] === Answer.positive) {
    const tick = tickFrom(platform, backend, platform.calendar.now);
    backends.pending[backend] = platform.calendar.schedule(tick + moreSuccesses(platform, backend), EventKind.probeAdmitted, backend);
  }
}

/** Event: the probe puts a backend into rotation. */
export function probeAdmitted(platform: Platform, backend: number): void {
  const { backends, instances } = platform.world;
  backends.pending[backend] = -1;
  if (bugFires(platform, "lost-probe", backends.instance[backend])) {
    // the successes in a row begin again with the next tick
    const tick = tickFrom(platform, backend, platform.calendar.now + 1);
    backends.pending[backend] = platform.calendar.schedule(tick + moreSuccesses(platform, backend), EventKind.probeAdmitted, backend);
    return;
  }
  backends.admittedAt[backend] = platform.calendar.now;
  setRotation(platform, backend, true, instances.cause[backends.instance[backend]]);
}

/** What an instance answers to a probe now. */
export function answerOf(platform: Platform, instance: number, asks: ProbeDesign["asks"]): Answer {
  const { excluded, servesOn, state: states } = platform.world.instances;
  const state = states[instance];
  if (state === InstanceState.ready) return Answer.positive;
  if (state === InstanceState.stopping && servesOn[instance] === 1 && asks === "application") return Answer.positive;
  if (excluded[instance] === 1) return Answer.negative;
  // the guest agent of a hung role, or of a dead web site, goes on reporting Ready; only the application itself does not answer
  if ((state === InstanceState.hung || state === InstanceState.webDown) && asks === "agent") return Answer.positive;
  return refuses(state) ? Answer.negative : Answer.silent;
}

/** The probe asks an application that serves while OnStop runs: only when its process is gone will the probe notice. */
function goesOnAnswering(platform: Platform, backend: number): boolean {
  const { kind, asks } = probeOf(platform, backend);
  return platform.world.instances.servesOn[platform.world.backends.instance[backend]] === 1 && kind !== "none" && asks === "application";
}

function backendChanged(platform: Platform, backend: number, cause: number): void {
  const { world, calendar } = platform;
  const { backends } = world;
  const instance = backends.instance[backend];
  const probe = probeOf(platform, backend);
  const answer = answerOf(platform, instance, probe.kind === "none" ? "agent" : probe.asks);
  if (answer === backends.answer[backend]) return;
  if (probe.kind === "none") {
    backends.answer[backend] = answer;
    if (staysInRotation(platform, backend)) return;
    if (answer === Answer.positive) setRotation(platform, backend, true, cause);
    else evict(platform, backend, cause);
    return;
  }
  // a tick at the instant of a change belongs to the time before it: what it decides happens first
  if (calendar.timeOf(backends.pending[backend]) === calendar.now) {
    calendar.cancel(backends.pending[backend]);
    if (backends.inRotation[backend] === 1) probeEvicted(platform, backend);
    else probeAdmitted(platform, backend);
  }
  countTicks(platform, backend, probe);
  backends.answer[backend] = answer;
  backends.answerSince[backend] = calendar.now;
  if (staysInRotation(platform, backend)) return;
  const inRotation = backends.inRotation[backend] === 1;
  // An eviction that silent ticks have brought about already is still to come, whatever the instance answers now.
  if (inRotation && probe.misses > 0 && backends.misses[backend] >= probe.misses) return;
  calendar.cancel(backends.pending[backend]);
  backends.pending[backend] = -1;
  if (answer === Answer.positive) {
    if (inRotation) return;
    const tick = tickFrom(platform, backend, calendar.now + 1);
    backends.pending[backend] = calendar.schedule(tick + moreSuccesses(platform, backend), EventKind.probeAdmitted, backend);
  } else if (inRotation) {
    backends.pending[backend] = calendar.schedule(evictionAt(platform, backend), EventKind.probeEvicted, backend);
  }
}

/** Out of rotation, because of what a probe found. When that was the last one, a classic balancer ends the flows: the clients' own event. */
function evict(platform: Platform, backend: number, cause: number): void {
  const { world, calendar, design } = platform;
  const rotation = world.rotations[world.backends.rotation[backend]];
  const before = rotation.count;
  setRotation(platform, backend, false, cause);
  if (before > 0 && rotation.count === 0 && design.balancer.sku === "classic") {
    calendar.schedule(calendar.now, EventKind.flowsCut, rotation.id);
  }
}

/** When the probe takes the backend out, given what it has answered since its last change; now, if that would have been before. */
function evictionAt(platform: Platform, backend: number): number {
  const { backends } = platform.world;
  const { now } = platform.calendar;
  const probe = probeOf(platform, backend);
  if (probe.kind === "none") return now;
  const silent = backends.answer[backend] === Answer.silent;
  if (silent && probe.misses === 0) return Math.max(now, backends.lastSuccess[backend] + probe.evictAfter);
  // enough ticks have failed while it stayed whatever its status
  if (probe.misses > 0 && backends.misses[backend] >= probe.misses) return now;
  const more = Math.max(0, probe.misses - backends.misses[backend] - 1);
  const tick = tickFrom(platform, backend, backends.answerSince[backend] + 1) + more * probe.interval;
  return Math.max(now, silent ? tick + probe.responseTimeout : tick);
}

/** The time from the first success to the one that readmits: an instance that flaps must be good for longer. */
function moreSuccesses(platform: Platform, backend: number): number {
  const { interval, readmitAfter, readmitAfterFlap } = probeOf(platform, backend);
  const wanted = platform.world.backends.flaps[backend] === 1 ? Math.max(readmitAfter, readmitAfterFlap) : readmitAfter;
  return (wanted - 1) * interval;
}

/** Brings the counters up to now: all ticks after the last change, now included, got the same answer. */
function countTicks(platform: Platform, backend: number, probe: ProbeDesign): void {
  const { backends } = platform.world;
  const first = tickFrom(platform, backend, backends.answerSince[backend] + 1);
  const now = platform.calendar.now;
  if (first > now) return;
  const ticks = 1 + Math.floor((now - first) / probe.interval);
  if (backends.answer[backend] === Answer.positive) {
    backends.lastSuccess[backend] = first + (ticks - 1) * probe.interval;
    backends.misses[backend] = 0;
  } else {
    backends.misses[backend] = Math.min(1 << 20, backends.misses[backend] + ticks);
  }
}

/** The first tick at an instant or after it. */
function tickFrom(platform: Platform, backend: number, at: number): number {
  const phase = platform.world.backends.phase[backend];
  const { interval } = probeOf(platform, backend);
  return at <= phase ? phase : phase + Math.ceil((at - phase) / interval) * interval;
}

function probeOf(platform: Platform, backend: number): ProbeDesign {
  const rotation = platform.world.rotations[platform.world.backends.rotation[backend]];
  return platform.catalogue.endpoints[rotation.endpoint].probe;
}
