import { afterEach, describe, expect, it, vi } from "vitest";
import { BrokenInvariant } from "../../src/invariants/invariant.ts";
import { EventKind } from "../../src/model/events.ts";
import { handlers } from "../../src/model/handlers.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";
import { check } from "../../src/testing/check.ts";
import { counterexampleOf } from "../../src/testing/counterexample/counterexample.ts";
import { replayCounterexample } from "../../src/testing/counterexample/replay.ts";
import { askLocated } from "../../src/testing/relations/askLocated.ts";
import { relations } from "../../src/testing/relations/index.ts";
import { toolsFor } from "../../src/testing/relations/outcome.ts";

const scenario = {
  name: "crash",
  preset: "ideal",
  horizon: "2min",
  service: { roles: { web: { kind: "web", instances: 2, service: "100ms" } } },
  clients: { a: { endpoint: "web", arrivals: "poisson(5/s)" } },
  faults: [{ kind: "app-crash", at: "1min", instance: "web/0" }],
} as unknown as Scenario;

function brokenBy(work: () => unknown): BrokenInvariant {
  try {
    work();
  } catch (error) {
    if (error instanceof BrokenInvariant) return error;
    throw error;
  }
  throw new Error("nothing broke");
}

afterEach(() => vi.restoreAllMocks());

describe("an error that the model throws", () => {
  it("breaks a check at its event, and is replayed to the same", () => {
    const cause = new RangeError("no such process");
    vi.spyOn(handlers as unknown as Record<number, () => void>, EventKind.faultDue).mockImplementation(() => {
      throw cause;
    });
    const error = brokenBy(() => check(scenario, { seed: 9 }));
    expect(error).toMatchObject({
      invariant: "error",
      title: "run-to-its-end",
      found: "RangeError: no such process",
      at: 60e6,
      seed: "9",
      cause,
    });
    const { evidence, finding, scenario: kept } = counterexampleOf(scenario, error);
    expect(evidence?.lastEvents.at(-1)).toMatchObject({ event: finding.events, kind: "faultDue" });
    expect(replayCounterexample(validate(kept), finding)).toMatchObject({ isSame: true });
    vi.restoreAllMocks();
    expect(replayCounterexample(validate(kept), finding)).toEqual({ error: undefined, isSame: false });
  });

  it("while a relation is asked has the name of the relation, and is replayed as it", () => {
    const chunking = relations.find(({ id }) => id === "M3");
    if (chunking === undefined) throw new Error("none");
    vi.spyOn(chunking, "check").mockImplementation(() => {
      throw new TypeError("no slice");
    });
    const valid = validate(scenario);
    const error = brokenBy(() => askLocated(chunking, valid, toolsFor([]), valid));
    expect(error).toMatchObject({ invariant: "error", title: chunking.name, found: "TypeError: no slice" });
    const { finding, scenario: kept } = counterexampleOf(scenario, error);
    expect(replayCounterexample(validate(kept), finding)).toMatchObject({ isSame: true });
  });
});
