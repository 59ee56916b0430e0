import { describe, expect, it } from "vitest";
import packageFile from "../package.json" with { type: "json" };
import {
  type AttributionSummary,
  comparableFigures,
  FactKind,
  factAt,
  type Interval,
  InvariantError,
  parse,
  type RoleSummary,
  run,
  runVariants,
  type Scenario,
  ScenarioError,
  validate,
  version,
} from "../src/index.ts";

const scenario: Scenario = {
  name: "ten-minutes",
  horizon: "10min",
  service: { roles: { web: { kind: "web", size: "Small", instances: 3, concurrency: 8, service: "lognormal(80ms, 1.2)" } } },
  clients: { browsers: { endpoint: "web", arrivals: "poisson(1/s)", timeout: "10s" } },
  faults: [{ at: "3min", kind: "app-crash", instance: "web/0" }],
  expect: ["availability.request >= 95%"],
};

describe("the library", () => {
  it("replays a scenario given as an object", () => {
    const { summary, cast } = run(scenario);
    expect(summary).toMatchObject({ scenario: "ten-minutes", seed: 42, runs: 1, simulatedSeconds: 600, wallSeconds: 0, peakMiB: null });
    expect(summary.requests.offered).toBeGreaterThan(450);
    expect(summary.expectations).toMatchObject([{ text: "availability.request >= 95%", met: true }]);
    expect(cast.instances.map(({ name }) => name)).toEqual(["web/0", "web/1", "web/2"]);
  });

  it("gives the same result for the object, its text and the validated scenario", () => {
    const fingerprints = [run(scenario), run(parse(JSON.stringify(scenario))), run(validate(scenario))].map(
      ({ summary }) => summary.fingerprint,
    );
    expect(new Set(fingerprints).size).toBe(1);
  });

  it("takes seed and runs for validated scenarios as for others", () => {
    const ofObject = run(scenario, { seed: 7, runs: 2 }).summary;
    const ofValid = run(validate(scenario), { seed: 7, runs: 2 }).summary;
    expect(ofValid).toEqual(ofObject);
    expect(ofObject).toMatchObject({ seed: 7, runs: 2, simulatedSeconds: 1200 });
    expect(ofObject.intervals?.availability.request).not.toBeNull();
  });

  it("keeps the story of the run with its causes, and every request when asked", () => {
    const { facts } = run(scenario);
    const struck = Array.from({ length: facts.length }, (_, index) => factAt(facts, index)).filter(
      ({ kind }) => kind === FactKind.faultStruck,
    );
    expect(struck.map(({ at }) => at)).toEqual([180e6]);
    const every = run(scenario, { everyFact: true }).facts;
    expect(every.kind.filter((kind) => kind === FactKind.requestArrived).length).toBe(run(scenario).summary.requests.offered);
  });

  it("replays variants of a scenario on the same draws, and says how they differ", () => {
    const compared = { ...scenario, runs: 2, variants: { three: {}, five: { service: { roles: { web: { instances: 5 } } } } } };
    const { variants, differences } = runVariants(compared);
    expect(variants.map(({ name, result }) => [name, result.summary.scenario, result.cast.instances.length])).toEqual([
      ["three", "ten-minutes (three)", 3],
      ["five", "ten-minutes (five)", 5],
    ]);
    const [difference] = differences;
    expect(difference).toMatchObject({ variant: "five", against: "three" });
    expect(Object.keys(difference?.figures ?? {})).toEqual(comparableFigures.map(({ key }) => key));
    expect(() => runVariants(scenario)).toThrow("ten-minutes has no variants");
  });

  it("has names for the parts of a summary", () => {
    const { summary } = run(scenario, { runs: 2 });
    const role: RoleSummary | undefined = summary.byRole[0];
    const attribution: AttributionSummary | undefined = summary.requests.failedByAttribution[0];
    const interval: Interval | null | undefined = summary.intervals?.byRole[0]?.utilization;
    expect([role?.name, attribution?.kind]).toEqual(["web", "app-crash"]);
    expect(interval && interval.low <= interval.high).toBe(true);
  });

  it("throws all mistakes of a scenario at once, and reads no file", () => {
    const wrong = { ...scenario, horizon: "10", service: { definition: "a.csdef", configuration: "a.cscfg" } };
    const mistakes = (): unknown => run(wrong);
    expect(mistakes).toThrow(ScenarioError);
    expect(mistakes).toThrow("a duration needs a unit");
    expect(mistakes).toThrow("no files were given");
    expect(() => run(scenario, { runs: 0 })).toThrow(ScenarioError);
  });

  it("has the version of the package", () => {
    expect(version).toBe(packageFile.version);
    expect(new InvariantError("x")).toBeInstanceOf(Error);
  });
});
