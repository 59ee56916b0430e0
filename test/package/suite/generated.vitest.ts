import fc from "fast-check";
import { arb, run, type Topology } from "nines/testing";
import { expect, test } from "vitest";

test("an idle service is always available, wherever it stands", () => {
  fc.assert(
    fc.property(arb.topology(), (datacenter: Topology) => {
      const service = { roles: { web: { kind: "web" as const, size: "Small", instances: 1 } } };
      const { summary } = run({ name: "idle", preset: "ideal", horizon: "1min", datacenter, service });
      expect(summary.availability.time).toBe(1);
    }),
    { numRuns: 20, seed: 1 },
  );
});
