import { describe, expect, it } from "vitest";
import { invariants } from "../../src/invariants/index.ts";
import { BrokenInvariant, type Invariant } from "../../src/invariants/invariant.ts";
import { FactKind } from "../../src/model/facts.ts";
import type { Platform } from "../../src/model/world.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";
import { check } from "../../src/testing/check.ts";
import { leadsTo } from "../../src/testing/properties/leadsTo.ts";
import { settling } from "../../src/testing/settling.ts";

const shop = (more: object = {}): Scenario =>
  ({
    name: "shop",
    preset: "ideal",
    horizon: "5min",
    datacenter: { faultDomains: 2, hostsPerFaultDomain: 2, host: { cores: 2 } },
    service: {
      upgradeDomains: 2,
      roles: {
        web: { kind: "web", size: "Small", instances: 2, onStart: "40s" },
        work: { kind: "worker", size: "Small", instances: 1, queue: "jobs", concurrency: 1, service: "1s" },
      },
    },
    queues: { jobs: { arrivals: "constant(30/min)" } },
    balancer: { probe: { interval: "5s" } },
    ...more,
  }) as unknown as Scenario;
const outage = { faults: [{ at: "4min", kind: "rack-power", faultDomain: "faultDomain(0)" }] };

/** Once faults have ended and a time has passed, does something to the platform, after every event. */
const tampering = (does: (platform: Platform) => void, from = 0): Invariant => ({
  id: "X1",
  name: "tampering",
  statement: "",
  watch: ({ platform }) => ({
    afterEvent() {
      if (platform.world.healed && platform.calendar.now >= 300e6 + from) does(platform);
    },
  }),
});
const t9 = (properties: readonly Invariant[]) => ({ invariants: ["T9"], properties, replayTwice: false });

function found(scenario: Scenario, settle: string, ...properties: readonly Invariant[]): string {
  try {
    check(scenario, { ...t9(properties), settle });
    return "nothing";
  } catch (error) {
    if (error instanceof BrokenInvariant) return `${error.invariant} ${error.found}`;
    throw error;
  }
}

describe("time to settle", () => {
  it("moves the horizon behind the end of faults, which is the horizon unless the scenario says when", () => {
    expect(settling(shop(), "90s")).toMatchObject({ horizon: "6min30s", heal: { at: "5min", settle: "90s" } });
    expect(settling(shop({ heal: { at: "1min" } }), "90s")).toMatchObject({ horizon: "5min", heal: { at: "1min", settle: "90s" } });
    const { summary } = check(shop(outage), { settle: "1min" });
    expect(summary.simulatedSeconds).toBe(360);
  });

  it("is too short for an instance that needs longer to start, to the microsecond", () => {
    expect(found(shop(outage), "40s")).toBe("nothing");
    expect(found(shop(outage), "39s999999us")).toMatch(/^T9 instance \d is busy, and has not been ready since faults ended/);
  });

  it("is asked of a plain scenario", () => {
    expect(() => check(validate(shop()), { settle: "1min" })).toThrow(RangeError);
  });

  it("is over when an instance is out of rotation that nobody has taken out", () => {
    const away = tampering(({ calendar, world }) => {
      const backend = world.instances.firstBackend[0];
      if (world.backends.inRotation[backend] === 1) world.backends.inRotation[backend] = 0;
      calendar.cancel(world.backends.pending[backend]);
    });
    const crash = { faults: [{ at: "4min", kind: "rack-switch", faultDomain: "faultDomain(0)" }] };
    expect(found(shop(crash), "3min")).toBe("nothing");
    expect(found(shop(crash), "3min", away)).toMatch(/^T9 instance 0 is ready, and out of rotation/);
  });

  it("is over when nothing becomes of an operation", () => {
    const upgrade = {
      operations: [{ at: "290s", kind: "upgrade", version: "v2" }],
      fabric: { startTimeout: "2min" },
      horizon: "20min",
      heal: { at: "5min" },
    };
    const stop = tampering(({ world }) => {
      world.controller.outages = 1;
    });
    expect(found(shop(upgrade), "10min")).toBe("nothing");
    expect(found(shop(upgrade), "10min", stop)).toBe("T9 operation 0 is under way, and nothing becomes of it");
  });

  it("is over when a queue grows although a worker has nothing to do", () => {
    const full = shop({ queues: { jobs: { arrivals: "constant(5/s)" } } });
    // more than its workers can take is no matter of faults
    expect(found(full, "3min")).toBe("nothing");
    const forgotten = tampering(({ world }) => {
      for (const group of world.queues[0].consumers) for (const id of world.groups[group].instances) world.instances.busy[id] = 0;
    }, 178_500_000);
    expect(found(full, "3min", forgotten)).toMatch(/^T9 queue 0 holds at least \d+ in the end, at most \d+ when faults had ended/);
  });

  it("lets leadsTo count from the end of faults", () => {
    const back = leadsTo(
      "a host that went down is up within a minute",
      { fact: FactKind.hostChanged, where: ({ value }) => value !== 0 },
      { fact: FactKind.hostChanged, where: ({ value }) => value === 0 },
      { within: "1min" },
    );
    const long = shop({ faults: [{ at: "1min", kind: "rack-power", faultDomain: "faultDomain(0)" }] });
    expect(() => check(long, { properties: [back], replayTwice: false })).toThrow(/a host that went down/);
    expect(() => check(long, { properties: [back], replayTwice: false, settle: "2min" })).not.toThrow();
  });

  it("costs a run without an end of faults nothing: T9 watches nothing there", () => {
    const settles = invariants.find(({ id }) => id === "T9") as Invariant;
    const monitors: object[] = [];
    const spy: Invariant = { ...settles, watch: (run) => monitors[monitors.push(settles.watch(run)) - 1] as object };
    check(shop(), { invariants: [spy], replayTwice: false });
    expect(monitors).toEqual([{}]);
  });
});
