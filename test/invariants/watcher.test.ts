import { describe, expect, it } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { invariants } from "../../src/invariants/index.ts";
import { BrokenInvariant, type Invariant } from "../../src/invariants/invariant.ts";
import { FactKind } from "../../src/model/facts.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";

const scenario: Scenario = {
  name: "two",
  horizon: "10min",
  service: { roles: { web: { kind: "web", instances: 2 } } },
  clients: { users: { endpoint: "web", arrivals: "poisson(5/s)" } },
  faults: [{ at: "5min", kind: "app-crash", instance: "web/0" }],
};

const neverCrashes: Invariant = {
  id: "U1",
  name: "never-crashes",
  statement: "No process is ever noticed dead.",
  watch: ({ broken }) => ({
    listensTo: [FactKind.crashNoticed],
    observe: ({ subject }) => broken(`instance ${subject} was found dead`),
  }),
};

describe("watching a run", () => {
  it("changes nothing in it", () => {
    const watched = run(scenario, { checks: { invariants, lookEvery: 1 } });
    expect(watched.summary).toEqual(run(scenario).summary);
  });

  it("ends it where an invariant breaks, and says where that was", () => {
    let error: unknown;
    try {
      run(scenario, { checks: { invariants: [neverCrashes], lookEvery: 1 } });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(BrokenInvariant);
    const broken = error as BrokenInvariant;
    expect(broken.message).toBe("U1 never-crashes: instance 0 was found dead");
    expect(broken.at).toBeGreaterThan(300e6);
    expect(broken.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(broken.events).toBeGreaterThan(0);
  });

  it("looks through the world after so many events, at the horizon and at the end", () => {
    let looks = 0;
    let events = 0;
    const counting: Invariant = {
      ...neverCrashes,
      watch: () => ({ look: () => looks++, afterEvent: () => events++ }),
    };
    run(scenario, { checks: { invariants: [counting], lookEvery: 10 } });
    expect(looks).toBe(Math.floor(events / 10) + 2);
  });
});

describe("the catalogue of invariants", () => {
  it("has each id and name once, in order, with a statement that is a sentence", () => {
    const ids = invariants.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(invariants.map(({ name }) => name)).size).toBe(ids.length);
    const place = (id: string) => "STM".indexOf(id.slice(0, 1)) * 100 + Number(id.slice(1));
    expect(ids.map(place)).toEqual(ids.map(place).toSorted((a, b) => a - b));
    for (const { name, statement } of invariants) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(statement).toMatch(/^[A-Z].*\.$/s);
    }
  });
});
