import fc from "fast-check";
import { expect, it, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { SnapshotRefused } from "../../src/experiment/snapshot.ts";
import { branch, restore, start } from "../../src/experiment/start.ts";
import { minute } from "../../src/kernel/time.ts";
import { FactKind } from "../../src/model/facts.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { anyScenario } from "../model/anyScenario.ts";
import { wrongIn } from "../model/checkWorld.ts";

const scenario: Scenario = {
  name: "calm",
  preset: "ideal",
  horizon: "10min",
  datacenter: { faultDomains: 2, hostsPerFaultDomain: 3 },
  service: { roles: { web: { kind: "web", instances: 3, concurrency: 1, service: "exponential(100ms)" } } },
  clients: { a: { endpoint: "web", arrivals: "poisson(20/s)", timeout: "3s" } },
  stores: { db: { kind: "sql" } },
  faults: [{ at: "8min", kind: "app-crash", instance: "web/0", repairAfter: "5s" }],
  operations: [{ at: "9min", kind: "reboot", instance: "web/1" }],
};

const added = (more: Partial<Scenario>): Scenario => ({
  ...scenario,
  faults: [...(more.faults as []), ...(scenario.faults as [])],
  operations: [...(scenario.operations ?? []), ...(more.operations ?? [])],
});
const later = added({
  faults: [
    { at: "6min", kind: "host-failure", host: "hostOf(web/0)", class: "reboot", repairAfter: "1min" },
    { every: "exponential(2min)", kind: "app-crash", instance: "each(web)", repairAfter: "2s" },
    { every: "exponential(3min)", kind: "app-hang", instance: "random(web)", repairAfter: "2s" },
  ],
  operations: [
    { at: "7min", kind: "scale", role: "web", instances: 5 },
    { at: "7min30s", kind: "reimage", instance: "random(web)" },
  ],
});

/** The run that was left at five minutes, and what was saved there. */
function leftAt(at: number, of: Scenario = scenario) {
  const live = start(of, { everyFact: true });
  live.advanceTo(at);
  return { live, snapshot: live.snapshot() };
}

test("a branch without a change is the run itself", () => {
  const { live, snapshot } = leftAt(5 * minute);
  const branches = [branch(snapshot), branch(snapshot, scenario), branch(structuredClone(snapshot), scenario)];
  const { facts, summary } = live.finish();
  for (const one of branches) expect(one.finish()).toMatchObject({ facts, summary });
  expect(summary).toEqual(run(scenario).summary);
});

test("what joins happens, and what was to come comes with the same draws until then", () => {
  const { live, snapshot } = leftAt(5 * minute);
  const changed = branch(snapshot, later);
  for (const one of [live, changed]) one.advanceTo(5 * minute + 1);
  expect(changed.facts().length).toBe(live.facts().length);
  const { facts, summary } = changed.finish();
  expect(summary.operations.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
    "reboot succeeded",
    "scale succeeded",
    "reimage succeeded",
  ]);
  const kinds = summary.requests.failedByAttribution.map(({ kind }) => kind);
  expect(kinds).toContain("host-failure");
  expect(kinds.some((kind) => kind.startsWith("app-"))).toBe(true);
  expect(facts.at[facts.kind.indexOf(FactKind.faultStruck)]).toBeGreaterThanOrEqual(5 * minute);
  expect(wrongIn(changed.platform)).toEqual([]);
  // arrivals are drawn from streams that nothing else draws from
  expect(summary.requests.offered).toBe(live.finish().summary.requests.offered);
});

test("an operation that joins is the operation that stands in the scenario from the start", () => {
  const whole = {
    ...scenario,
    operations: [...(scenario.operations ?? []), { at: "7min", kind: "scale", role: "web", instances: 5 }],
  } as Scenario;
  const joined = branch(leftAt(5 * minute).snapshot, whole).finish();
  const { fingerprint: _, ...figures } = joined.summary;
  const { fingerprint: __, ...usual } = run(whole).summary;
  expect(figures).toEqual(usual);
});

test("a branch can balance in another way from its instant on", () => {
  const { live, snapshot } = leftAt(5 * minute);
  const { summary } = branch(snapshot, { ...scenario, balancer: { policy: "least-outstanding" } }).finish();
  const usual = live.finish().summary;
  expect(summary.fingerprint).not.toBe(usual.fingerprint);
  expect(summary.requests.offered).toBe(usual.requests.offered);
});

test("a branch of a branch goes on, and is not restored as its root", () => {
  const first = branch(leftAt(5 * minute).snapshot, later);
  first.advanceTo(6 * minute);
  const snapshot = first.snapshot();
  const ending = first.finish().summary;
  expect(branch(snapshot).finish().summary).toEqual(ending);
  expect(() => restore(scenario, snapshot)).toThrow(/to go on with another scenario, branch/);
});

test("what cannot come true in the middle of a run is refused with words", () => {
  const { snapshot } = leftAt(5 * minute);
  const refused = (changed: Scenario) => expect(() => branch(snapshot, changed));
  refused({ ...scenario, horizon: "20min" }).toThrow(/^horizon is another value than in the snapshot: a branch can have further faults/);
  refused({ ...scenario, datacenter: { faultDomains: 2, hostsPerFaultDomain: 4 } }).toThrow(/datacenter\.hostsPerFaultDomain/);
  refused({ ...scenario, faults: [] }).toThrow(/of faults, line 1 of the snapshot is missing/);
  refused(added({ faults: [], operations: [{ at: "4min", kind: "reboot", instance: "web/2" }] })).toThrow(
    /reboot is to happen at 240000000 us/,
  );
  const calling = {
    ...scenario,
    service: { roles: { web: { kind: "web", instances: 3, handler: [{ compute: "50ms" }, { store: "db", operation: "read" }] } } },
  } as unknown as Scenario;
  const outage = { at: "6min", kind: "store-outage", store: "store(db)", repairAfter: "1min" };
  expect(() =>
    branch(leftAt(5 * minute, calling).snapshot, { ...calling, faults: [...(calling.faults as []), outage] } as Scenario),
  ).toThrow(/changes how requests are served that are under way \(careful\)/);
  expect(() => branch({ ...snapshot, version: "0" }, scenario)).toThrow(SnapshotRefused);
});

it("lines of any generated scenario can join another one in the middle, and the world is sound", () => {
  let count = 0;
  fc.assert(
    fc.property(anyScenario, fc.nat({ max: 60 }), (whole, at) => {
      const live = start({ ...whole, faults: [], operations: [] } as Scenario);
      live.advanceTo(at * 1e6);
      let joined: ReturnType<typeof branch>;
      try {
        joined = branch(live.snapshot(), whole);
      } catch (error) {
        if (error instanceof SnapshotRefused) return;
        throw error;
      }
      count++;
      joined.advanceTo(joined.horizon);
      expect(wrongIn(joined.platform)).toEqual([]);
      const { requests } = joined.finish().summary;
      expect(requests.succeeded + requests.failed).toBe(requests.offered);
    }),
    { seed: 5, numRuns: 60 },
  );
  expect(count).toBeGreaterThan(20);
});
