import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { arb, check } from "nines/testing";

test("an idle service is always available, wherever it stands", () => {
  fc.assert(
    fc.property(arb.topology(), (datacenter) => {
      const service = { roles: { web: { kind: "web", size: "Small", instances: 1 } } };
      const { summary } = check({ name: "idle", preset: "ideal", horizon: "1min", datacenter, service });
      assert.equal(summary.availability.time, 1);
    }),
    { numRuns: 20, seed: 1 },
  );
});
