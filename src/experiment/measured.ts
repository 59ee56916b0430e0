import { AttemptMetric } from "../metrics/attempts.ts";
import { AutoscaleMetric } from "../metrics/autoscale.ts";
import { AvailabilityMetric } from "../metrics/availability.ts";
import { CostMetric } from "../metrics/cost.ts";
import { InstanceMetric } from "../metrics/instances.ts";
import { LifeMetric } from "../metrics/life.ts";
import { OperationMetric } from "../metrics/operations.ts";
import { QueueMetric } from "../metrics/queues.ts";
import { RequestMetric } from "../metrics/requests.ts";
import { RoleCallMetric } from "../metrics/roleCalls.ts";
import { DetectionMetric } from "../metrics/sla/detection.ts";
import { SlaMetric } from "../metrics/sla/sla.ts";
import { StoreMetric } from "../metrics/stores.ts";
import type { Measured } from "../metrics/summarise.ts";
import { UtilizationMetric } from "../metrics/utilization.ts";
import type { Platform } from "../model/world.ts";

/** The metrics that make a summary, before they have heard of anything. */
export function measuredOf(platform: Platform): Measured {
  return {
    requests: new RequestMetric(platform),
    availability: new AvailabilityMetric(platform),
    queues: new QueueMetric(platform),
    stores: new StoreMetric(platform),
    instances: new InstanceMetric(platform),
    cost: new CostMetric(platform),
    attempts: new AttemptMetric(platform),
    autoscale: new AutoscaleMetric(),
    sla: new SlaMetric(platform),
    detection: new DetectionMetric(platform),
    operations: new OperationMetric(),
    life: new LifeMetric(platform),
    roleCalls: new RoleCallMetric(),
    utilization: new UtilizationMetric(platform),
  };
}
