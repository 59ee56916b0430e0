import type { Law } from "../random/laws.ts";
import type { Platform } from "./world.ts";

/** A parameter of the fault behind an incident: a number, a share 0..1 or microseconds. */
export function numberOf({ design, world }: Platform, incident: number, name: string): number {
  return Number(design.faults[world.incidents[incident].fault].parameters?.[name]);
}

/** A parameter of the fault behind an incident that is a law. */
export function lawOf({ catalogue, world }: Platform, incident: number, name: string): Law {
  return catalogue.faults[world.incidents[incident].fault].laws[name];
}
