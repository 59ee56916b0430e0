import fc from "fast-check";
import { expect, test } from "vitest";
import { askedModel, commands, run, runCommands, type Scenario, Sim } from "../../../src/testing/index.ts";

const scenario: Scenario = {
  name: "operated",
  preset: "ideal",
  horizon: "30min",
  datacenter: { faultDomains: 2, hostsPerFaultDomain: 3, host: { cores: 8 } },
  service: {
    upgradeDomains: 2,
    roles: { web: { kind: "web", instances: 3, onStart: "10s" }, work: { kind: "worker", instances: 2, queue: "jobs" } },
  },
  queues: { jobs: { arrivals: "poisson(10/min)" } },
  clients: { a: { endpoint: "web", arrivals: "poisson(20/min)", timeout: "5s" } },
  fabric: { swap: "5s", provision: "20s" },
};

test("whatever is done to a simulation, it has what was asked for, and every fault ends when it should", () => {
  fc.assert(
    fc.property(commands(), (list) => {
      runCommands(scenario, list);
    }),
    { numRuns: 40, seed: 1 },
  );
});

test("commands come to something: all kinds are accepted somewhere, and slots are swapped", () => {
  const accepted = new Set<string>();
  for (const list of fc.sample(commands({ maxCommands: 40 }), { numRuns: 60, seed: 4 })) {
    const sim = runCommands(scenario, list);
    (sim.scenario.operations ?? []).forEach(({ kind }, operation) => {
      if (sim.outcome(operation) === "done" || sim.outcome(operation) === "runs") accepted.add(kind);
    });
  }
  expect([...accepted].sort()).toEqual(["deploy", "reimage", "scale", "swap", "upgrade", "walk-upgrade-domain"]);
});

test("what was done is written down: the scenario repeats the run", () => {
  fc.assert(
    fc.property(commands({ maxCommands: 10 }), (list) => {
      const sim = runCommands(scenario, list);
      expect(run(sim.scenario).summary.requests).toEqual(sim.run.finish().summary.requests);
    }),
    { numRuns: 15, seed: 2 },
  );
});

test("a model that is wrong is found, and shrinks to what it takes", () => {
  class Forgetful extends Sim {
    override slots() {
      // as if scaling did nothing
      return super.slots().map((slot, place) => (slot === null || place === 1 ? slot : { ...slot, web: 3 }));
    }
  }
  const failing = fc.property(commands(), (list) => {
    fc.modelRun(() => ({ model: askedModel(scenario), real: new Forgetful(scenario) }), list);
  });
  const { counterexample } = fc.check(failing, { numRuns: 100, seed: 3 });
  expect(String(counterexample)).toMatch(/^scale role \d in production to \d/);
});
