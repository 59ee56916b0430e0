import fc from "fast-check";
import { expect, test } from "vitest";
import { writeScenario } from "../../../src/scenario/export/scenarioText.ts";
import { parse } from "../../../src/scenario/parse.ts";
import { arb, run, type Scenario, type Size, validate } from "../../../src/testing/index.ts";
import { listen, sayings } from "./spoken.ts";

const sizes: readonly Size[] = ["small", "medium", "large"];

test("every scenario is valid, of every size, with and without a swarm", () => {
  for (const size of sizes)
    for (const swarm of [true, false])
      fc.assert(
        fc.property(arb.scenario({ size, swarm }), (scenario) => {
          expect(validate(scenario).warnings.filter(({ severity }) => severity === "error")).toEqual([]);
        }),
        { numRuns: size === "large" ? 50 : 200, seed: 1 },
      );
});

test("the text of a scenario reads back as the same scenario", () => {
  fc.assert(
    fc.property(arb.scenario(), (scenario) => {
      const read = parse(writeScenario(scenario));
      expect(read.value).toEqual(scenario);
      expect(validate(read).hash).toBe(validate(scenario).hash);
    }),
    { numRuns: 200, seed: 2 },
  );
});

/** What no generated scenario says, and why. */
const unsaid: readonly [RegExp, string][] = [
  [
    /^service\.(definition|configuration)$|^base$|^pricing\.file$|\.outages\.(file|start|end|in)(=|$)|^faults\.\*\.trace(\.|$)/,
    "stands in files",
  ],
  [/^(summary|expect|always|lesson|variants|runs)(\.|$)/, "is about what is shown or judged, or makes several runs of it"],
  [/^heal\.settle$/, "is a claim, which campaigns make with `settle`"],
  [/^pricing\.(currency|asOf|hourly)|^service\.version$|\.startupTasks\.\*\.name$/, "is a name or a price"],
  [/^clients\.\*\.slot=production$|^queues\.\*\.kind=storage$|^operations\.\*\.change=settings$/, "is what holds when nothing is said"],
  [/^subscription\.cores=unlimited$|\.queueLimit=unlimited$|^datacenter\.host\.(memory|disk)$/, "is what holds when nothing is said"],
  [/\.handler\.\*\.endpoint$/, "roles have one internal endpoint"],
  [/\.retry\.(attempts=unlimited|max)$|^queues\.\*\.maxDequeueCount=unlimited$/, "what never succeeds would go on for ever"],
  [/^faults=default$/, "strikes once in years"],
  [/^autoscale\.roles\.\*\.policy$/, "comes with a policy of somebody's own"],
  [/\.size=(ExtraLarge|A\d+|Standard_\w+)$/, "a few sizes stand for all"],
  [/^operations\.\*\.roles\.\*\./, "some changes of a role stand for all"],
];

test("everything that the language can say is said by some scenario", () => {
  const heard = new Set<string>();
  for (const scenario of fc.sample(arb.scenario(), { numRuns: 3000, seed: 3 })) listen(scenario, heard);
  const never = sayings().filter((saying) => !heard.has(saying));
  expect(never.filter((saying) => !unsaid.some(([pattern]) => pattern.test(saying)))).toEqual([]);
  // and nothing stands on the list that is said
  expect(unsaid.filter(([pattern]) => !never.some((saying) => pattern.test(saying)))).toEqual([]);
});

test("scenarios of the usual size have at least three hosts, two faults, one operation and 5,000 events, in the median", () => {
  const sample = fc.sample(arb.scenario(), { numRuns: 200, seed: 4 });
  const of = sample.map((scenario) => {
    const valid = validate(scenario);
    const { faultDomains, hostsPerFaultDomain } = valid.design.datacenter;
    const { faults = [], operations = [] } = scenario;
    return {
      hosts: faultDomains * hostsPerFaultDomain,
      faults: faults.length,
      operations: operations.length,
      events: run(valid).summary.events,
    };
  });
  expect(median(of.map(({ hosts }) => hosts))).toBeGreaterThanOrEqual(3);
  expect(median(of.map(({ faults }) => faults))).toBeGreaterThanOrEqual(2);
  expect(median(of.map(({ operations }) => operations))).toBeGreaterThanOrEqual(1);
  expect(median(of.map(({ events }) => events))).toBeGreaterThanOrEqual(5000);
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] as number;
}

test("a scenario shrinks to one host, one instance, one client and nothing that happens", () => {
  const { counterexample } = fc.check(
    fc.property(arb.scenario(), () => false),
    { seed: 5 },
  );
  const [scenario] = counterexample as [Scenario];
  expect(scenario).toMatchObject({ horizon: "1min", datacenter: { faultDomains: 1, hostsPerFaultDomain: 1 }, faults: [], operations: [] });
  expect(Object.keys(scenario.service.roles ?? {})).toEqual(["web"]);
  expect(scenario.service.roles?.web?.instances).toBe(1);
  expect(Object.keys(scenario.clients ?? {})).toEqual(["first"]);
});

test("a failure that takes a power failure and two instances shrinks to these", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const breaks = ({ faults, service }: Scenario) =>
      (service.roles?.web?.instances ?? 0) >= 2 && Array.isArray(faults) && faults.some(({ kind }) => kind === "rack-power");
    const { counterexample } = fc.check(
      fc.property(arb.scenario(), (scenario) => !breaks(scenario)),
      { seed, numRuns: 500 },
    );
    const [{ datacenter, faults, operations, service }] = counterexample as [Scenario];
    expect(faults).toEqual([{ kind: "rack-power", at: "0s", faultDomain: "faultDomainOf(web/0)", repairAfter: "0s" }]);
    expect(operations).toEqual([]);
    expect(service.roles?.web?.instances).toBe(2);
    expect((datacenter?.faultDomains ?? 9) * (datacenter?.hostsPerFaultDomain ?? 9)).toBeLessThanOrEqual(2);
  }
});

test("only the kinds come that are asked for", () => {
  const options = { faultKinds: ["app-crash", "vm-failure"], operationKinds: ["scale"] };
  const heard = new Set<string>();
  for (const scenario of fc.sample(arb.scenario(options), { numRuns: 200, seed: 6 })) listen(scenario, heard);
  const kinds = (section: string) =>
    [...heard].filter((saying) => saying.startsWith(`${section}.*.kind=`)).map((saying) => saying.split("=")[1]);
  expect(kinds("faults").sort()).toEqual(["app-crash", "vm-failure"]);
  expect(kinds("operations")).toEqual(["scale"]);
});

test("a swarm leaves out kinds of faults, of operations and features, different ones each time", () => {
  const kindsOf = (swarm: boolean) => {
    const scenarios = fc.sample(arb.scenario({ size: "large", swarm }), { numRuns: 100, seed: 7 });
    const many = scenarios.flatMap(({ faults }) => (Array.isArray(faults) && faults.length >= 16 ? [faults] : []));
    return many.map((faults) => new Set(faults.map(({ kind }) => kind)).size);
  };
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(kindsOf(true))).toBeLessThan(0.75 * mean(kindsOf(false)));
});
