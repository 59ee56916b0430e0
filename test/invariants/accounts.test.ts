import { describe, expect, test } from "vitest";
import type { CallPolicy } from "../../src/model/clientProgram.ts";
import { FactKind } from "../../src/model/facts.ts";
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
