import { constantMicros, sampleMicros } from "../../random/laws.ts";
import { controllerChanged, decides } from "../controller.ts";
import { EventKind } from "../events.ts";
import { retryPending } from "../hardware/placement.ts";
import { closeFault, factOf } from "../incidents.ts";
import type { Platform } from "../world.ts";

/** The primary of the controller dies; false when no replica is left. The next one waits for its lease to run out, and takes time to take over. */
export function failReplica(platform: Platform, incident: number): boolean {
  const { world, calendar, design } = platform;
  const { controller } = world;
  if (controller.downReplicas >= design.fabric.controller.replicas) return false;
  const decided = decides(platform);
  const wasElecting = calendar.cancel(controller.election);
  controller.election = -1;
  controller.downReplicas++;
  if (controller.hasPrimary) controller.leaseUntil = calendar.now + design.fabric.controller.lease;
  if (controller.hasPrimary || wasElecting) elect(platform);
  controller.hasPrimary = false;
  controllerChanged(platform, decided, factOf(platform, incident));
  return true;
}

/** A replica of the controller is back; it matters when too few were left to agree on a primary. */
export function repairReplica(platform: Platform, incident: number): void {
  const { controller } = platform.world;
  closeFault(platform, incident);
  controller.downReplicas--;
  if (!controller.hasPrimary && controller.election < 0) {
    controller.cause = factOf(platform, incident);
    elect(platform);
  }
}

/** Event: a replica has become the primary. */
export function primaryElected(platform: Platform): void {
  const { controller } = platform.world;
  const decided = decides(platform);
  controller.election = -1;
  controller.hasPrimary = true;
  decidesAgain(platform, decided, controller.cause);
}

/** The whole control plane is out. */
export function loseControlPlane(platform: Platform, incident: number): boolean {
  const { controller } = platform.world;
  const decided = decides(platform);
  controller.outages++;
  if (refusesUsers(platform, incident)) controller.refusing++;
  controllerChanged(platform, decided, factOf(platform, incident));
  return true;
}

/** The control plane is back. */
export function restoreControlPlane(platform: Platform, incident: number): void {
  const { controller } = platform.world;
  closeFault(platform, incident);
  controller.outages--;
  if (refusesUsers(platform, incident)) controller.refusing--;
  decidesAgain(platform, false, factOf(platform, incident));
}

function refusesUsers({ design, world }: Platform, incident: number): boolean {
  return design.faults[world.incidents[incident].fault].parameters?.operations === "refused";
}

function decidesAgain(platform: Platform, decided: boolean, cause: number): void {
  controllerChanged(platform, decided, cause);
  if (!decided && decides(platform)) retryPending(platform, platform.world.controller.cause);
}

/** A majority of the replicas agrees on a new primary once the lease of the old one has run out. */
function elect(platform: Platform): void {
  const { world, calendar, catalogue, design, streams } = platform;
  const { controller } = world;
  const { replicas } = design.fabric.controller;
  if (2 * (replicas - controller.downReplicas) <= replicas) return;
  const { failover } = catalogue.laws;
  if (controller.stream < 0) controller.stream = streams.open("controller", "failover");
  const duration = constantMicros(failover) ?? sampleMicros(failover, streams, controller.stream);
  controller.election = calendar.schedule(Math.max(calendar.now, controller.leaseUntil) + duration, EventKind.primaryElected, 0);
}
