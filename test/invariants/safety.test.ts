import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { invariants } from "../../src/invariants/index.ts";
import { setRotation } from "../../src/model/balancer/rotation.ts";
import { beginStop, StopReason } from "../../src/model/fabric/stopping.ts";
import { FactKind } from "../../src/model/facts.ts";
import { leaveHost, relocate, settleOn } from "../../src/model/hardware/placement.ts";
import { HostState, InstanceState } from "../../src/model/status.ts";
import { leaveQueue, startService } from "../../src/model/work/station.ts";
import type { Platform } from "../../src/model/world.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { anyScenario } from "../model/anyScenario.ts";
import { broken, type Sabotage } from "./sabotage.ts";

type Plot = Omit<Scenario, "name">;

const web: Plot = {
  horizon: "3min",
  datacenter: { faultDomains: 2, hostsPerFaultDomain: 2, host: { cores: 4 } },
  service: { upgradeDomains: 2, roles: { web: { kind: "web", size: "Medium", instances: 3, concurrency: 2, service: "1s" } } },
  clients: { users: { endpoint: "web", arrivals: "constant(3/s)", timeout: "5s" } },
};
const retrying: Plot = {
  ...web,
  clients: { users: { endpoint: "web", arrivals: "constant(3/s)", timeout: "5s", retry: { attempts: 2 }, hedge: "900ms" } },
};
const crashing: Plot = { ...web, faults: [{ at: "50s", kind: "app-crash", instance: "web/0", repairAfter: "60s" }] };
const frozen: Plot = { ...web, faults: [{ at: "50s", kind: "pause", instance: "web/0", repairAfter: "20s" }] };
const cutOff: Plot = {
  ...web,
  fabric: { healing: "platform", restartHostFirst: false, hostHeartbeat: { period: "1us", timeout: "10s" } },
  faults: [{ at: "50s", kind: "rack-switch", faultDomain: "faultDomain(0)", repairAfter: "30s" }],
};
const staged: Plot = {
  ...web,
  datacenter: { faultDomains: 2, hostsPerFaultDomain: 4, host: { cores: 4 } },
  operations: [
    { at: "10s", kind: "deploy", slot: "staging", version: "v2" },
    { at: "100s", kind: "swap" },
  ],
};
const upgraded: Plot = {
  ...web,
  service: { upgradeDomains: 3, roles: { web: { kind: "web", size: "Medium", instances: 3, service: "100ms", onStart: "20s" } } },
  operations: [{ at: "50s", kind: "upgrade", version: "v2" }],
};
const rolledBack: Plot = {
  ...upgraded,
  operations: [
    { at: "50s", kind: "upgrade", version: "v2" },
    { at: "80s", kind: "rollback" },
  ],
};

const after60 = (does: (platform: Platform) => void): Sabotage => ({ at: 60, does });
const says = (kind: FactKind, subject: number, value: number): Sabotage => after60(({ trace }) => trace.emit(kind, subject, value, -1));
/** Something done right after the first domain of a walk has had its turn; the fact of that turn is known. */
const atFirstTurn = (does: (platform: Platform, turn: number) => void): Sabotage => {
  let turn = -1;
  return {
    kind: FactKind.upgradeDomainStarted,
    hears: ({ trace }) => {
      turn = trace.count - 1;
      return true;
    },
    after: (platform) => does(platform, turn),
  };
};
const inService = ({ world }: Platform): number => world.instances.serviceHead[0];
/** Puts an instance on another host than its place in the order of things. */
const squeezeIn = (platform: Platform, instance: number, host: number): void => {
  leaveHost(platform, instance);
  settleOn(platform, instance, host, -1);
};

/** What is tampered with, which invariant says so, in what, how, and what it says. */
const table: readonly (readonly [what: string, id: string, plot: Plot, sabotage: Sabotage, says: RegExp])[] = [
  ["a request that nobody made is sent", "S2", web, says(FactKind.requestSent, 9999, 0), /request 9999 is sent, and is never begun/],
  [
    "a request succeeds twice",
    "S2",
    web,
    after60((platform) => platform.trace.emit(FactKind.requestSucceeded, inService(platform), 1, -1)),
    /request \d+ succeeds, and is a settled request/,
  ],
  [
    "a record is given to another request while it is open",
    "S2",
    web,
    after60((platform) => platform.trace.emit(FactKind.requestArrived, inService(platform), 0, -1)),
    /request \d+ begins anew while it is open/,
  ],
  ["an attempt starts for no request", "S2", retrying, says(FactKind.attemptStarted, 50, 9999), /attempt 50 starts for request 9999/],
  [
    "an instance skips a state that takes time",
    "S4",
    web,
    says(FactKind.instanceChanged, 0, InstanceState.busy),
    /instance 0 goes from ready to busy/,
  ],
  [
    "a frozen instance goes on in another state",
    "S4",
    frozen,
    after60(({ world }) => world.instances.pausedFrom.set([InstanceState.recycling])),
    /instance 0 goes from paused to recycling/,
  ],
  [
    "a host is restarted before it failed",
    "S4",
    web,
    says(FactKind.hostChanged, 0, HostState.restarting),
    /host 0 goes from up to restarting/,
  ],
  ["an operation ends that has not begun", "S4", staged, says(FactKind.operationFinished, 1, 0), /operation 1 ends/],
  ["an instance is nowhere", "S5", web, after60((platform) => leaveHost(platform, 1)), /instance 1 is neither pending nor placed/],
  [
    "an instance waits although it is placed",
    "S5",
    web,
    after60(({ world }) => world.pendingInstances.push(1)),
    /instance 1 is listed as pending/,
  ],
  [
    "a role forgets an instance",
    "S5",
    web,
    after60(({ trace, world }) => {
      world.groups[0].instances.pop();
      trace.emit(FactKind.instancesAsked, 0, 3, -1);
    }),
    /role 0 has 2 instances, and 3 were asked for/,
  ],
  [
    "an instance lives on a dead host",
    "S5",
    web,
    after60(({ world }) => world.hosts.state.set([HostState.down])),
    /instance \d lives in state 5 on host 0/,
  ],
  [
    "an instance that serves is placed elsewhere",
    "S6",
    web,
    after60((platform) => relocate(platform, 0, -1)),
    /instance 0 is placed on host \d, and serves in state 5/,
  ],
  [
    "one that was given up behind a switch runs on when that works again",
    "S6",
    cutOff,
    { at: 65, does: ({ world }) => world.strays.splice(0) },
    /instance \d runs on host \d, which is reached again/,
  ],
  [
    "a host is overfull",
    "S7",
    web,
    after60((platform) => {
      squeezeIn(platform, 1, 0);
      squeezeIn(platform, 2, 0);
    }),
    /instance 2 makes it 6 cores/,
  ],
  ["a host has room that it has not", "S7", web, after60(({ world }) => world.hosts.freeCores[0]++), /host 0 has \d cores/],
  [
    "an instance serves more than it has slots",
    "S8",
    { ...web, clients: { users: { endpoint: "web", arrivals: "constant(30/s)" } } },
    after60((platform) => {
      const waiting = platform.world.instances.queueHead[0];
      leaveQueue(platform, 0, waiting);
      startService(platform, 0, waiting);
    }),
    /instance 0 has 3 in service on 2 slots/,
  ],
  [
    "an instance miscounts what it holds",
    "S8",
    web,
    after60(({ world }) => world.instances.waiting[1]++),
    /instance 1 holds (\d) and (\d), and counts/,
  ],
  [
    "a dead process holds requests",
    "S8",
    web,
    after60(({ world }) => world.instances.state.set([InstanceState.recycling])),
    /instance 0 holds \d in state 11/,
  ],
  [
    "a new flow reaches an instance that is out of rotation",
    "S9",
    crashing,
    after60(({ trace, world }) =>
      trace.emit(FactKind.requestSent, Math.max(world.instances.serviceHead[1], world.instances.serviceHead[2]), 0, -1),
    ),
    /a new flow of client 0 reaches instance 0, which is out of rotation/,
  ],
  [
    "a ready instance is left out of rotation",
    "S9",
    web,
    after60((platform) => setRotation(platform, platform.world.instances.firstBackend[0], false, -1)),
    /instance 0 is out of rotation, answers 0, and no probe will change that/,
  ],
  [
    "a rotation that its instances know nothing of",
    "S9",
    web,
    after60(({ world }) => world.backends.inRotation.fill(0)),
    /backend \d of instance 0 and its rotation disagree/,
  ],
  [
    "an instance answers what it was asked before it crashed",
    "S10",
    web,
    after60(({ trace }) => {
      trace.emit(FactKind.instanceChanged, 0, InstanceState.recycling, -1);
      trace.emit(FactKind.instanceChanged, 0, InstanceState.ready, -1);
    }),
    /request \d+ is answered by instance 0, which went down meanwhile/,
  ],
  [
    "a hung instance answers",
    "S10",
    { ...web, clients: { users: { endpoint: "web", arrivals: "constant(3/s)", retry: { attempts: 2 } } } },
    after60(({ world }) => world.instances.state.set([InstanceState.hung])),
    /request \d+ is answered by instance 0 in state 6/,
  ],
  ["a dead host answers", "S10", web, after60(({ world }) => world.hosts.state.fill(HostState.down)), /on host \d, which is not up/],
  ["two VIPs lead to one deployment", "S11", web, after60(({ world }) => world.vips.fill(0)), /deployment 0 is behind both VIPs/],
  ["a door leads elsewhere than the VIP", "S11", web, after60(({ world }) => world.doors.fill(-1)), /connections to slot 0 reach -1/],
  [
    "slots are exchanged without a swap",
    "S12",
    staged,
    after60(({ world }) => {
      world.vips.reverse();
      world.doors.reverse();
    }),
    /a slot changes from deployment 0 to 1 without a swap/,
  ],
  ["a swap that is none", "S12", staged, says(FactKind.slotsSwapped, 0, 1), /a swap of 0 and 1 puts 0 into production and 1 into staging/],
  [
    "a flow goes on to the old deployment after the swap",
    "S12",
    staged,
    { at: 110, does: ({ trace, world }) => trace.emit(FactKind.requestSent, world.instances.serviceHead[3], 0, -1) },
    /a new flow of client 0 reaches deployment 0, and 1 is in slot 0/,
  ],
  [
    "an instance of another upgrade domain stops too",
    "S13",
    upgraded,
    atFirstTurn((platform, turn) => beginStop(platform, 1, StopReason.update, -1, turn)),
    /instance 1 of upgrade domain 1 stops at the turn of 0/,
  ],
  [
    "an upgrade domain does not wait for the one before",
    "S13",
    upgraded,
    atFirstTurn((platform) => {
      const turn = platform.trace.emit(FactKind.upgradeDomainStarted, 0, 1, -1);
      beginStop(platform, 1, StopReason.update, -1, turn);
    }),
    /instance 1 stops for upgrade domain 1, and 0 of 0 is still away/,
  ],
  [
    "an upgrade domain has its turn too early",
    "S14",
    upgraded,
    atFirstTurn(({ trace }) => trace.emit(FactKind.upgradeDomainStarted, 0, 1, -1)),
    /upgrade domain 1 has its turn, and instance 0 is away/,
  ],
  [
    "an upgrade domain has its turn twice",
    "S14",
    upgraded,
    atFirstTurn(({ trace }) => trace.emit(FactKind.upgradeDomainStarted, 0, 0, -1)),
    /upgrade domain 0 has its turn twice/,
  ],
  [
    "an updated instance goes back to the version before",
    "S14",
    upgraded,
    {
      at: 75,
      does: ({ trace, world }) => {
        world.instances.program[0] = 0;
        trace.emit(FactKind.instanceChanged, 0, InstanceState.ready, -1);
      },
    },
    /instance 0 goes back to program 0/,
  ],
  [
    "an instance is ready on another program than its role has",
    "S14",
    web,
    {
      at: 75,
      does: ({ trace, world }) => {
        world.groups[0].program = 1;
        trace.emit(FactKind.instanceChanged, 0, InstanceState.ready, -1);
      },
    },
    /instance 0 is ready on program 0, and its role has 1/,
  ],
  [
    "a rollback forgets a version",
    "S14",
    rolledBack,
    { at: 85, does: ({ world }) => Object.assign(world.deployments[0], { version: "odd" }) },
    /a rollback to .* has brought .*odd/,
  ],
  [
    "an instance comes beside another one of its role, and a fault domain is empty",
    "S15",
    { ...web, service: { roles: { web: { kind: "web", instances: 2, service: "1s" } } } },
    after60((platform) => squeezeIn(platform, 1, 0)),
    /instance 1 comes to 1 of its role in fault domain 0, and there is room beside 0 in 1/,
  ],
];

describe("a monitor says that", () => {
  for (const [what, id, plot, sabotage, pattern] of table) {
    test(`${what} (${id})`, () => {
      expect(broken([id], plot, sabotage)).toMatch(pattern);
    });
  }
});

test("what is tampered with holds when it is left alone", () => {
  const ids = [...new Set(table.map(([, id]) => id))];
  for (const plot of new Set(table.map(([, , plot]) => plot))) expect(broken(ids, plot, {})).toBe("nothing");
});

test("no invariant breaks at any event of any scenario", () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      run(scenario, { checks: { invariants, lookEvery: 1 } });
    }),
    { numRuns: 150, seed: 20261124 },
  );
});
