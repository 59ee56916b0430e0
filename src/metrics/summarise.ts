import type { ClientDesign } from "../model/design.ts";
import { type FailureCauseName, failureCauses, InstanceState } from "../model/status.ts";
import type { Platform } from "../model/world.ts";
import { merged, ratio, total } from "./arithmetic.ts";
import type { AttemptMetric } from "./attempts.ts";
import type { AutoscaleMetric } from "./autoscale.ts";
import type { AvailabilityMetric } from "./availability.ts";
import type { Charge, CostMetric } from "./cost.ts";
import { downtimeSummary } from "./downtime.ts";
import { clientSummary, groupSummary, latencySummary } from "./groupSummary.ts";
import type { InstanceMetric } from "./instances.ts";
import type { LifeMetric } from "./life.ts";
import type { OperationMetric } from "./operations.ts";
import type { QueueMetric } from "./queues.ts";
import { instanceName, type RequestMetric } from "./requests.ts";
import { callsTo, type RoleCallMetric, roleCallSummaries } from "./roleCalls.ts";
import type { DetectionMetric } from "./sla/detection.ts";
import type { SlaMetric } from "./sla/sla.ts";
import { slaSummary, totalMinutes } from "./sla/summary.ts";
import type { QueueSummary, StoreSummary } from "./storageSummary.ts";
import type { StoreMetric } from "./stores.ts";
import type { AvailabilitySummary, CostSummary, FigureKey, InstanceSummary, RoleSummary, Summary, WindowSummary } from "./summary.ts";
import type { UtilizationMetric } from "./utilization.ts";

/** The metrics that make a summary. */
export interface Measured {
  readonly requests: RequestMetric;
  readonly availability: AvailabilityMetric;
  readonly queues: QueueMetric;
  readonly stores: StoreMetric;
  readonly instances: InstanceMetric;
  readonly cost: CostMetric;
  readonly attempts: AttemptMetric;
  readonly autoscale: AutoscaleMetric;
  readonly sla: SlaMetric;
  readonly detection: DetectionMetric;
  readonly operations: OperationMetric;
  readonly life: LifeMetric;
  readonly utilization: UtilizationMetric;
  readonly roleCalls: RoleCallMetric;
}

/** The part of a summary that metrics tell; `platform` is the one of the first run, for names. */
export type Figures = Pick<Summary, FigureKey>;

/** Turns measured folds into figures. */
export function figuresOf(measured: Measured, platform: Platform): Figures {
  const { requests, queues } = measured;
  const latency = merged(requests.clients.map((client) => client.latency));
  const succeeded = total(requests.clients.map((client) => client.succeeded));
  const failed = total(requests.clients.map((client) => client.failed));
  const byClient = platform.design.clients.map((_, id) => clientSummary(measured, platform, id));
  const attempts = total(byClient.map((client) => client.attempts));
  return {
    requests: {
      offered: succeeded + failed,
      attempts,
      retries: total(byClient.map((client) => client.retries)),
      hedges: total(byClient.map((client) => client.hedges)),
      amplification: ratio(attempts, succeeded + failed),
      succeeded,
      failed,
      failedByCause: failuresByCause(requests.failedByCause),
      attemptsFailedByCause: failuresByCause(
        requests.failedByCause.map((count, cause) => count - requests.failedCallsByCause[cause] + measured.attempts.failedByCause[cause]),
      ),
      failedByAttribution: requests.attributions
        .map((entry) => ({
          source: entry.source,
          kind: entry.kind,
          fault: entry.fault < 0 ? null : firstOfLine(platform, entry.fault),
          atSeconds: entry.atSeconds,
          occurrences: entry.occurrences,
          cause: failureCauses[entry.cause],
          failed: entry.failed,
          held: entry.held,
        }))
        .sort((a, b) => b.failed - a.failed || (a.source < b.source ? -1 : a.source > b.source ? 1 : 0)),
    },
    availability: availabilityOf(measured, platform, succeeded, succeeded + failed),
    downtime: downtimeSummary(measured.availability.downtime),
    sla: slaSummary(measured.sla, measured.detection, platform.design),
    restarts: measured.instances.restartCount,
    byRole: platform.design.service.roles.map((_, role) => roleSummary(measured, platform, role)),
    byClient,
    latencyMs: latencySummary(latency),
    latencyWithTimeoutsMs: latencySummary(merged([latency, requests.timeouts])),
    waitingMs: latencySummary(requests.waiting),
    queues: queues.queues.map((queue, id): QueueSummary => {
      const { enqueued, completed, duplicates, poisoned, deadLettered, expired, lost, refused, deduplicated, backlog, depthMax } = queue;
      const name = platform.design.queues[id].name;
      const lostBy = queues.losses.filter((loss) => loss.queue === id).map((loss) => ({ source: loss.source, lost: loss.lost }));
      const endings = { completed, duplicates, poisoned, deadLettered, expired, lost, lostBy, refused, deduplicated, backlog };
      return { name, enqueued, ...endings, depthMax, ageMs: latencySummary(queue.age) };
    }),
    stores: measured.stores.stores.map(({ upTime, ...calls }, id): StoreSummary => {
      const { name, kind } = platform.design.stores[id];
      return { name, kind, availability: ratio(upTime, measured.stores.measuredTime), ...calls };
    }),
    roleCalls: roleCallSummaries(measured.roleCalls, platform),
    localWrites: { written: measured.life.written, lost: total([...measured.life.lost]), lostBy: measured.life.lostBy() },
    cost: costOf(measured.cost, platform, succeeded + failed),
    operationOutcomes: { ...measured.operations.outcomes },
    autoscale: measured.autoscale.roles.map((role) => ({ ...role })),
    windows: windowSummaries(measured, platform),
  };
}

/** Every instance there was; restarts and down time are summed over runs. */
export function instanceSummaries(platform: Platform, metric: InstanceMetric): InstanceSummary[] {
  const { world, design, catalogue } = platform;
  const { instances } = world;
  const summaries: InstanceSummary[] = [];
  for (let id = 0; id < instances.count; id++) {
    const group = world.groups[instances.group[id]];
    const { slot } = world.deployments[group.deployment];
    const deleted = instances.state[id] === InstanceState.deleted;
    const host = instances.host[id];
    summaries.push({
      name: instanceName(platform, id),
      role: design.service.roles[group.role].name,
      slot: deleted || slot < 0 ? "deleted" : slot === 0 ? "production" : "staging",
      size: catalogue.programs[group.program].design.size.name,
      faultDomain: host < 0 ? -1 : world.hosts.rack[host],
      upgradeDomain: instances.upgradeDomain[id],
      host: host < 0 ? null : host,
      restarts: metric.restarts[id] ?? 0,
      downSeconds: (metric.downTime[id] ?? 0) / 1e6,
      drift: world.changes.filter(({ instance }) => instance === id).map(({ change }) => change),
    });
  }
  return summaries;
}

function availabilityOf(measured: Measured, platform: Platform, succeeded: number, offered: number): AvailabilitySummary {
  const { availability, requests } = measured;
  const { roles, measuredTime } = availability;
  const { down, maximum } = totalMinutes(measured.sla, platform.design);
  return {
    request: ratio(succeeded, offered),
    time: ratio(availability.upTime, measuredTime),
    reachable: availability.someClients ? ratio(availability.reachableTime, measuredTime) : null,
    capacity: ratio(total(roles.map((role) => role.readyTime)), total(roles.map((role) => role.askedTime))),
    sla: maximum > 0 ? 1 - down / maximum : null,
    latency: ratio(requests.withinThreshold, offered),
    atLeast: platform.design.measure.atLeast > 0 ? ratio(availability.atLeastTime, measuredTime) : null,
  };
}

function costOf({ charges, runs }: CostMetric, { design }: Platform, offered: number): CostSummary {
  const { asOf, currency } = design.pricing;
  const all = sumOf(charges.flat());
  const inSlot = (slot: 0 | 1) => {
    const { hours, money } = sumOf(charges.map((charge) => charge[slot]));
    return { instanceHours: hours / runs, total: known(money / runs) };
  };
  return {
    currency,
    asOf,
    instanceHours: all.hours / runs,
    total: known(all.money / runs),
    production: inSlot(0),
    staging: inSlot(1),
    perMillionRequests: offered > 0 ? known((all.money / offered) * 1e6) : null,
  };
}

function sumOf(charges: readonly Charge[]): Charge {
  return { hours: total(charges.map(({ hours }) => hours)), money: total(charges.map(({ money }) => money)) };
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function roleSummary(measured: Measured, platform: Platform, index: number): RoleSummary {
  const { availability, cost, instances, life, utilization } = measured;
  const { design } = platform;
  const role = design.service.roles[index];
  const times = availability.roles[index];
  const production = requestsOf(measured, platform, role.name, "production");
  const time = availability.measuredTime;
  const charge = sumOf(cost.charges[index]);
  return {
    ...groupSummary(role.name, production.succeeded, production.failed, production.latency),
    staging: stagingSummary(measured, platform, role.name),
    kind: role.kind,
    asked: times.asked / availability.runs,
    readyMean: ratio(times.readyTime, time),
    readyMin: Number.isFinite(times.readyMin) ? times.readyMin : 0,
    inRotationMin: times.endpoints.length > 0 && Number.isFinite(times.inRotationMin) ? times.inRotationMin : null,
    utilization: ratio(utilization.busyTime[index], utilization.slotTime[index]),
    degradedSeconds: times.degradedTime / 1e6,
    restarts: instances.restartsByRole[index] ?? 0,
    ...callsTo(role.name, roleCallSummaries(measured.roleCalls, platform)),
    onStops: life.onStops[index],
    onStopCuts: life.onStopCuts[index],
    changes: life.changes[index],
    instanceHours: charge.hours / cost.runs,
    cost: known(charge.money / cost.runs),
  };
}

/** What clients of one slot asked of a role. */
function requestsOf({ requests }: Measured, { design }: Platform, role: string, slot: ClientDesign["slot"]) {
  const clients = requests.clients.filter((_, id) => design.clients[id].role === role && design.clients[id].slot === slot);
  return {
    succeeded: total(clients.map((client) => client.succeeded)),
    failed: total(clients.map((client) => client.failed)),
    latency: merged(clients.map((client) => client.latency)),
  };
}

function stagingSummary(measured: Measured, platform: Platform, role: string): RoleSummary["staging"] {
  if (!platform.design.clients.some((client) => client.role === role && client.slot === "staging")) return null;
  const { failed, succeeded } = requestsOf(measured, platform, role, "staging");
  return { offered: succeeded + failed, succeeded, failed, availability: ratio(succeeded, succeeded + failed) };
}

function windowSummaries({ requests, queues, attempts }: Measured, platform: Platform): WindowSummary[] {
  const { from, to, window } = platform.design.measure;
  return requests.windows.map((counts, id) => ({
    fromSeconds: (from + id * window) / 1e6,
    toSeconds: Math.min(to, from + (id + 1) * window) / 1e6,
    requests: counts.offered,
    attempts: counts.offered - counts.calls + attempts.windows[id],
    failed: counts.failed,
    availability: ratio(counts.offered - counts.failed, counts.offered),
    latencyMs: latencySummary(counts.latency),
    queueDepth: queues.queues.map((queue) => ({ min: queue.shallowest[id], max: queue.deepest[id] })),
  }));
}

function failuresByCause(counts: Float64Array): Partial<Record<FailureCauseName, number>> {
  const named: Partial<Record<FailureCauseName, number>> = {};
  for (let cause = 0; cause < counts.length; cause++) if (counts[cause] > 0) named[failureCauses[cause]] = counts[cause];
  return named;
}

/** The first fault of the line of the scenario that a fault is of. */
function firstOfLine({ design: { faults } }: Platform, fault: number): number {
  let first = fault;
  while (faults[first].continues) first--;
  return first;
}
