import fc from "fast-check";
import { expect, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { measuredOf } from "../../src/experiment/measured.ts";
import { invariants } from "../../src/invariants/index.ts";
import { Watcher } from "../../src/invariants/watcher.ts";
import { Simulation } from "../../src/kernel/simulation.ts";
import { EventKind } from "../../src/model/events.ts";
import { removeInstance } from "../../src/model/fabric/deployment.ts";
import { factAt, findFact } from "../../src/model/factLog.ts";
import { FactKind, factKindNames } from "../../src/model/facts.ts";
import { handlers } from "../../src/model/handlers.ts";
import { buildPlatform, startPlatform } from "../../src/model/platform.ts";
import type { Platform } from "../../src/model/world.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";
import { anyScenario } from "./anyScenario.ts";
import { wrongAtRest, wrongIn, wrongWhenEmpty } from "./checkWorld.ts";

const options = { numRuns: 150, seed: 20261124 };
const fewer = { ...options, numRuns: 50 };

/** Those that need no figures. */
const ofTheWorld = invariants.filter(({ id }) => /^S([1-9]|1[0-5])$/.test(id));

/** Replays a scenario event by event until nothing is left to happen, looking at the world after each. */
function watch(scenario: Scenario): Platform {
  const { design } = validate(scenario);
  const platform = buildPlatform(design, 1, 0);
  const watcher = new Watcher({ invariants: ofTheWorld, lookEvery: 1 }, platform, measuredOf(platform), 0);
  startPlatform(platform);
  const { calendar, world } = platform;
  const simulation = new Simulation(calendar, handlers, platform);
  const step = () => {
    simulation.step();
    watcher.afterEvent();
    const wrong = wrongIn(platform);
    if (wrong.length > 0) throw new Error(`at ${calendar.now / 1e6} s after event kind ${calendar.kind}: ${wrong.join("; ")}`);
  };
  while (calendar.peek() <= design.horizon) step();
  world.closed = true;
  for (let events = 0; calendar.size > 0; events++) {
    if (events > 20_000) throw new Error("it never comes to rest");
    step();
  }
  return platform;
}

test("whatever happens, the world is consistent after every event, comes to rest with nothing left over, and gives everything back", () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const platform = watch(scenario);
      expect(wrongAtRest(platform)).toEqual([]);
      for (const group of platform.world.groups) {
        group.asked = 0;
        for (const instance of [...group.instances]) removeInstance(platform, instance, -1, -1);
      }
      expect(wrongWhenEmpty(platform)).toEqual([]);
    }),
    options,
  );
});

test("whatever happens, every request is settled, every failure has a cause and an attribution, and messages are conserved", () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const { requests, byClient, byRole, windows, queues, availability } = run(scenario).summary;
      const { offered, succeeded, failed, failedByCause, failedByAttribution } = requests;
      expect(succeeded + failed).toBe(offered);
      expect(sum(Object.values(failedByCause))).toBe(failed);
      const { attempts, attemptsFailedByCause, hedges, retries } = requests;
      const breaks = Object.values(scenario.clients ?? {}).some(({ breaker }) => breaker !== undefined);
      // a breaker may hold back the first attempt of a request
      if (breaks) expect(attempts).toBeLessThanOrEqual(offered + retries + hedges);
      else expect(attempts).toBe(offered + retries + hedges);
      expect(sum(Object.values(attemptsFailedByCause)) + succeeded).toBeLessThanOrEqual(attempts);
      expect(sum(failedByAttribution.map((entry) => entry.failed))).toBe(failed);
      if (isThereFromTheStart(scenario)) expect(failedByAttribution.filter(({ source }) => source.startsWith("the start"))).toEqual([]);
      expect(sum(byClient.map((client) => client.offered))).toBe(offered);
      expect(sum(byRole.map((role) => role.offered + (role.staging?.offered ?? 0)))).toBe(offered);
      expect(sum(windows.map((window) => window.requests))).toBe(offered);
      expect(sum(windows.map((window) => window.failed))).toBe(failed);
      for (const queue of queues) {
        const { completed, poisoned, deadLettered, expired, lost, backlog, enqueued, lostBy } = queue;
        expect(completed + poisoned + deadLettered + expired + lost + backlog).toBe(enqueued);
        expect(sum(lostBy.map((loss) => loss.lost))).toBe(lost);
        expect(queue.backlog).toBeGreaterThanOrEqual(0);
      }
      for (const ratio of Object.values(availability)) if (ratio !== null) expect(ratio >= 0 && ratio <= 1).toBe(true);
    }),
    options,
  );
});

test("whatever happens, parts add up to the whole: time, money, restarts, calls, writes", () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const { availability, byClient, byRole, cost, downtime, localWrites, operations, requests, restarts, roleCalls } =
        run(scenario).summary;
      // whole microseconds
      expect(sum(downtime.byAttribution.map(({ seconds }) => Math.round(seconds * 1e6)))).toBe(Math.round(downtime.seconds * 1e6));
      const { from, to } = validate(scenario).design.measure;
      expect((1 - (availability.time ?? 0)) * (to - from)).toBeCloseTo(downtime.seconds * 1e6, 0);
      expect(cost.production.instanceHours + cost.staging.instanceHours).toBeCloseTo(cost.instanceHours, 9);
      expect(sum(byRole.map((role) => role.instanceHours))).toBeCloseTo(cost.instanceHours, 9);
      // a size without a price leaves the whole without one
      if (cost.total !== null) {
        expect((cost.production.total ?? 0) + (cost.staging.total ?? 0)).toBeCloseTo(cost.total, 9);
        expect(sum(byRole.map((role) => role.cost ?? 0))).toBeCloseTo(cost.total, 9);
      }
      expect(sum(byRole.map((role) => role.restarts))).toBe(restarts);
      for (const key of ["succeeded", "failed"] as const) {
        expect(sum(byRole.map((role) => role[key] + (role.staging?.[key] ?? 0)))).toBe(requests[key]);
        expect(sum(byClient.map((client) => client[key]))).toBe(requests[key]);
      }
      for (const key of ["attempts", "retries", "hedges"] as const) expect(sum(byClient.map((client) => client[key]))).toBe(requests[key]);
      for (const { failed, held } of requests.failedByAttribution) expect(held).toBeLessThanOrEqual(failed);
      expect(sum(operations.map(({ failedRequests }) => failedRequests))).toBeLessThanOrEqual(requests.failed);
      for (const { utilization } of byRole) if (utilization !== null) expect(utilization >= 0 && utilization <= 1).toBe(true);
      for (const { abandoned, failed, failedByCause, offered, succeeded } of roleCalls) {
        expect(sum(Object.values(failedByCause))).toBe(failed);
        expect(succeeded + failed + abandoned).toBe(offered);
        expect(abandoned).toBeGreaterThanOrEqual(0);
      }
      expect(sum(byRole.map((role) => role.calls))).toBe(sum(roleCalls.map(({ offered }) => offered)));
      expect(sum(Object.values(localWrites.lostBy))).toBe(localWrites.lost);
      expect(localWrites.lost).toBeLessThanOrEqual(localWrites.written);
    }),
    options,
  );
});

test("every change of the control plane has a cause, which leads back to a fault or an operation", () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const { facts } = run(scenario);
      const begins = new Set<number>([
        FactKind.faultStruck,
        FactKind.operationStarted,
        FactKind.operationRefused,
        FactKind.autoscaleDecided,
        // nothing but chance
        FactKind.bugFired,
        // an instant of the scenario
        FactKind.healed,
      ]);
      for (let place = 0; place < facts.length; place++) {
        let fact = factAt(facts, place);
        // what is true from the start has no cause
        if (fact.at === 0) continue;
        while (!begins.has(fact.kind)) {
          const cause = findFact(facts, fact.cause);
          if (cause < 0 || fact.cause >= fact.id) throw new Error(`${factKindNames[fact.kind]} at ${fact.at / 1e6} s has no cause`);
          fact = factAt(facts, cause);
        }
      }
    }),
    options,
  );
});

test("the same seed gives the same run, twice", () => {
  fc.assert(
    fc.property(anyScenario, fc.integer({ min: 0, max: 1e6 }), (scenario, seed) => {
      const [first, second] = [run(scenario, { seed, everyFact: true }), run(scenario, { seed, everyFact: true })];
      expect(second.summary).toEqual(first.summary);
      expect(second.facts).toEqual(first.facts);
    }),
    fewer,
  );
});

test("what is written down does not change what happens", () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      expect(run(scenario, { everyFact: true }).summary).toEqual(run(scenario).summary);
    }),
    fewer,
  );
});

test("the balancing policy shifts nobody's arrivals, and no demand of clients that do not wait for answers", () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const { weights, ...balancer } = scenario.balancer ?? {};
      const drawn = (policy: object) => drawnOutside({ ...scenario, balancer: { ...balancer, ...policy } } as Scenario);
      const first = drawn({ policy: "round-robin" });
      expect(drawn({ policy: "random" })).toEqual(first);
      expect(drawn({ policy: "weighted-least-outstanding", weights: weights ?? [3, 1, 2] })).toEqual(first);
    }),
    fewer,
  );
});

/**
 * When clients and producers arrived, and where the streams of demands stand at the end. The next request of a session, or of a user, waits
 * for an answer, and so their demands are drawn in another order. Versions of a role whose handlers differ would be an exception too: the
 * instance that is chosen says what a request asks for; none is drawn here.
 */
function drawnOutside(scenario: Scenario): unknown {
  const { design } = validate(scenario);
  const platform = buildPlatform(design, 1, 0);
  startPlatform(platform);
  const { calendar, streams, world } = platform;
  const simulation = new Simulation(calendar, handlers, platform);
  const arrivals: number[] = [];
  while (calendar.peek() <= design.horizon) {
    simulation.step();
    const isArrival = calendar.kind === EventKind.clientArrived || calendar.kind === EventKind.producerArrived;
    if (isArrival) arrivals.push(calendar.kind, calendar.target, calendar.now);
  }
  const open = design.clients.flatMap((client, id) => (isOpen(scenario, client.name) ? world.clients[id].streams.demand : []));
  return { arrivals, demands: open.map((stream) => streams.double(stream)) };
}

/** Whether all that clients ask for is there at time 0: in production, on hosts with room, no instance that never was. */
function isThereFromTheStart(scenario: Scenario): boolean {
  const { datacenter, service } = validate(scenario).design;
  const asked = Object.values(scenario.clients ?? {}).every(({ endpoint, slot }) => slot !== "staging" && !endpoint.includes("debug"));
  const cores = service.roles.reduce((total, { instances, size }) => total + instances * size.cores, 0);
  return asked && service.deployedAtStart && datacenter.clusters.length === 0 && cores <= datacenter.host.cores;
}

function isOpen({ clients }: Scenario, name: string): boolean {
  const client = clients?.[name];
  return client?.arrivals !== undefined && client.session === undefined;
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
