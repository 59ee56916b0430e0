import { Calendar } from "../kernel/calendar.ts";
import { Ring } from "../kernel/ring.ts";
import { Streams } from "../random/streams.ts";
import { activateSites } from "./buggify.ts";
import { compileCatalogue } from "./catalogue.ts";
import { startClient } from "./clients/clients.ts";
import type { Design } from "./design.ts";
import { emptyWorld, expectedSize, freshOperation } from "./emptyWorld.ts";
import { EventKind } from "./events.ts";
import { startAutoscaler } from "./fabric/autoscale.ts";
import { createDeployment } from "./fabric/deployment.ts";
import { beginFault } from "./faults/begin.ts";
import { IdTable } from "./idTable.ts";
import { balancingOf, type Policy } from "./policies/own.ts";
import { joinClocks } from "./roles/clocks.ts";
import { failureCauses } from "./status.ts";
import { startProducer } from "./storage/producer.ts";
import { type KeptFacts, Trace } from "./trace.ts";
import { batchSize } from "./work/arrivals.ts";
import type { BreakerState, Platform } from "./world.ts";

/** Builds a platform from its design and the user's own policies, for one replication of a seed, before anything has happened. `start` sets it going. */
export function buildPlatform(
  design: Design,
  seed: number,
  replication: number,
  keep: KeptFacts = "control",
  policies: readonly Policy[] = [],
): Platform {
  const size = expectedSize(design);
  const calendar = new Calendar(size.events);
  const streams = new Streams(seed, replication, size.streams);
  const platform: Platform = {
    design,
    catalogue: compileCatalogue(design),
    calendar,
    streams,
    trace: new Trace(calendar, keep),
    balancing: balancingOf(design.balancer.policy, policies),
    policies,
    view: {
      candidates: new Int32Array(1),
      count: 0,
      outstanding: new Int32Array(1),
      index: new Int32Array(1),
      weights: design.balancer.weights,
      flow: 0,
      address: 0,
      transport: 6,
      memory: -1,
      streams,
      stream: -1,
    },
    world: emptyWorld(design, size),
  };
  addHosts(platform);
  addClientsAndQueues(platform);
  activateSites(platform);
  return platform;
}

/** Deploys the service, starts clients and producers, and schedules faults and operations of the design. */
export function startPlatform(platform: Platform): void {
  const { design, world } = platform;
  const { service } = design;
  const programs = service.roles.map((_, role) => role);
  // before all else, so that what is due at that instant does not happen any more
  if (design.heal !== undefined) platform.calendar.schedule(design.heal.at, EventKind.healed, 0);
  if (service.deployedAtStart) createDeployment(platform, 0, service.version, programs, true, -1, -1, service.reservedIp);
  for (let id = 0; id < design.operations.length; id++) beginOperation(platform, id);
  for (let id = 0; id < design.faults.length; id++) beginFault(platform, id);
  for (let id = 0; id < world.clients.length; id++) startClient(platform, id);
  for (let id = 0; id < world.queues.length; id++) startProducer(platform, id);
}

/**
 * Lets faults and operations join a platform that is under way: those from these places of the lists of its design on, which must come after those
 * that it knows, and which change nothing in how programs are compiled.
 */
export function joinPlatform(platform: Platform, firstFault: number, firstOperation: number): void {
  const { design, world } = platform;
  for (let id = firstOperation; id < design.operations.length; id++) {
    world.operations.push(freshOperation(id));
    world.choiceStreams.push(-1);
    beginOperation(platform, id);
  }
  for (let id = firstFault; id < design.faults.length; id++) {
    world.incidentOf.push(new IdTable());
    world.repairStreams.push(new IdTable());
    world.choiceStreams.splice(id, 0, -1);
    beginFault(platform, id);
  }
  for (const { instances } of world.groups) for (const instance of instances) joinClocks(platform, instance, firstFault);
}

function beginOperation(platform: Platform, id: number): void {
  const { at, kind } = platform.design.operations[id];
  if (kind === "autoscale") startAutoscaler(platform, id);
  else platform.calendar.schedule(at, EventKind.operationDue, id);
}

function addHosts({ design, world, streams }: Platform): void {
  const { faultDomains, hostsPerFaultDomain, host: size } = design.datacenter;
  const { hosts, racks } = world;
  const { period } = design.fabric.hostHeartbeat;
  for (let rack = 0; rack < faultDomains; rack++) {
    racks.ids.allocate();
    racks.faults[rack] = 0;
    racks.cutBy[rack] = -1;
    racks.firstClock[rack] = -1;
    for (let k = 0; k < hostsPerFaultDomain; k++) {
      const host = hosts.ids.allocate();
      hosts.rack[host] = rack;
      hosts.freeCores[host] = size.cores;
      hosts.freeMemoryMiB[host] = size.memoryMiB;
      hosts.freeDiskMiB[host] = size.diskMiB;
      hosts.phase[host] = design.fabric.healing.host ? Math.floor(streams.once("host", host, "heartbeat") * period) : 0;
      hosts.firstInstance[host] = -1;
      hosts.timer[host] = -1;
      hosts.cause[host] = -1;
      hosts.stream[host] = -1;
      hosts.firstClock[host] = -1;
      hosts.slowdown[host] = 1;
    }
  }
}

function addClientsAndQueues({ design, catalogue, world, streams }: Platform): void {
  design.clients.forEach((client, id) => {
    world.clients.push({
      id,
      streams: {
        arrivals: streams.open("client", client.name, "arrivals"),
        demand: streams.open("client", client.name, "demand"),
        flow: streams.open("client", client.name, "flow"),
        balancing: streams.open("client", client.name, "balancing"),
      },
      arrived: 0,
      ...freshArrivals(batchSize(catalogue.clients[id].arrivals)),
      firstOpen: -1,
      lastOpen: -1,
      timeoutEvent: -1,
      called: 0,
      callKey: catalogue.clients[id].policy === undefined ? 0 : Math.floor(streams.once("client", client.name, "calls") * 0x100000000) | 0,
      tokens: client.retry?.budget?.burst ?? 0,
      tokensAt: 0,
      breaker: freshBreaker(),
    });
  });
  design.queues.forEach((queue, id) => {
    world.queues.push({
      visible: new Ring(),
      consumers: [],
      streams: { arrivals: streams.open("queue", queue.name, "arrivals"), demand: streams.open("queue", queue.name, "demand") },
      ...freshArrivals(batchSize(catalogue.producers[id])),
      stored: 0,
      inHand: new Int32Array(queue.sessions).fill(-1),
      known: new Map(),
      deduplicated: 0,
      refused: 0,
      ...freshExternal(),
    });
  });
  design.stores.forEach((store) => {
    world.stores.push({
      streams: { latency: streams.open("store", store.name, "latency") },
      reads: 0,
      writes: 0,
      failed: 0,
      throttled: 0,
      ...freshExternal(),
    });
  });
  catalogue.links.forEach(({ from, to }) => {
    world.links.push({
      streams: { demand: streams.open("call", from, to, "demand"), choice: streams.open("call", from, to, "choice") },
      offered: 0,
      retries: 0,
      succeeded: 0,
      failedByCause: new Float64Array(failureCauses.length),
      time: 0,
    });
  });
}

function freshExternal() {
  return { outages: [], lastOutage: -1, wentOutAt: -1, firstClock: -1, budget: 0, budgetSecond: -1 };
}

function freshBreaker(): BreakerState {
  return { circuit: 0, opensUntil: 0, failuresInRow: 0, windowFrom: 0, attempts: 0, failures: 0, spell: 0, trials: 0, successes: 0 };
}

function freshArrivals(batch: number) {
  return { cursor: 0, batch: new Float64Array(batch), batchPlace: 0, batchLength: 0, phase: 0, phaseEndsAt: -1 };
}
