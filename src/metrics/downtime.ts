import { looksReady } from "../model/status.ts";
import type { Platform } from "../model/world.ts";
import { incidentName } from "./requests.ts";

/** Time in which the service was not up by `availability.time`, and what it is put down to; summed over runs. */
export interface DowntimeSummary {
  readonly seconds: number;
  /** How often it began within the measured time; what lasts from the start on is none. */
  readonly outages: number;
  /** Adds up to `seconds`, longest first. */
  readonly byAttribution: readonly {
    /** The fault or operation in words. */
    readonly source: string;
    /** Its kind; "start" for time before anything was ready. */
    readonly kind: string;
    readonly seconds: number;
  }[];
}

interface Part {
  /** Line of the scenario that says so (a fault's, an operation's), -1 for neither. */
  readonly fault: number;
  readonly operation: number;
  readonly source: string;
  readonly kind: string;
  time: number;
}

/** Time in which the service was down, by the incident that it is put down to. */
export class Downtime {
  /** In microseconds, by incident, incident -1 first. */
  private times: number[] = [];
  parts: Part[] = [];
  outages = 0;

  /** Adds time that is put down to an incident; -1: to none. */
  add(incident: number, time: number): void {
    this.times[incident + 1] = (this.times[incident + 1] ?? 0) + time;
  }

  /** Puts words to the incidents of a run that is over. */
  name(platform: Platform): void {
    this.times.forEach((time, place) => {
      const incident = platform.world.incidents[place - 1];
      if (incident === undefined) this.join({ fault: -1, operation: -1, source: "the start: nothing was ready yet", kind: "start", time });
      else {
        const { fault, kind, operation } = incident;
        this.join({ fault, operation, source: incidentName(platform, incident.id), kind, time });
      }
    });
    this.times = [];
  }

  /** Adds another run's time to this one's. */
  merge(other: Downtime): void {
    this.outages += other.outages;
    for (const part of other.parts) this.join({ ...part });
  }

  private join(part: Part): void {
    const { fault, operation, source } = part;
    const known = this.parts.find((one) => one.fault === fault && one.operation === operation && one.source === source);
    if (known === undefined) this.parts.push(part);
    else known.time += part.time;
  }
}

/** Down time in seconds, longest first. */
export function downtimeSummary({ outages, parts }: Downtime): DowntimeSummary {
  let all = 0;
  for (const { time } of parts) all += time;
  const sorted = [...parts].sort((a, b) => b.time - a.time || (a.source < b.source ? -1 : a.source > b.source ? 1 : 0));
  return {
    seconds: all / 1e6,
    outages,
    byAttribution: sorted.map(({ kind, source, time }) => ({ source, kind, seconds: time / 1e6 })),
  };
}

/**
 * The incident that keeps a role of production down, as for a rotation that is empty: the earliest that is still open; `before` competes. With an
 * index, the one that keeps that instance down, or has removed it.
 */
export function whoIsToBlame({ world }: Platform, role: number, before: number, index = -1): number {
  const vip = world.vips[0];
  if (vip < 0) return earlier(world.incidents, before, world.emptiedBy[0]);
  const group = world.groups[world.deployments[vip].firstGroup + role];
  let found = before;
  for (const instance of index < 0 ? group.instances : group.last.slice(index, index + 1)) {
    const state = world.instances.state[instance];
    if (!looksReady(state)) found = earlier(world.incidents, found, world.instances.incident[instance]);
  }
  return found;
}

function earlier(incidents: Platform["world"]["incidents"], one: number, other: number): number {
  if (one < 0 || other < 0) return Math.max(one, other);
  const [a, b] = [incidents[one], incidents[other]];
  if (a.open > 0 !== b.open > 0) return a.open > 0 ? one : other;
  return b.lastAt < a.lastAt ? other : one;
}
