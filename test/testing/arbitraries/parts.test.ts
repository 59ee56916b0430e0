import fc from "fast-check";
import { expect, test } from "vitest";
import { arb, type Scenario, validate } from "../../../src/testing/index.ts";

const given: Scenario = {
  name: "given",
  horizon: "1h",
  datacenter: { faultDomains: 2, hostsPerFaultDomain: 3 },
  service: {
    roles: {
      shop: { kind: "web", instances: 3, endpoints: { http: {}, admin: { instanceInput: true } } },
      mail: { kind: "worker", instances: 0, queue: "letters" },
    },
  },
  queues: { letters: {} },
};

test("services are valid by themselves", () => {
  fc.assert(
    fc.property(arb.service({ size: "large" }), (service) => {
      expect(validate({ name: "s", horizon: "1min", ...service }).design.service.roles.length).toBeGreaterThan(0);
    }),
    { numRuns: 200, seed: 1 },
  );
});

test("clients, faults and operations are valid in a scenario that is given, and name what is in it", () => {
  const parts = fc.record({ clients: arb.clients(given), faults: arb.faultSchedule(given), operations: arb.operations(given) });
  const said = new Set<string>();
  fc.assert(
    fc.property(parts, (more) => {
      validate({ ...given, ...more });
      for (const { endpoint } of Object.values(more.clients)) said.add(endpoint);
      for (const { instance, queue } of more.faults) for (const target of [instance, queue]) if (target !== undefined) said.add(target);
    }),
    { numRuns: 300, seed: 2 },
  );
  for (const name of ["shop/http", "shop/admin/0", "shop/2", "random(mail)", "queue(letters)"]) expect(said).toContain(name);
  expect([...said].filter((name) => name.includes("web") || name.includes("mail/"))).toEqual([]);
});

test("a fault strikes only what is there", () => {
  const stores = arb.faultSchedule(given, { kinds: ["store-outage"] });
  fc.assert(
    fc.property(stores, (faults) => {
      expect(faults).toEqual([]);
    }),
    { numRuns: 20, seed: 3 },
  );
});

test("instants are gaps after one another, inside the horizon", () => {
  fc.assert(
    fc.property(arb.operations({ ...given, horizon: "90s" }), (operations) => {
      for (const { at } of operations) expect(Number.parseInt(at, 10)).toBeLessThan(90);
    }),
    { numRuns: 100, seed: 4 },
  );
});

test("an example of a regression is tried first", () => {
  const tried: Scenario[] = [];
  const property = fc.property(arb.scenario(), (scenario) => {
    tried.push(scenario);
  });
  fc.assert(property, { numRuns: 3, seed: 5, examples: [[given]] });
  expect(tried[0]).toBe(given);
});
