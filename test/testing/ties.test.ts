import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { invariants } from "../../src/invariants/index.ts";
import type { Invariant } from "../../src/invariants/invariant.ts";
import { Simulation } from "../../src/kernel/simulation.ts";
import { handlers } from "../../src/model/handlers.ts";
import { buildPlatform, startPlatform } from "../../src/model/platform.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";
import { shuffleTies } from "../../src/testing/ties/shuffleTies.ts";
import { anyScenario } from "../model/anyScenario.ts";
import { wrongAtRest, wrongIn } from "../model/checkWorld.ts";

const options = { numRuns: 25, seed: 20261124 };

const scenario = (more: object, web: object = {}): Scenario =>
  ({
    name: "ties",
    preset: "ideal",
    horizon: "100s",
    service: { roles: { web: { kind: "web", instances: 1, service: "1s", ...web } } },
    ...more,
  }) as Scenario;

const shuffles = 30;

test("in every order of simultaneous events the world is consistent after each, and comes to rest with nothing left over", () => {
  let ties = 0;
  fc.assert(
    fc.property(anyScenario, (any) => {
      const { design } = validate(any);
      const platform = buildPlatform(design, 1, 0);
      const { calendar, world } = platform;
      calendar.shuffleTies(++ties);
      startPlatform(platform);
      const simulation = new Simulation(calendar, handlers, platform);
      const step = () => {
        simulation.step();
        expect(wrongIn(platform)).toEqual([]);
      };
      while (calendar.peek() <= design.horizon) step();
      world.closed = true;
      for (let events = 0; calendar.size > 0 && events < 20_000; events++) step();
      expect(wrongAtRest(platform)).toEqual([]);
    }),
    options,
  );
});

test("in every order of simultaneous events the invariants of the catalogue hold", () => {
  fc.assert(
    fc.property(anyScenario, fc.integer({ min: 1, max: 1000 }), (any, ties) => {
      const shuffled: Invariant = {
        id: "U1",
        name: "shuffled",
        statement: "Events at equal instants happen in a drawn order.",
        watch: ({ platform }) => {
          platform.calendar.shuffleTies(ties);
          return {};
        },
      };
      run(any, { checks: { invariants: [shuffled, ...invariants], lookEvery: 50 } });
    }),
    options,
  );
});

describe("what semantics promise of simultaneous events holds in every order", () => {
  const nothing = (of: Scenario) => expect(shuffleTies(of, { shuffles }).dependences).toEqual([]);
  const at = (instants: string[], more: object = {}) => ({ clients: { a: { endpoint: "web", arrivals: { instants }, ...more } } });

  it("a completion at the very instant of the time-out is a success", () => {
    for (const discipline of ["fifo", "processor-sharing"]) {
      const exact = scenario(at(["1s", "5s", "9s"], { timeout: "1s" }), { discipline });
      expect(run(exact).summary.requests.succeeded).toBe(3);
      expect(shuffleTies(exact, { shuffles }).ties).toBeGreaterThan(0);
      nothing(exact);
    }
  });

  it("so is one of a request that needs no time, when a slot becomes free at that instant", () => {
    const none = { endpoint: "web", arrivals: { instants: ["1s", "5s"], demands: ["0s", "0s"] }, timeout: "1s" };
    const clients = { a: { endpoint: "web", arrivals: { instants: ["1s", "5s"] } }, b: none };
    const exact = scenario({ clients });
    expect(run(exact).summary.requests.succeeded).toBe(4);
    nothing(exact);
  });

  it("a completion at the very instant of the deadline is a success, of clients that retry too", () => {
    const exact = scenario(at(["1s", "5s"], { timeout: "1s", deadline: "1s", retry: { attempts: 2 } }));
    expect(run(exact).summary.requests.succeeded).toBe(2);
    nothing(exact);
  });

  it("a probe at the instant of a change finds what was before it", () => {
    const balancer = { probe: { interval: "5s", phase: "2s", misses: 1 } };
    const faults = [{ at: "12s", kind: "app-crash", instance: "web/0", repairAfter: "10s" }];
    nothing(scenario({ balancer, faults, fabric: { healing: "none" }, ...at(["11s", "13s", "18s", "23s", "28s"]) }, { instances: 2 }));
  });

  it("nothing that is due at the horizon begins", () => nothing(scenario(at(["1s", "100s"]))));
});

describe("what depends on the order of simultaneous events", () => {
  const crash = scenario({
    clients: { a: { endpoint: "web", arrivals: { instants: ["9s"] } } },
    faults: [{ at: "10s", kind: "app-crash", instance: "web/0", repairAfter: "1s" }],
  });

  it("is told with the figures, the first facts and the kinds of events whose order mattered", () => {
    const { dependences, shuffles: count } = shuffleTies(crash, { shuffles });
    expect(count).toBe(shuffles);
    expect(dependences.length).toBeGreaterThan(0);
    expect(dependences.length).toBeLessThan(shuffles);
    for (const { facts, figures, kinds } of dependences) {
      expect(facts?.at).toBe(10e6);
      expect(kinds).toEqual(["faultDue and serviceCompleted"]);
      expect(figures.map(({ path }) => path)).toContain("requests.succeeded");
    }
  });

  it("is nothing when nothing coincides", () => {
    const { dependences, ties } = shuffleTies(scenario({ clients: { a: { endpoint: "web", arrivals: { instants: ["9s"] } } } }));
    expect({ dependences, ties }).toEqual({ dependences: [], ties: 0 });
  });

  it("is the same in every replay of the report", () => {
    expect(shuffleTies(crash, { shuffles: 5 })).toEqual(shuffleTies(crash, { shuffles: 5 }));
  });
});
