import { describe, expect, test } from "vitest";
import type { CallPolicy } from "../../src/model/clientProgram.ts";
import { EventKind } from "../../src/model/events.ts";
import { FactKind } from "../../src/model/facts.ts";
import { leaveService } from "../../src/model/work/station.ts";
import type { Platform } from "../../src/model/world.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { broken, type Sabotage } from "./sabotage.ts";

type Plot = Omit<Scenario, "name">;

const web: Plot = {
  horizon: "3min",
  service: { upgradeDomains: 2, roles: { web: { kind: "web", instances: 3, service: "100ms" } } },
  clients: { users: { endpoint: "web", arrivals: "constant(5/s)", timeout: "2s" } },
};
const writing: Plot = {
  ...web,
  service: {
    roles: {
      web: {
        kind: "web",
        instances: 2,
        localStorage: { kept: { size: "1MiB", cleanOnRoleRecycle: false } },
        handler: [{ store: "db", operation: "write" }, { compute: "50ms" }, { write: "local", folder: "kept", size: "1KiB" }],
      },
    },
  },
  stores: { db: { kind: "sql", write: "10ms" } },
};
const queued: Plot = {
  horizon: "3min",
  service: { roles: { work: { kind: "worker", instances: 2, concurrency: 1, queue: "jobs", service: "2s" } } },
  queues: { jobs: { arrivals: "constant(2/s)", visibilityTimeout: "30s" } },
};
const retrying: Plot = {
  ...web,
  service: { roles: { web: { kind: "web", instances: 1, service: "100ms" } } },
  clients: { users: { endpoint: "web", arrivals: "constant(2/s)", timeout: "1s", retry: { attempts: 3, backoff: "2s", jitter: "none" } } },
  faults: [{ at: "60s", kind: "app-hang", instance: "web/0", repairAfter: "60s" }],
};
const controlled: Plot = { ...web, faults: [{ at: "60s", kind: "controller-failure" }] };

/** The client follows another policy than it is known to have. */
function retried({ catalogue }: Platform, change: Partial<CallPolicy>): void {
  const [client] = catalogue.clients;
  if (client.policy !== undefined) Object.assign(client, { policy: { ...client.policy, ...change } });
}

/** What is tampered with, how, and what says so. */
const table: readonly (readonly [what: string, id: string, plot: Plot, sabotage: Sabotage, says: RegExp])[] = [
  [
    "an instance that changes its upgrade domain",
    "S16",
    { ...web, faults: [{ at: "70s", kind: "app-crash", instance: "web/0", repairAfter: "1s" }] },
    { at: 60, does: ({ world }) => world.instances.upgradeDomain.set([1], 0) },
    /instance 0 is in upgrade domain 1 and was made for 0/,
  ],
  [
    "local writes that can be read on another host",
    "S17",
    writing,
    { at: 60, does: ({ trace }) => trace.emit(FactKind.instancePlaced, 0, 1, -1) },
    /instance 0 can read \d+ writes that are lost/,
  ],
  [
    "local writes that vanish while an instance restarts where it is",
    "S17",
    writing,
    { at: 60, does: ({ world }) => world.folders.items.set([1], 0) },
    /writes are acknowledged, \d+ can be read, 0 are told as lost/,
  ],
  ["a store that forgets", "S18", writing, { at: 60, does: ({ world }) => world.stores[0].writes-- }, /store 0 had \d+ writes, and has/],
  [
    "a message that vanishes",
    "S19",
    queued,
    { at: 60, does: ({ world }) => world.messages.takenAt.fill(5e6) },
    /message \d+ is nowhere, and has not ended/,
  ],
  [
    "a message that ends twice",
    "S19",
    queued,
    {
      kind: FactKind.messageCompleted,
      hears: () => true,
      after: ({ trace, calendar, world }) => trace.emit(FactKind.messageCompleted, world.requests.message[calendar.target], 1, -1),
    },
    /is completed, and nobody has taken it, or it has ended/,
  ],
  [
    "a message that two workers have",
    "S20",
    queued,
    {
      at: 60,
      does: ({ trace, world }) => trace.emit(FactKind.messageTaken, world.requests.message[world.instances.serviceHead[0]], 1, -1),
    },
    /is delivered, and was at \d+ us, and has not been visible since/,
  ],
  [
    "a message that is visible before its time",
    "S20",
    queued,
    {
      at: 60,
      does: ({ trace, world }) => trace.emit(FactKind.messageReappeared, world.requests.message[world.instances.serviceHead[0]], 1, -1),
    },
    /is visible \d+ us after it was taken/,
  ],
  [
    "a replica that takes over before the lease is over",
    "S21",
    { ...controlled, fabric: { controller: { replicas: 3, lease: "20s", failover: "5s" } } },
    { at: 65, does: ({ trace }) => trace.emit(FactKind.controllerBack, 0, 5e6, -1) },
    /somebody decides \d+ us before the lease of the dead primary is over/,
  ],
  [
    "a placement while nobody decides",
    "S21",
    controlled,
    { kind: FactKind.controllerSilent, hears: () => true, after: ({ trace }) => trace.emit(FactKind.instancePlaced, 0, 0, -1) },
    /nobody decides, and fact 20 is told of 0/,
  ],
  [
    "up time that is not up",
    "S22",
    web,
    {
      atHorizon: ({ measured }) => {
        measured.availability.upTime--;
      },
    },
    /time up is 179999999 us, and 180000000 us by the facts/,
  ],
  [
    "a minute of the agreement's that was not down",
    "S22",
    web,
    {
      atHorizon: ({ measured }) => {
        measured.sla.runs[0][0].severalDown++;
      },
    },
    /severalDown of month 1 is 1 minutes, and 0 minutes by the facts/,
  ],
  [
    "an instance that leaves a rotation untold",
    "S22",
    web,
    {
      at: 60,
      does: ({ trace, world }) => {
        world.backends.inRotation.fill(0, 0, 3);
        for (const instance of [0, 1, 2]) trace.emit(FactKind.rotationChanged, instance, 0, -1);
      },
    },
    /reachable time is 180000000 us, and/,
  ],
  [
    "a latency shorter than its work",
    "S23",
    web,
    {
      kind: FactKind.requestSent,
      hears: ({ calendar }) => calendar.now > 60e6,
      after: ({ calendar, world }) => {
        const request = world.instances.serviceHead[world.requests.instance[world.instances.serviceHead.find((id) => id >= 0) ?? 0]];
        calendar.cancel(world.requests.completion[request]);
        world.requests.completion[request] = calendar.scheduleAfter(5, EventKind.serviceCompleted, request);
      },
    },
    /took 5 us to compute 100000 us/,
  ],
  [
    "a latency longer than its waiting and its work",
    "S23",
    web,
    {
      kind: FactKind.requestSent,
      hears: ({ calendar }) => calendar.now > 60e6,
      after: ({ calendar, world }) => {
        const request = world.instances.serviceHead[world.requests.instance[world.instances.serviceHead.find((id) => id >= 0) ?? 0]];
        calendar.cancel(world.requests.completion[request]);
        world.requests.completion[request] = calendar.scheduleAfter(100_001, EventKind.serviceCompleted, request);
      },
    },
    /took 100001 us for 100000 us of computing, 0 us in stores and 0 us frozen/,
  ],
  [
    "a request that never ends",
    "S23",
    { ...web, clients: { users: { endpoint: "web", arrivals: "poisson(1/s)", timeout: "10s" } } },
    { at: 60, does: ({ trace }) => trace.emit(FactKind.requestArrived, 50, 0, -1) },
    /request 50 is open for \d+ us, longer than its client waits/,
  ],
  [
    "a request that is counted twice",
    "S24",
    web,
    {
      atHorizon: ({ measured }) => {
        measured.requests.windows[1].offered++;
      },
    },
    /requests of window 1: \d+ is measured, \d+ by the facts/,
  ],
  [
    "a message that is not counted",
    "S24",
    queued,
    {
      atHorizon: ({ measured }) => {
        measured.queues.queues[0].completed--;
      },
    },
    /messages of queue 0 that were completed: \d+ is measured/,
  ],
  [
    "an attempt that is not counted",
    "S24",
    retrying,
    {
      atHorizon: ({ measured }) => {
        measured.attempts.clients[0].retries--;
      },
    },
    /retries of client 0: \d+ is measured/,
  ],
  [
    "a request in flight that nobody sent",
    "S25",
    web,
    { at: 60, does: ({ world }) => world.requestsInFlight++ },
    /requests were in the system for \d+ us more/,
  ],
  [
    "an instance that is given less than it holds",
    "S25",
    { ...web, faults: [{ at: "50s", kind: "app-hang", instance: "web/0", repairAfter: "60s" }] },
    { at: 60, does: ({ world }) => world.instances.outstanding[0]-- },
    /requests were outstanding at instance 0 for -\d+ us too long/,
  ],
  [
    "a slot that is busy for longer than time goes by",
    "S25",
    web,
    { at: 60, does: ({ world }) => (world.instances.busyTime[0] += 1e9) },
    /the slots of instance 0 have been busy for another \d+ us in the last \d+ us/,
  ],
  [
    "a slot that idles",
    "S26",
    { ...web, clients: { users: { endpoint: "web", arrivals: "constant(300/s)" } } },
    { at: 60, does: (platform) => leaveService(platform, 0, platform.world.instances.serviceHead[0]) },
    /instance 0 uses 7 of 8 slots, and something waits/,
  ],
  [
    "a worker that idles",
    "S26",
    queued,
    { at: 60, does: (platform) => leaveService(platform, 0, platform.world.instances.serviceHead[0]) },
    /worker 0 has a free slot, and a message of queue 0 waits/,
  ],
  [
    "a record that is never given back",
    "S27",
    web,
    { at: 60, does: ({ world }) => world.sessions.ids.allocate() },
    /1 records for 0 sessions/,
  ],
  [
    "events that pile up",
    "S27",
    web,
    {
      at: 60,
      does: ({ calendar }) => {
        for (let event = 0; event < 200; event++) calendar.scheduleAfter(1e6, EventKind.timeoutDue, 0);
      },
    },
    /events are pending, and no more than \d+ have a cause/,
  ],
  [
    "one try too many",
    "S28",
    retrying,
    { at: 50, does: (platform) => retried(platform, { tries: 5 }) },
    /request \d+ is tried more than 3 times/,
  ],
  [
    "a try that does not wait",
    "S28",
    retrying,
    { at: 50, does: (platform) => retried(platform, { first: 5 }) },
    /request \d+ is tried again after 5 us/,
  ],
  [
    "a fact between two microseconds",
    "S29",
    web,
    { at: 60, does: ({ trace }) => trace.emit(FactKind.instancesAsked, 0, 0.5, -1) },
    /value 0.5/,
  ],
  [
    "a figure that is no number",
    "S29",
    web,
    {
      atHorizon: ({ measured }) => {
        measured.availability.upTime = Number.NaN;
      },
    },
    /figures\.availability\.time is not a finite number/,
  ],
];

describe("an account of what was told finds", () => {
  for (const [what, id, plot, sabotage, says] of table) {
    test(`${what} (${id})`, () => {
      expect(broken([id], plot, sabotage)).toMatch(says);
      expect(broken([id], plot, {})).toBe("nothing");
    });
  }
});
