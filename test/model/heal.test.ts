import { describe, expect, it } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { branch, start } from "../../src/experiment/start.ts";
import { FactKind } from "../../src/model/facts.ts";
import { InstanceState } from "../../src/model/status.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";

const shop = (more: object): Scenario =>
  ({
    name: "shop",
    preset: "ideal",
    horizon: "30min",
    seed: 3,
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 2, repairCrews: 1 },
    service: {
      roles: { web: { kind: "web", instances: 3, service: "50ms" }, work: { kind: "worker", instances: 2, queue: "jobs", service: "1s" } },
    },
    queues: { jobs: { arrivals: "poisson(20/min)", visibilityTimeout: "30s" } },
    stores: { db: { kind: "sql" } },
    clients: { a: { endpoint: "web", arrivals: "poisson(1/s)" } },
    ...more,
  }) as unknown as Scenario;

const struckAfter = (scenario: Scenario, at: number): number => {
  const { facts } = run(scenario);
  return Array.from(facts.kind).filter(
    (kind, place) => (kind === FactKind.faultStruck || kind === FactKind.bugFired) && facts.at[place] >= at,
  ).length;
};

describe("the end of faults", () => {
  const storm = [
    { every: "exponential(1min)", kind: "app-crash", instance: "each(web)" },
    { every: "exponential(2min)", kind: "vm-failure", instance: "random(work)", repairAfter: "1min" },
    { every: "exponential(2min)", kind: "rack-power", faultDomain: "each(faultDomain)", repairAfter: "1h" },
    { every: "exponential(2min)", kind: "host-failure", host: "each(host)", class: "hardware", shock: { hits: "60%", within: "2min" } },
    { at: "10min", kind: "app-hang", instance: "web/0" },
  ];

  it("lets no fault strike and no site fire from that instant on", () => {
    const scenario = shop({ faults: storm, buggify: { fires: "90%", active: "100%" } });
    expect(struckAfter(scenario, 600e6)).toBeGreaterThan(10);
    expect(struckAfter({ ...scenario, heal: { at: "10min" } }, 600e6)).toBe(0);
  });

  it("changes nothing before it", () => {
    const [long, healed] = [start(shop({ faults: storm })), start(shop({ faults: storm, heal: { at: "10min" } }))];
    const [a, b] = [long, healed].map((course) => {
      course.advanceTo(600e6 - 1);
      return course.fingerprint;
    });
    expect(a).toBe(b);
  });

  it.each([
    { kind: "rack-power", faultDomain: "faultDomain(0)" },
    { kind: "rack-switch", faultDomain: "faultDomain(0)" },
    { kind: "host-failure", host: "host(0)", class: "hardware" },
    { kind: "host-failure", host: "each(host)", repairAfter: "1h" },
    { kind: "slow-host", host: "host(0)" },
    { kind: "app-crash", instance: "web/0" },
    { kind: "app-hang", instance: "web/0" },
    { kind: "web-process-crash", instance: "web/0" },
    { kind: "vm-failure", instance: "web/0" },
    { kind: "pause", instance: "web/0", repairAfter: "1h" },
    { kind: "slow", instance: "web/0" },
    { kind: "flap", instance: "web/0" },
    { kind: "app-errors", instance: "web/0" },
    { kind: "slow-boot", instance: "web/0" },
    { kind: "controller-failure" },
    { kind: "control-plane-outage", repairAfter: "1h" },
    { kind: "store-outage", store: "store(db)", repairAfter: "1h" },
    { kind: "queue-outage", queue: "queue(jobs)", repairAfter: "1h" },
  ])("ends $kind, whoever was to repair it, though nobody on the platform heals", (fault) => {
    const fabric = { healing: "none", operator: "none", controller: { replicas: 1 } };
    const course = start(shop({ fabric, faults: [{ at: "5min", ...fault }], heal: { at: "10min" } }));
    course.advanceTo(599e6);
    const { hosts, incidents, instances } = course.platform.world;
    expect(incidents.filter(({ open }) => open > 0).length).toBeGreaterThan(0);
    course.advanceTo(601e6);
    expect(incidents.filter(({ open }) => open > 0)).toEqual([]);
    expect(Array.from({ length: instances.count }, (_, id) => instances.state[id])).toEqual(
      Array(instances.count).fill(InstanceState.ready),
    );
    expect(Array.from({ length: hosts.count }, (_, id) => hosts.state[id])).toEqual(Array(hosts.count).fill(0));
  });

  it("leaves to agents of the platform what they have begun to heal", () => {
    const faults = [{ at: "599s", kind: "app-crash", instance: "web/0" }];
    const course = start(shop({ fabric: { healing: "platform", crashDetection: "10s" }, faults, heal: { at: "10min" } }));
    course.advanceTo(605e6);
    expect(course.platform.world.instances.state[0]).toBe(InstanceState.recycling);
    course.advanceTo(610e6);
    expect(course.platform.world.instances.state[0]).toBe(InstanceState.ready);
  });

  it("is part of what a snapshot keeps", () => {
    const scenario = shop({ faults: storm, heal: { at: "10min" } });
    const course = start(scenario);
    course.advanceTo(700e6);
    const restored = branch(course.snapshot());
    expect(restored.finish().summary.fingerprint).toBe(run(scenario).summary.fingerprint);
  });

  it.each([
    [{ at: "31min" }, /the horizon comes before that: faults go on to it/],
    [{ at: "10min", settle: "21min" }, /the horizon comes before that: nothing would be looked at/],
  ])("is refused after the horizon: %j", (heal, message) => {
    expect(() => run(shop({ heal }))).toThrow(message);
  });
});
