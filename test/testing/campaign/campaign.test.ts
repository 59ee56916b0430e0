import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { always } from "../../../src/invariants/own/always.ts";
import type { Policy } from "../../../src/model/policies/own.ts";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { validate } from "../../../src/scenario/validate.ts";
import { campaign } from "../../../src/testing/campaign/campaign.ts";
import { Coverage } from "../../../src/testing/campaign/coverage.ts";
import { occasions } from "../../../src/testing/campaign/occasions.ts";
import { check } from "../../../src/testing/check.ts";
import { type Counterexample, counterexampleJson, readCounterexample } from "../../../src/testing/counterexample/counterexample.ts";
import { replayCounterexample } from "../../../src/testing/counterexample/replay.ts";
import { sometimes } from "../../../src/testing/properties/sometimes.ts";

const shop = (more: object): Scenario =>
  ({
    name: "shop",
    preset: "ideal",
    horizon: "10min",
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 2 },
    service: { roles: { web: { kind: "web", instances: 2, service: "100ms" } } },
    fabric: { healing: "platform" },
    clients: { a: { endpoint: "web", arrivals: "constant(1/s)", timeout: "5s" } },
    ...more,
  }) as unknown as Scenario;

/** Crashes of either instance, and other things that do nothing to it. */
const scenarios = fc
  .record({
    instances: fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 4 }),
    seed: fc.nat(1000),
    instant: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ instances, instant, seed }) =>
    shop({ seed, faults: instances.map((index, place) => ({ kind: "app-crash", at: `${instant + place}min`, instance: `web/${index}` })) }),
  );
const two = always("two are ready", (moment) => moment.ready("web") >= 2);

describe("a campaign", () => {
  it("reports what was met, and fails what never was", () => {
    const properties = [
      sometimes("one is missing", (moment) => moment.ready("web") === 1),
      sometimes("three are there", (moment) => moment.ready("web") === 3),
    ];
    const report = campaign({ scenarios, runs: 25, properties, expectOccasions: false });
    expect(report).toMatchObject({ seed: 1, scenarios: 25, missed: ["three are there"], counterexamples: [] });
    expect(report.hits["one is missing"]).toBeGreaterThan(10);
    expect([...report.coverage.faults.keys()]).toEqual(["app-crash"]);
    const again = campaign({ scenarios, runs: 25, properties, expectOccasions: false });
    expect([again.events, again.hits]).toEqual([report.events, report.hits]);
    expect(campaign({ scenarios, runs: 25, seed: 2, expectOccasions: false }).events).not.toBe(report.events);
  });

  it("makes one small counterexample of each invariant that breaks, which is replayed to the same", () => {
    const { counterexamples } = campaign({ scenarios, runs: 30, properties: [two], expectOccasions: false });
    expect(counterexamples).toHaveLength(1);
    const [found] = counterexamples;
    if (found === undefined) throw new Error("none");
    expect(found.scenario.faults).toHaveLength(1);
    expect(found.scenario).not.toHaveProperty("clients");
    expect(replayCounterexample(validate(found.scenario), found.finding, [two])).toMatchObject({ isSame: true });
  });

  it("makes a counterexample of what a property throws, keeps what was found before, and replays it to the same", () => {
    const throws = always("it can be asked", (moment) => {
      const [, second = 0] = moment.instancesOf("web");
      if (moment.stateOf(second) !== "ready" && moment.now > 0) throw new TypeError(`web/1 is not ready at ${moment.now}`);
      return true;
    });
    const {
      counterexamples,
      mistakes,
      scenarios: drawn,
    } = campaign({ scenarios, runs: 40, properties: [throws, two], expectOccasions: false });
    expect(drawn).toBe(40);
    expect(mistakes.map(({ mistake }) => mistake).sort()).toEqual(["TypeError: web/N is not ready at N", "own two are ready"]);
    const found = counterexamples.find(({ finding }) => finding.invariant === "error");
    if (found === undefined) throw new Error("none");
    expect(found.scenario.faults).toHaveLength(1);
    expect(found.evidence?.lastEvents.at(-1)).toMatchObject({ at: found.finding.at });
    const { finding, scenario } = readCounterexample(counterexampleJson(found));
    expect(replayCounterexample(validate(scenario), finding, [throws])).toMatchObject({ isSame: true });
    expect(replayCounterexample(validate(scenario), finding)).toEqual({ error: undefined, isSame: false });
  });

  it("makes a counterexample of what a policy throws", () => {
    const service = { roles: { web: { kind: "web", instances: 2, service: "100ms" } } };
    const picky: Policy = {
      kind: "picky",
      choose: ({ count }) => {
        if (count < 2) throw new Error("one is none");
        return 0;
      },
    };
    const balanced = scenarios.map((scenario) => ({ ...scenario, service, balancer: { policy: "picky" } }) as unknown as Scenario);
    const { counterexamples } = campaign({ scenarios: balanced, runs: 20, policies: [picky], expectOccasions: false });
    expect(counterexamples.map(({ found }) => found)).toEqual([`the policy "picky" failed: one is none`]);
    // one instance is enough
    expect(counterexamples[0]?.scenario).not.toHaveProperty("faults");
    const [{ finding, scenario }] = counterexamples as [Counterexample];
    expect(replayCounterexample(validate(scenario, { policies: [picky] }), finding)).toMatchObject({ isSame: true });
  });

  it("throws a drawn scenario that is wrong", () => {
    expect(() => campaign({ scenarios: fc.constant(shop({ horizon: "never" })), runs: 1, expectOccasions: false })).toThrow(/horizon/);
  });
});

describe("the occasions of the catalogue", () => {
  const met = (scenario: Scenario): readonly string[] =>
    Object.entries(check(scenario, { properties: occasions, replayTwice: false, snapshotAt: 0.5 }).hits).flatMap(([name, count]) =>
      count > 0 ? [name] : [],
    );
  /** One worker that takes 20 s for a message. */
  const queueWork = (visibilityTimeout: string): object => ({
    service: {
      roles: {
        web: { kind: "web", instances: 2, handler: [{ compute: "100ms" }, { enqueue: "orders" }] },
        work: { kind: "worker", instances: 1, queue: "orders", service: "20s" },
      },
    },
    queues: { orders: { visibilityTimeout } },
    clients: { a: { endpoint: "web", arrivals: "constant(1/min)", timeout: "5s" } },
  });
  const staging = { at: "1s", kind: "deploy", slot: "staging", version: "v2" };

  it.each([
    ["queue full", { service: { roles: { web: { kind: "web", instances: 1, concurrency: 1, queueLimit: 1, service: "10s" } } } }],
    [
      "retry exhausted",
      {
        service: { roles: { web: { kind: "web", instances: 1, service: "10s" } } },
        clients: { a: { endpoint: "web", arrivals: "constant(1/min)", timeout: "1s", retry: { attempts: 2, backoff: "1s" } } },
      },
    ],
    ["all of a role down", { faults: [0, 1].map((index) => ({ kind: "app-crash", at: "1min", instance: `web/${index}` })) }],
    [
      "fault domain outage during an upgrade",
      {
        service: { upgradeDomains: 2, roles: { web: { kind: "web", instances: 2, onStart: "1min" } } },
        operations: [{ at: "1min", kind: "upgrade", version: "v2" }],
        faults: [{ kind: "rack-power", at: "90s", faultDomain: "faultDomain(1)", repairAfter: "1min" }],
      },
    ],
    [
      "swap during a fault",
      {
        operations: [staging, { at: "5min", kind: "swap" }],
        faults: [{ kind: "slow", at: "1min", instance: "web/0", factor: 2, repairAfter: "8min" }],
      },
    ],
    [
      "placement impossible",
      {
        datacenter: { faultDomains: 1, hostsPerFaultDomain: 1 },
        faults: [{ kind: "host-failure", at: "1min", host: "host(0)", repairAfter: "5min" }],
      },
    ],
    ["probe flap", { faults: ["1min", "2min"].map((at) => ({ kind: "pause", at, instance: "web/0", repairAfter: "40s" })) }],
    ["message redelivered", queueWork("10s")],
    [
      "heal while draining",
      {
        service: { roles: { web: { kind: "web", instances: 2, service: "1min" } } },
        clients: { a: { endpoint: "web", arrivals: "constant(1/s)", timeout: "2min" } },
        operations: [{ at: "2min", kind: "reboot", instance: "web/0" }],
        faults: [{ kind: "slow", at: "1min", instance: "web/1", factor: 2, repairAfter: "70s" }],
      },
    ],
    ["host returns after re-placement", { faults: [{ kind: "host-failure", at: "1min", host: "hostOf(web/0)", repairAfter: "5min" }] }],
    ["primary failover", { faults: [{ kind: "controller-failure", at: "1min", repairAfter: "1min" }] }],
  ])("%s is met by a scenario in which it happens, and not without", (name, more) => {
    expect(met(shop(more))).toContain(name);
    expect(met(shop({}))).toEqual([]);
  });

  it.each([
    ["probe flap", { faults: ["1min", "4min"].map((at) => ({ kind: "pause", at, instance: "web/0", repairAfter: "40s" })) }],
    ["message redelivered", queueWork("1min")],
    [
      "heal while draining",
      {
        operations: [{ at: "2min", kind: "reboot", instance: "web/0" }],
        faults: [{ kind: "slow", at: "1min", instance: "web/1", factor: 2, repairAfter: "70s" }],
      },
    ],
    ["host returns after re-placement", { faults: [{ kind: "host-failure", at: "1min", host: "hostOf(web/0)", repairAfter: "1s" }] }],
  ])("%s is not met by a scenario in which it nearly happens", (name, more) => {
    expect(met(shop(more))).not.toContain(name);
  });

  it("a snapshot in an upgrade is one of them", () => {
    const service = { upgradeDomains: 2, roles: { web: { kind: "web", instances: 2, onStart: "4min" } } };
    expect(met(shop({ service, operations: [{ at: "1min", kind: "upgrade", version: "v2" }] }))).toContain("snapshot in an upgrade");
  });
});

describe("coverage", () => {
  it("adds up, and says what was new", () => {
    const [one, other] = [new Coverage(), new Coverage()];
    one.changes.set("a", 1);
    for (const change of ["a", "b"]) other.changes.set(change, 1);
    expect([one.add(other), one.add(other), [...one.changes]]).toEqual([
      1,
      0,
      [
        ["a", 3],
        ["b", 2],
      ],
    ]);
  });
});
