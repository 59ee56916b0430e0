import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BrokenInvariant } from "../../../src/invariants/invariant.ts";
import { always } from "../../../src/invariants/own/always.ts";
import { parse } from "../../../src/scenario/parse.ts";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { validate } from "../../../src/scenario/validate.ts";
import { type CheckOptions, check } from "../../../src/testing/check.ts";
import {
  counterexampleJson,
  counterexampleName,
  counterexampleOf,
  counterexampleYaml,
  findingIn,
  readCounterexample,
} from "../../../src/testing/counterexample/counterexample.ts";
import { replayCounterexample, UnknownInvariant } from "../../../src/testing/counterexample/replay.ts";

const scenario = {
  name: "crash",
  preset: "ideal",
  horizon: "2min",
  service: { roles: { web: { kind: "web", instances: 2, service: "100ms" } } },
  clients: { a: { endpoint: "web", arrivals: "poisson(5/s)" } },
  faults: [{ kind: "app-crash", at: "1min", instance: "web/0" }],
} as unknown as Scenario;
const two = always("two are ready", (moment) => moment.ready("web") >= 2);

function breakOf(input: Scenario, options: CheckOptions): BrokenInvariant {
  try {
    check(input, options);
  } catch (error) {
    if (error instanceof BrokenInvariant) return error;
    throw error;
  }
  throw new Error("nothing broke");
}

describe("a counterexample", () => {
  const made = counterexampleOf(scenario, breakOf(scenario, { properties: [two], seed: 9 }), { drawn: { seed: 1, path: "3:0" } });

  it("is replayed from JSON and from YAML to the same invariant, instant, event and fingerprint", () => {
    const { finding, scenario: read } = readCounterexample(counterexampleJson(made));
    expect(finding).toEqual(made.finding);
    expect(replayCounterexample(validate(read), finding, [two])).toMatchObject({ isSame: true });
    const text = counterexampleYaml(made);
    expect(findingIn(text)).toEqual(made.finding);
    expect(replayCounterexample(validate(parse(text)), findingIn(text), [two])).toMatchObject({ isSame: true });
    expect(counterexampleName(made)).toMatch(/^counterexample-[0-9a-f]{8}$/);
  });

  it("holds the last events, why the last one happened, what must be and what was", () => {
    const { actual, evidence, expected, finding } = JSON.parse(counterexampleJson(made)) as typeof made;
    expect([expected, actual]).toEqual(["Always, after every event: two are ready.", "it is not so"]);
    expect(evidence?.lastEvents.length).toBe(50);
    expect(evidence?.lastEvents.at(-1)).toMatchObject({ event: finding.events, at: 60e6, kind: "faultDue", target: 0 });
    expect(evidence?.causalChain.map(({ fact }) => fact)[0]).toBe("faultStruck");
    expect(evidence?.causalChain.at(-1)?.at).toBe(60e6);
  });

  it("says when something else breaks, or nothing any more", () => {
    const { finding } = made;
    const read = validate(made.scenario);
    expect(replayCounterexample(read, { ...finding, fingerprint: "0".repeat(16) }, [two])).toMatchObject({ isSame: false });
    const mended = validate({ ...made.scenario, faults: [] });
    expect(replayCounterexample(mended, finding, [two])).toEqual({ error: undefined, isSame: false });
  });

  it("asks for an invariant of the user's own that was not brought along", () => {
    expect(() => replayCounterexample(validate(made.scenario), made.finding)).toThrow(UnknownInvariant);
  });

  it("of a scenario with several runs keeps as many as lead to where it broke", () => {
    const rare = always("nothing is open in the first 30 ms", ({ now, openRequests }) => openRequests === 0 || now > 30_000);
    const several = { ...scenario, runs: 50, faults: [] } as Scenario;
    const error = breakOf(several, { properties: [rare], invariants: [], replayTwice: false });
    expect(error.run).toBeGreaterThan(1);
    const late = counterexampleOf(several, error);
    expect(late.scenario.runs).toBe(error.run);
    expect(replayCounterexample(validate(late.scenario), late.finding, [rare])).toMatchObject({ isSame: true });
  });

  it.each([
    ["{", "it is not JSON"],
    ["null", "it is not a counterexample of format 1"],
    ['{"format":1}', "it has no scenario"],
    ['{"format":1,"scenario":{},"finding":{"at":-1}}', "its finding has invariant, name, at"],
  ])("is not read from %s", (text, message) => {
    expect(() => readCounterexample(text)).toThrow(message);
  });

  it("is no finding when the comments above a scenario say something else", () => {
    expect(findingIn("name: x\n")).toBeUndefined();
    expect(findingIn("# invariant: S1 x\n# instant: 12\n")).toBeUndefined();
  });
});

describe("the example", () => {
  it("breaks as its comments say, and neither the fault nor the operation breaks it alone", () => {
    const text = readFileSync(join(import.meta.dirname, "../../examples/counterexample.yaml"), "utf8");
    const { value } = parse(text);
    expect(replayCounterexample(validate(parse(text)), findingIn(text))).toMatchObject({ isSame: true });
    for (const key of ["faults", "operations"]) expect(() => check({ ...(value as Scenario), [key]: [] })).not.toThrow();
  });
});
