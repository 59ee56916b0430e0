import { constantMicros, type Law, sampleMicros } from "../../random/laws.ts";
import { bugDelay } from "../buggify.ts";
import { isCalm } from "../calm.ts";
import { instanceStream, openInstanceStream } from "../work/applicationPool.ts";
import type { Platform } from "../world.ts";

/** A duration of the instance's own life in whole microseconds; constants draw nothing. */
export function drawFor(platform: Platform, instance: number, law: Law): number {
  return constantMicros(law) ?? sampleMicros(law, platform.streams, instanceStream(platform, instance));
}

/** A boot or start of the instance as long as it takes while something makes its starts slow. */
export function stretched(platform: Platform, instance: number, duration: number): number {
  const factor = platform.world.instances.bootFactor[instance];
  return factor === 1 ? duration : Math.floor(duration * factor + 0.5);
}

/** A boot of the VM: longer for larger sizes where the scenario says so, and while something makes starts slow. */
export function drawBoot(platform: Platform, instance: number, law: Law, extra = 0): number {
  const { catalogue, world } = platform;
  const { bootFactor } = catalogue.programs[world.instances.sizedBy[instance]];
  const duration = drawFor(platform, instance, law);
  const late = bugDelay(platform, "slow-boot", instance);
  return stretched(platform, instance, (bootFactor === 1 ? duration : Math.floor(duration * bootFactor + 0.5)) + extra) + late;
}

/** The stream of an instance's own defects, opened when it is first needed, so that a bad version shifts no other draws. */
export function defectStream(platform: Platform, instance: number): number {
  const { instances } = platform.world;
  if (instances.defectStream[instance] < 0) instances.defectStream[instance] = openInstanceStream(platform, instance, "defects");
  return instances.defectStream[instance];
}

/** How long it takes until whoever runs the service acts: of a stream of its own, so that slower boots do not make another operator. */
export function drawOperator(platform: Platform, instance: number, law: Law): number {
  const { instances } = platform.world;
  const constant = constantMicros(law);
  if (constant !== undefined) return constant;
  if (instances.operatorStream[instance] < 0) instances.operatorStream[instance] = openInstanceStream(platform, instance, "operator");
  return sampleMicros(law, platform.streams, instances.operatorStream[instance]);
}

/** Whether something breaks that does so in a share 0..1 of all cases; nothing is drawn for a share of 0, nothing breaks once the faults have ended. */
export function happens(platform: Platform, instance: number, share: number): boolean {
  return share > 0 && !isCalm(platform.world) && platform.streams.uniform(defectStream(platform, instance)) < share;
}
