import type { ProbeDesign } from "../model/design.ts";
import type { Platform } from "../model/world.ts";

/** The probe of a backend. */
export function probeOf({ catalogue, world }: Platform, backend: number): ProbeDesign {
  return catalogue.endpoints[world.rotations[world.backends.rotation[backend]].endpoint].probe;
}

/** The first tick of a backend's probe after an instant. */
export function firstTickAfter(platform: Platform, backend: number, at: number): number {
  const phase = platform.world.backends.phase[backend];
  const { interval } = probeOf(platform, backend);
  return at < phase ? phase : phase + (Math.floor((at - phase) / interval) + 1) * interval;
}

/** The last tick of a backend's probe at an instant or before it; before the first one, the one before the start of time. */
export function lastTickUntil(platform: Platform, backend: number, at: number): number {
  return firstTickAfter(platform, backend, at) - probeOf(platform, backend).interval;
}
