import fc from "fast-check";
import { always, arb, check, FactKind, leadsTo, type Scenario } from "nines/testing";
import { expect, test } from "vitest";

/** Every invariant of the catalogue is watched in scenarios in which anything may happen. */
test("whatever happens, the platform keeps its promises", () => {
  fc.assert(
    fc.property(arb.scenario({ size: "small" }), (scenario) => {
      check(scenario);
    }),
    { numRuns: 25, seed: 1 },
  );
});

/** A platform of ours: what fails and what is done to it is drawn, the rest is as it will be built. */
const shop: Scenario = {
  name: "shop",
  preset: "ideal",
  horizon: "10min",
  datacenter: { faultDomains: 2, hostsPerFaultDomain: 3, host: { cores: 4 } },
  service: {
    upgradeDomains: 2,
    roles: { web: { kind: "web", instances: 4, concurrency: 2, service: "exponential(100ms)", onStart: "10s" } },
  },
  clients: { browsers: { endpoint: "web", arrivals: "poisson(10/s)", timeout: "5s" } },
};

/** Statements of our own. */
const neverTooMany = always(
  "nobody asks for more than eight instances",
  (moment) => moment.asked("web") <= 8,
  (moment) => `${moment.asked("web")} are asked for`,
);
const operationsEnd = leadsTo(
  "an operation that has begun ends within five minutes",
  { fact: FactKind.operationStarted },
  { fact: [FactKind.operationFinished, FactKind.operationReplaced] },
  { within: "5min" },
);

test("whatever fails in the shop, and whoever scales, reboots and patches it meanwhile, operations come to an end", () => {
  const faults = arb.faultSchedule(shop, { size: "small", kinds: ["app-crash", "vm-failure", "host-failure"] });
  const operations = arb.operations(shop, { size: "small", kinds: ["scale", "reboot", "reimage", "guest-os-update"] });
  fc.assert(
    fc.property(faults, operations, (drawnFaults, drawnOperations) => {
      const scenario = { ...shop, faults: drawnFaults, operations: drawnOperations };
      const { summary } = check(scenario, { properties: [neverTooMany, operationsEnd] });
      expect(summary.requests.succeeded + summary.requests.failed).toBe(summary.requests.offered);
    }),
    { numRuns: 25, seed: 2 },
  );
});
