import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parse } from "../../src/scenario/parse.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";
import { checkRelations } from "../../src/testing/relations/checkRelations.ts";
import { relations } from "../../src/testing/relations/index.ts";
import { anyScenario } from "../model/anyScenario.ts";
import { brokenBy, doctored, withFact } from "./doctored.ts";

const options = { numRuns: 20, seed: 20261124 };

const scenario: Scenario = {
  name: "two",
  horizon: "10min",
  service: { roles: { web: { kind: "web", instances: 2, service: "exponential(100ms)" } } },
  clients: { users: { endpoint: "web", arrivals: "poisson(5/s)" } },
  faults: [{ at: "5min", kind: "app-crash", instance: "web/0" }],
};

describe("relations between runs", () => {
  for (const { id, statement } of relations) {
    test(`${id} holds of whatever happens: ${statement}`, { timeout: 60_000 }, () => {
      fc.assert(
        fc.property(anyScenario, (any) => {
          checkRelations(any, [id]);
        }),
        options,
      );
    });
  }

  it("are told apart by id and name, in order, with a statement", () => {
    const numbers = relations.map(({ id }) => Number(id.slice(1)));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(relations.map(({ name }) => name)).size).toBe(relations.length);
    for (const { name, statement } of relations) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(statement).toMatch(/^[A-Z].*[.)]$/s);
    }
  });

  it("are checked by id or name, of an object, a file or what was validated", () => {
    expect(checkRelations(scenario, ["M1", "chunking"])).toEqual([{ id: "M1" }, { id: "M3" }]);
    const [order] = checkRelations(validate(scenario), ["M12"]);
    expect(order?.skipped).toMatch(/only the design is known/);
    expect(checkRelations(parse(JSON.stringify(scenario)), ["M12"])).toEqual([{ id: "M12" }]);
    expect(() => checkRelations(scenario, ["M99"])).toThrow(RangeError);
  });
});

describe("a relation that does not hold says which runs differ and where", () => {
  it("M1: a second replay that tells a fact otherwise", () => {
    const broken = brokenBy(
      "M1",
      scenario,
      doctored(1, (outcome) => withFact(outcome, 0.5, "value", 1)),
    );
    expect(broken.message).toMatch(/^M1 replay-identity: the first replay and the second replay differ at \d+\.\d+ s: fact \d+ at/);
    expect(broken.fact).toBeGreaterThan(0);
    expect(broken.at).toBeGreaterThan(0);
  });

  it("M2: a run that is restored and has another figure at its end", () => {
    const broken = brokenBy(
      "M2",
      scenario,
      doctored(4, (outcome) => ({ ...outcome, figures: { ...outcome.figures, restarts: 7 } })),
    );
    expect(broken.message).toMatch(/the run that is restored after \d+ events differ: restarts is 1, and 7$/);
    expect(broken.message).not.toMatch(/after 0 events/);
  });

  it("M3: a run event by event that has one event more", () => {
    const broken = brokenBy(
      "M3",
      scenario,
      doctored(4, (outcome) => ({ ...outcome, events: outcome.events + 1 })),
    );
    expect(broken.runs).toEqual(["the run in one piece", "the run event by event"]);
    expect(broken.at).toBeUndefined();
  });

  it("M7: a watched run in which a request more fails", () => {
    const broken = brokenBy(
      "M7",
      scenario,
      doctored(3, (outcome) => ({ ...outcome, figures: { ...outcome.figures, restarts: outcome.figures.restarts + 1 } })),
    );
    expect(broken.message).toMatch(/the run that is watched differ: restarts is 1, and 2$/);
  });

  it("M12: a scenario whose order matters", () => {
    const broken = brokenBy(
      "M12",
      scenario,
      doctored(1, (outcome) => withFact(outcome, 0, "subject", 1)),
    );
    expect(broken.fact).toBe(0);
  });

  it("M14: a shorter run that tells its last minute otherwise, but not its last instants", () => {
    const broken = brokenBy(
      "M14",
      scenario,
      doctored(1, (outcome) => withFact(outcome, 0.9, "cause", 1)),
    );
    expect(broken.runs).toEqual(["the run to the horizon", "the run to 300 s"]);
    brokenBy(
      "M14",
      scenario,
      doctored(2, (outcome) => withFact(outcome, 0.95, "at", 1)),
    );
  });

  it("M15: a replication that counts a failure more when it comes back first", () => {
    const broken = brokenBy(
      "M15",
      scenario,
      doctored(0, (outcome) => {
        outcome.replayed.measured.instances.restartCount++;
        return outcome;
      }),
    );
    expect(broken.message).toMatch(/in the order 3, 2, 1, 0 differ: restarts is 4, and 5$/);
  });
});

describe("a relation of a part of a scenario", () => {
  it("M8 finds a request that fails though nothing does, and a restart", () => {
    const failing = doctored(0, (outcome) => {
      const requests = { ...outcome.figures.requests, failed: 2, failedByCause: { unsettled: 1, crash: 1 } };
      return { ...outcome, figures: { ...outcome.figures, requests } };
    });
    expect(brokenBy("M8", scenario, failing).message).toMatch(/failed requests: 1, and 0$/);
    const restarting = doctored(0, (outcome) => ({ ...outcome, figures: { ...outcome.figures, restarts: 1 } }));
    expect(brokenBy("M8", scenario, restarting).message).toMatch(/restarts: 1, and 0$/);
  });

  it("M9 finds an instance that is not ready any more when a fault less strikes", () => {
    const broken = brokenBy(
      "M9",
      scenario,
      doctored(2, (outcome) => ({ ...outcome, facts: { ...outcome.facts, value: outcome.facts.value.map(() => 3) } })),
    );
    expect(broken.message).toMatch(/the run without fault 1 differ at 0 s: 2 instances of role 0 are ready, and 0$/);
  });

  it("M10 finds a request that waits longer in front of more servers, and says nothing of closed users", () => {
    const later = doctored(1, (outcome) => withFact(outcome, 1, "value", 1e9));
    expect(brokenBy("M10", scenario, later).message).toMatch(/request \d+ is answered after \d+ us, and after \d+ us$/);
    const closed: Scenario = { ...scenario, clients: { users: { endpoint: "web", users: 3, think: "1s" } } };
    expect(checkRelations(closed, ["M10"])).toEqual([
      { id: "M10", skipped: "no web role that computes has open clients without sessions" },
    ]);
  });

  it("M11 finds a request that waits longer although others do not come", () => {
    const later = doctored(2, (outcome) => withFact(outcome, 1, "value", 1e9));
    expect(brokenBy("M11", scenario, later).runs).toEqual(["the run with all arrivals", "the run with fewer"]);
  });
});

describe("relations of the same under other names and at another pace", () => {
  it("M4 finds a fact that does not happen at three times its instant", () => {
    const broken = brokenBy(
      "M4",
      scenario,
      doctored(1, (outcome) => withFact(outcome, 0.5, "at", 1)),
    );
    expect(broken.message).toMatch(/the run and the run at three times the length differ/);
    expect(() =>
      brokenBy(
        "M4",
        scenario,
        doctored(5, (outcome) => outcome),
      ),
    ).toThrow("M4 holds");
  });

  it("M5 finds a fault domain that is treated otherwise than the others", () => {
    const broken = brokenBy(
      "M5",
      scenario,
      doctored(1, (outcome) => withFact(outcome, 0.9, "at", 1)),
    );
    expect(broken.runs[1]).toBe("the run with its fault domains in the opposite order");
    const one: Scenario = { ...scenario, datacenter: { faultDomains: 1 } };
    expect(checkRelations(one, ["M5"])).toEqual([{ id: "M5", skipped: "there is one fault domain" }]);
  });
});

describe("relations of what is added", () => {
  it("M6 finds a fact of somebody else that has changed, and adds nothing where all would be shared", () => {
    const broken = brokenBy(
      "M6",
      scenario,
      doctored(1, (outcome) => withFact(outcome, 0.5, "at", 1)),
    );
    expect(broken.runs).toEqual(["the run without strangers", "the run with a store, a role beside it"]);
    const shared: Scenario = { ...scenario, faults: [{ every: "1min", kind: "app-crash", instance: "random(web)" }] };
    const alone = brokenBy(
      "M6",
      shared,
      doctored(1, (outcome) => withFact(outcome, 0.5, "value", 1)),
    );
    expect(alone.runs[1]).toBe("the run with a store beside it");
  });

  it("M6 holds where a lost message is blamed on a stranger's fault, and where strangers are served after the horizon", () => {
    const lost = {
      name: "lost",
      preset: "classic-2011",
      horizon: "7s",
      seed: 612255,
      service: {
        roles: {
          work: { kind: "worker", queue: "jobs", handler: [{ call: "back" }] },
          back: { kind: "worker", concurrency: 1, queueLimit: 0, internalEndpoints: ["api"] },
        },
      },
      queues: { jobs: { kind: "service-bus", receiveMode: "receive-and-delete", arrivals: "poisson(6/s)" } },
    };
    const late = {
      name: "late",
      preset: "azure",
      horizon: "2min",
      seed: 60933,
      service: { roles: { work: { kind: "worker", queue: "jobs", service: "100ms" } } },
      queues: { jobs: { arrivals: "poisson(6/s)" } },
    };
    for (const one of [lost, late] as unknown as Scenario[]) expect(checkRelations(one, ["M6"])).toEqual([{ id: "M6" }]);
  });

  it("M13 finds an operation that was to change nothing and did, and two swaps that lose a request", () => {
    const scaled = doctored(1, (outcome) => withFact(outcome, 0.9, "value", 1));
    expect(brokenBy("M13", scenario, scaled).runs[1]).toBe("the run with operations that change nothing");
    const swapped = doctored(3, (outcome) => {
      const requests = { ...outcome.figures.requests, failed: 1 };
      return { ...outcome, figures: { ...outcome.figures, requests } };
    });
    expect(brokenBy("M13", scenario, swapped).message).toMatch(/two swaps differ: requests.failed is 0, and 1$/);
  });
});

test("with buggify on, the relations of whole runs hold too", () => {
  const buggify = { active: "70%", fires: "50%", slowBoot: "5s", lateReport: "3s" } as const;
  fc.assert(
    fc.property(anyScenario, (any) => {
      checkRelations({ ...any, buggify }, ["M1", "M3", "M6", "M7", "M8", "M12", "M14"]);
    }),
    options,
  );
});
