import { type Checks, Watcher } from "../invariants/watcher.ts";
import { Simulation } from "../kernel/simulation.ts";
import { hour } from "../kernel/time.ts";
import { AttemptMetric } from "../metrics/attempts.ts";
import { AutoscaleMetric } from "../metrics/autoscale.ts";
import { AvailabilityMetric } from "../metrics/availability.ts";
import { CostMetric } from "../metrics/cost.ts";
import { InstanceMetric } from "../metrics/instances.ts";
import { LifeMetric } from "../metrics/life.ts";
import type { Metric } from "../metrics/metric.ts";
import { OperationMetric } from "../metrics/operations.ts";
import { QueueMetric } from "../metrics/queues.ts";
import { RequestMetric } from "../metrics/requests.ts";
import { RoleCallMetric } from "../metrics/roleCalls.ts";
import { DetectionMetric } from "../metrics/sla/detection.ts";
import { SlaMetric } from "../metrics/sla/sla.ts";
import { StoreMetric } from "../metrics/stores.ts";
import type { Measured } from "../metrics/summarise.ts";
import { UtilizationMetric } from "../metrics/utilization.ts";
import { unsettleRequests } from "../model/clients/unsettled.ts";
import type { Design } from "../model/design.ts";
import { handlers } from "../model/handlers.ts";
import { buildPlatform, startPlatform } from "../model/platform.ts";
import type { Policy } from "../model/policies/own.ts";
import type { KeptFacts } from "../model/trace.ts";
import type { Platform } from "../model/world.ts";

/** One replication, replayed to its end. */
export interface Replayed {
  readonly platform: Platform;
  readonly measured: Measured;
}

/** Time after the horizon in which open requests may still be settled (semantics 10). */
const grace = hour;

/** The first slice is this part of the horizon, too little to take long. */
const firstSlice = 1 << 20;

/**
 * Replays one replication of a design; `keep` says which facts its log will hold. After about every `eventsASlice` events it yields the
 * simulated instant reached; whoever drives it answers whether to go on. Slices change nothing in what happens, nor do `checks`, which end
 * the run with a BrokenInvariant when one of their invariants does not hold.
 */
export function* replayInSlices(
  design: Design,
  seed: number,
  replication: number,
  keep: KeptFacts,
  eventsASlice: number,
  checks?: Checks,
  policies?: readonly Policy[],
): Generator<number, Replayed, boolean> {
  const platform = buildPlatform(design, seed, replication, keep, policies);
  const measured: Measured = {
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
  const metrics: Metric[] = Object.values(measured);
  for (const metric of metrics) {
    metric.begin(platform);
    platform.trace.watch(metric);
  }
  const watcher = checks === undefined ? undefined : new Watcher(checks, platform, measured, replication);
  startPlatform(platform);
  const simulation = new Simulation(platform.calendar, handlers, platform);
  yield* runToHorizon(simulation, platform, metrics, eventsASlice, watcher);
  for (const metric of metrics) metric.atHorizon?.(platform);
  watcher?.atHorizon();
  platform.world.closed = true;
  settleRequests(simulation, platform, watcher);
  for (const metric of metrics) metric.finish(platform);
  watcher?.atEnd();
  return { platform, measured };
}

/** Slices are of simulated time, and grow and shrink with how much happens in it; the measured time begins and ends between two of them. */
function* runToHorizon(
  simulation: Simulation<Platform>,
  platform: Platform,
  metrics: readonly Metric[],
  eventsASlice: number,
  watcher: Watcher | undefined,
): Generator<number, void, boolean> {
  const { calendar, design } = platform;
  const { horizon, measure } = design;
  let length = eventsASlice === Number.POSITIVE_INFINITY ? horizon : Math.max(1, Math.floor(horizon / firstSlice));
  const parts = [
    { until: measure.from, hook: "atFrom" },
    { until: measure.to, hook: "atTo" },
    { until: horizon, hook: undefined },
  ] as const;
  for (const { until, hook } of parts) {
    while (calendar.now < until) {
      const before = calendar.processed;
      const isWhole = calendar.now + length <= until;
      const end = isWhole ? calendar.now + length : until;
      if (watcher === undefined) simulation.runUntil(end);
      else watcher.runUntil(simulation, end);
      if (!(yield calendar.now)) return;
      if (!isWhole) continue;
      const events = calendar.processed - before;
      if (events < eventsASlice / 2) length *= 2;
      else if (events > eventsASlice) length = Math.max(1, Math.floor((length * eventsASlice) / events));
    }
    if (hook !== undefined) for (const metric of metrics) metric[hook]?.(platform);
  }
}

/** Nothing new arrives; what is open may finish, and the rest is unsettled. */
function settleRequests(simulation: Simulation<Platform>, platform: Platform, watcher: Watcher | undefined): void {
  const { world, calendar } = platform;
  const end = calendar.now + grace;
  while (world.requestsInFlight > 0 && calendar.peek() <= end) {
    simulation.step();
    watcher?.afterEvent();
  }
  if (world.requestsInFlight > 0) unsettleRequests(platform);
}
