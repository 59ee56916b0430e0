import { expect, test } from "vitest";
import { InstanceState, instanceStateNames, platformStatus } from "../../src/model/status.ts";

test("a role that recycles is called cycling from its second restart in a row on, and nothing else is", () => {
  expect([0, 1, 2, 7].map((restarts) => platformStatus(InstanceState.recycling, restarts))).toEqual([
    platformStatus(InstanceState.recycling, 0),
    platformStatus(InstanceState.recycling, 0),
    "CyclingRole",
    "CyclingRole",
  ]);
  const others = instanceStateNames.map((name) => InstanceState[name]).filter((state) => state !== InstanceState.recycling);
  for (const state of others) expect(platformStatus(state, 9)).toBe(platformStatus(state, 0));
});
