import { closeFault } from "../incidents.ts";
import { InstanceState } from "../status.ts";
import type { Platform } from "../world.ts";
import { windClocks } from "./clocks.ts";

/**
 * Grey failures of an instance: it is ready and goes on serving, badly. Several may be open at once; each ends with its repair, and those of
 * the process end with the process.
 */

/** What a grey failure does; what is left out it does not do. */
export interface Symptoms {
  /** Service times are multiplied by this. */
  readonly slowdown?: number;
  /** Boots and starts are multiplied by this. */
  readonly bootFactor?: number;
  /** This share of responses fails. */
  readonly errorShare?: number;
  /** It outlives the process. */
  readonly lasting?: boolean;
}

/** Bits of `impaired`. */
export const Impaired = { errors: 1, unheard: 2 } as const;

/** A grey failure begins; false when there is nothing it could befall, or when it is there already. */
export function beginAilment(platform: Platform, instance: number, incident: number, symptoms: Symptoms): boolean {
  const { ailments, instances } = platform.world;
  const state = instances.state[instance];
  const lasting = symptoms.lasting === true;
  if (state === InstanceState.deleted || (!lasting && !hasLivingProcess(state))) return false;
  if (findAilment(platform, instance, incident) >= 0) return false;
  const ailment = ailments.ids.allocate();
  ailments.instance[ailment] = instance;
  ailments.incident[ailment] = incident;
  ailments.repair[ailment] = -1;
  ailments.event[ailment] = -1;
  ailments.slowdown[ailment] = symptoms.slowdown ?? 1;
  ailments.bootFactor[ailment] = symptoms.bootFactor ?? 1;
  ailments.errorShare[ailment] = symptoms.errorShare ?? 0;
  ailments.lasting[ailment] = lasting ? 1 : 0;
  ailments.next[ailment] = instances.firstAilment[instance];
  instances.firstAilment[instance] = ailment;
  sumUp(platform, instance);
  return true;
}

/** The repair of a grey failure is done. */
export function endAilment(platform: Platform, instance: number, incident: number): void {
  const ailment = findAilment(platform, instance, incident);
  if (ailment < 0) return;
  platform.world.ailments.repair[ailment] = -1;
  cure(platform, instance, ailment);
  sumUp(platform, instance);
}

/** The open grey failure of an instance that belongs to an incident, -1 none. */
export function findAilment(platform: Platform, instance: number, incident: number): number {
  const { ailments, instances } = platform.world;
  let ailment = instances.firstAilment[instance];
  while (ailment >= 0 && ailments.incident[ailment] !== incident) ailment = ailments.next[ailment];
  return ailment;
}

/** The instance is in another state: what ailed its process ends when the process does. */
export function ailmentsMoved(platform: Platform, instance: number, state: InstanceState): void {
  if (hasLivingProcess(state)) return;
  const { ailments, instances } = platform.world;
  let next = -1;
  for (let ailment = instances.firstAilment[instance]; ailment >= 0; ailment = next) {
    next = ailments.next[ailment];
    if (ailments.lasting[ailment] === 0 || state === InstanceState.deleted) cure(platform, instance, ailment);
  }
  sumUp(platform, instance);
}

/** What the host's own slowness and all open grey failures make of the instance together. */
export function sumUp(platform: Platform, instance: number): void {
  const { ailments, hosts, instances } = platform.world;
  const host = instances.host[instance];
  let slowdown = host < 0 ? 1 : hosts.slowdown[host];
  let bootFactor = 1;
  let works = 1;
  for (let ailment = instances.firstAilment[instance]; ailment >= 0; ailment = ailments.next[ailment]) {
    slowdown *= ailments.slowdown[ailment];
    bootFactor *= ailments.bootFactor[ailment];
    works *= 1 - ailments.errorShare[ailment];
  }
  instances.slowdown[instance] = slowdown;
  instances.bootFactor[instance] = bootFactor;
  instances.errorShare[instance] = 1 - works;
  instances.impaired[instance] = (instances.impaired[instance] & Impaired.unheard) | (works < 1 ? Impaired.errors : 0);
}

function cure(platform: Platform, instance: number, ailment: number): void {
  const { world, calendar } = platform;
  const { ailments, incidents, instances, repairs } = world;
  const incident = ailments.incident[ailment];
  const repair = ailments.repair[ailment];
  if (repair >= 0) {
    calendar.cancel(repairs.event[repair]);
    repairs.ids.release(repair);
  }
  calendar.cancel(ailments.event[ailment]);
  let place = instances.firstAilment[instance];
  if (place === ailment) instances.firstAilment[instance] = ailments.next[ailment];
  else {
    while (ailments.next[place] !== ailment) place = ailments.next[place];
    ailments.next[place] = ailments.next[ailment];
  }
  ailments.ids.release(ailment);
  closeFault(platform, incident);
  if (instances.state[instance] === InstanceState.ready) windClocks(platform, instances.firstClock[instance], incidents[incident].fault);
}

/** Whether the process that a grey failure has befallen is still there. */
function hasLivingProcess(state: number): boolean {
  switch (state) {
    case InstanceState.busy:
    case InstanceState.ready:
    case InstanceState.hung:
    case InstanceState.paused:
    case InstanceState.unreachable:
    case InstanceState.draining:
    case InstanceState.stopping:
      return true;
    default:
      return false;
  }
}
