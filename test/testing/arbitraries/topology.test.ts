import fc from "fast-check";
import { expect, test } from "vitest";
import { arb, type Topology, validate } from "../../../src/testing/index.ts";

const around = (datacenter: Topology) => ({
  name: "topology",
  preset: "ideal" as const,
  horizon: "1min",
  datacenter,
  service: { roles: { web: { kind: "web" as const, size: "Small", instances: 1 } } },
});

test("every topology is valid, of every size", () => {
  for (const size of ["small", "medium", "large"] as const)
    fc.assert(
      fc.property(arb.topology({ size }), (topology) => {
        const { datacenter } = validate(around(topology)).design;
        expect(datacenter.faultDomains * datacenter.hostsPerFaultDomain).toBeGreaterThan(0);
      }),
      { numRuns: 100, seed: 1 },
    );
});

test("a topology shrinks to one fault domain with one host", () => {
  const { counterexample } = fc.check(
    fc.property(arb.topology(), () => false),
    { seed: 2 },
  );
  expect(counterexample).toEqual([{ faultDomains: 1, hostsPerFaultDomain: 1, host: { cores: 16 } }]);
});
