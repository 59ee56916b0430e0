import { describe, expect, test } from "vitest";
import { LeadsTo } from "../../src/invariants/leadsTo.ts";
import { EventKind } from "../../src/model/events.ts";
import { FactKind } from "../../src/model/facts.ts";
import { HostState, InstanceState } from "../../src/model/status.ts";
import type { Platform } from "../../src/model/world.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { broken, type Sabotage } from "./sabotage.ts";

type Plot = Omit<Scenario, "name">;

const web: Plot = {
  horizon: "10min",
  datacenter: { faultDomains: 2, hostsPerFaultDomain: 2 },
  service: { upgradeDomains: 2, roles: { web: { kind: "web", instances: 3, service: "100ms", roleStart: "5s", onStop: "5s" } } },
  fabric: { healing: "platform", crashDetection: "2s", guestReboot: "20s", provision: "30s", install: "10s" },
  balancer: { probe: { interval: "5s", evictAfter: "11s" } },
  clients: { users: { endpoint: "web", arrivals: "constant(5/s)", timeout: "2s" } },
};
const failing = (kind: string, more: object = {}): Plot => ({ ...web, faults: [{ at: "60s", kind, instance: "web/0", ...more }] }) as Plot;
const hostless: Plot = { ...web, faults: [{ at: "60s", kind: "host-failure", host: "hostOf(web/0)" }] };
const rebooted: Plot = {
  ...web,
  service: { roles: { web: { kind: "web", instances: 2, service: "30s", concurrency: 100, onStop: "5s" } } },
  clients: { users: { endpoint: "web", arrivals: "constant(1/s)", timeout: "never" } },
  fabric: { ...web.fabric, drainTimeout: "10s" },
  operations: [{ at: "60s", kind: "reboot", instance: "web/0" }],
};
const upgraded: Plot = {
  ...web,
  operations: [{ at: "60s", kind: "upgrade", version: "v2" }],
  fabric: { ...web.fabric, startTimeout: "60s" },
};
const queued: Plot = {
  horizon: "3min",
  service: { roles: { work: { kind: "worker", instances: 2, concurrency: 1, queue: "jobs", service: "2s" } } },
  queues: { jobs: { arrivals: "constant(2/s)", visibilityTimeout: "30s" } },
};
const crowded: Plot = {
  ...web,
  service: { roles: { web: { kind: "web", instances: 1, concurrency: 1, service: "1s" } } },
  clients: { users: { endpoint: "web", arrivals: "constant(2/s)" } },
};

const becomes =
  (wanted: number, instance = 0) =>
  (_: Platform, subject: number, value: number): boolean =>
    subject === instance && value === wanted;

/** The instance's own timer is lost. */
const forgetTimer = ({ calendar, world }: Platform): void => {
  calendar.cancel(world.instances.timer[0]);
};
/** Whatever a probe would do next with the first instance is lost. */
const forgetProbe = ({ calendar, world }: Platform): void => {
  calendar.cancel(world.backends.pending[world.instances.firstBackend[0]]);
};
const forgetServices = ({ calendar, world }: Platform): void => {
  const { instances, requests } = world;
  for (let id = 0; id < instances.count; id++)
    for (let held = instances.serviceHead[id]; held >= 0; held = requests.next[held]) calendar.cancel(requests.completion[held]);
};

/** What is tampered with, how, and what says so. */
const table: readonly (readonly [what: string, id: string, plot: Plot, sabotage: Sabotage, says: RegExp])[] = [
  [
    "an eviction that does not come",
    "T1",
    failing("vm-failure"),
    { kind: FactKind.instanceChanged, hears: becomes(InstanceState.dead), after: forgetProbe },
    /instance 0 does not answer, and is still in rotation 0/,
  ],
  [
    "a new flow to an instance that is out of rotation",
    "T1",
    web,
    {
      at: 60,
      does: ({ trace, world }) => {
        world.backends.inRotation[world.instances.firstBackend[1]] = 0;
        trace.emit(FactKind.rotationChanged, 1, 0, -1);
      },
    },
    /a new flow of client 0 goes to instance 1, which is out of rotation/,
  ],
  [
    "a readmission that does not come",
    "T2",
    failing("app-crash", { repairAfter: "60s" }),
    {
      kind: FactKind.instanceChanged,
      hears: (platform, subject, value) => platform.calendar.now > 60e6 && becomes(InstanceState.ready)(platform, subject, value),
      after: forgetProbe,
    },
    /instance 0 answers, and is still out of rotation 0/,
  ],
  [
    "a drain that does not end",
    "T3",
    rebooted,
    { kind: FactKind.instanceChanged, hears: becomes(InstanceState.draining), after: forgetTimer },
    /instance 0 is still draining, with \d+ in its hands, when the time for that is over/,
  ],
  [
    "an instance that takes something in while it drains",
    "T3",
    rebooted,
    {
      kind: FactKind.instanceChanged,
      hears: becomes(InstanceState.draining),
      after: ({ world }) => {
        world.instances.waiting[0]++;
      },
    },
    /instance 0 drains, and holds \d+ instead of \d+/,
  ],
  [
    "an instance that drains in rotation",
    "T3",
    rebooted,
    {
      kind: FactKind.instanceChanged,
      hears: becomes(InstanceState.draining),
      after: ({ world }) => {
        world.backends.inRotation[0] = 1;
      },
    },
    /instance 0 drains, and is in rotation/,
  ],
  [
    "an OnStop that does not end",
    "T3",
    { ...rebooted, horizon: "20min" },
    { kind: FactKind.instanceChanged, hears: becomes(InstanceState.stopping), after: forgetTimer },
    /instance 0 is still stopping/,
  ],
  [
    "a crash that nobody will notice",
    "T4",
    failing("app-crash"),
    { kind: FactKind.instanceChanged, hears: becomes(InstanceState.recycling), after: forgetTimer },
    /instance 0 is recycling, and nothing will end that/,
  ],
  [
    "a boot that takes longer than was drawn",
    "T4",
    { ...failing("vm-failure"), horizon: "30min" },
    {
      at: 660,
      does: ({ calendar, world }) => {
        calendar.cancel(world.instances.timer[0]);
        world.instances.timer[0] = calendar.scheduleAfter(600e6, EventKind.guestDeclaredDead, 0);
      },
    },
    /should have ended earlier/,
  ],
  [
    "a worker that is never done",
    "T5",
    queued,
    { at: 60, does: forgetServices },
    /\d+ messages wait in queue 0, and a worker that is done has taken none/,
  ],
  ["a service that is never over", "T5", crowded, { at: 60, does: forgetServices }, /still waits at instance 0, where a service is over/],
  [
    "an upgrade that stays at its first domain",
    "T6",
    upgraded,
    {
      kind: FactKind.upgradeDomainStarted,
      hears: () => true,
      after: (platform) => {
        platform.calendar.cancel(platform.world.operations[0].timer);
        forgetTimer(platform);
      },
    },
    /operation 0 stays at upgrade domain 0 without a reason/,
  ],
  [
    "a dead host that nobody declares dead",
    "T7",
    hostless,
    {
      kind: FactKind.hostChanged,
      hears: (_, __, value) => value === HostState.down,
      after: ({ calendar, world }) => {
        calendar.cancel(world.hosts.timer[0]);
      },
    },
    /host 0 is silent since 60000000 us, and is not declared dead/,
  ],
  [
    "a host that is declared dead too early",
    "T7",
    hostless,
    {
      kind: FactKind.hostChanged,
      hears: (_, __, value) => value === HostState.down,
      after: ({ trace }) => trace.emit(FactKind.hostDeclaredDead, 0, 0, -1),
    },
    /host 0 is declared dead 0 us after it fell silent/,
  ],
  [
    "a restart of a host that does not end",
    "T7",
    { ...hostless, fabric: { ...web.fabric, hostHeartbeat: { period: "5s", timeout: "20s" }, hostRestart: "60s" } },
    {
      at: 100,
      does: ({ calendar, world }) => {
        calendar.cancel(world.hosts.timer[0]);
      },
    },
    /the restart of host 0 takes longer than was drawn/,
  ],
  [
    "a restart of a host that is of no use, and nothing follows",
    "T7",
    { ...hostless, fabric: { ...web.fabric, hostHeartbeat: { period: "5s", timeout: "20s" }, hostRestart: "60s" } },
    {
      at: 100,
      does: ({ calendar, trace, world }) => {
        calendar.cancel(world.hosts.timer[0]);
        trace.emit(FactKind.hostRestartEnded, 0, 0, -1);
      },
    },
    /the restart of host 0 was of no use, and nothing follows/,
  ],
  [
    "an instance that is left on a host that is given up",
    "T7",
    web,
    { at: 60, does: ({ trace }) => trace.emit(FactKind.hostChanged, 0, HostState.outForRepair, -1) },
    /instance 0 is left on a host that is given up/,
  ],
  [
    "a restart before its back-off is over",
    "T8",
    {
      ...web,
      service: { roles: { web: { kind: "web", instances: 2, service: "100ms", crashAfter: "5s" } } },
      fabric: { ...web.fabric, restartBackoff: { first: "10s", max: "5min", reset: "5min" } },
    },
    {
      kind: FactKind.crashNoticed,
      hears: ({ calendar, world }, subject) => subject === 0 && world.instances.crashes[0] >= 3 && calendar.now > 0,
      after: ({ calendar, world }) => {
        calendar.cancel(world.instances.timer[0]);
        world.instances.timer[0] = calendar.scheduleAfter(1, EventKind.roleStarted, 0);
      },
    },
    /instance 0 starts \d+ us too early after crash 3 in a row/,
  ],
];

describe("within the time it has, a watched run", () => {
  for (const [what, id, plot, sabotage, says] of table) {
    test(`does not get away with ${what} (${id})`, () => {
      expect(broken([id], plot, sabotage)).toMatch(says);
      expect(broken([id], plot, {})).toBe("nothing");
    });
  }
});

describe("what is owed by an instant", () => {
  test("is overdue after it, once, the earliest first", () => {
    const owed = new LeadsTo();
    owed.oblige(3, 30);
    owed.oblige(1, 10);
    owed.oblige(2, 20);
    expect([owed.overdue(10), owed.overdue(11), owed.overdue(11)]).toEqual([-1, 1, -1]);
    expect([owed.overdue(100), owed.overdue(100), owed.overdue(100)]).toEqual([2, 3, -1]);
  });

  test("is not when it was discharged or put off", () => {
    const owed = new LeadsTo();
    for (let binding = 0; binding < 100; binding++) owed.oblige(binding, 200 - binding);
    for (let binding = 0; binding < 100; binding += 2) owed.discharge(binding);
    owed.oblige(99, 500);
    expect(owed.dueAt(98)).toBe(Number.POSITIVE_INFINITY);
    const late: number[] = [];
    for (let binding = owed.overdue(300); binding >= 0; binding = owed.overdue(300)) late.push(binding);
    expect(late).toEqual(Array.from({ length: 49 }, (_, place) => 97 - 2 * place));
    expect(owed.overdue(501)).toBe(99);
  });
});
