import type { Measured } from "../metrics/summarise.ts";

/** Adds what was measured in one replication to what was measured in those before it: replications are merged in the order of their numbers. */
export function mergeMeasured(into: Measured, from: Measured): void {
  into.requests.merge(from.requests);
  into.availability.merge(from.availability);
  into.queues.merge(from.queues);
  into.stores.merge(from.stores);
  into.instances.merge(from.instances);
  into.sla.merge(from.sla);
  into.detection.merge(from.detection);
  into.cost.merge(from.cost);
  into.attempts.merge(from.attempts);
  into.autoscale.merge(from.autoscale);
  into.operations.merge(from.operations);
  into.life.merge(from.life);
  into.roleCalls.merge(from.roleCalls);
}
