import { expect, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import { runInSlices } from "../../src/experiment/run.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";
import { validate } from "../../src/scenario/validate.ts";

const scenario: Scenario = {
  name: "busy",
  preset: "ideal",
  horizon: "2min",
  service: { roles: { web: { kind: "web", instances: 2, concurrency: 1, service: "exponential(800ms)" } } },
  clients: { a: { endpoint: "web", arrivals: "poisson(2/s)", timeout: "3s" } },
  faults: [{ every: "exponential(1min)", kind: "app-crash", instance: "each(web)", repairAfter: "exponential(5s)" }],
};

test("the same seed gives the same run, another seed another one", () => {
  const [first, again, other] = [1, 1, 2].map((seed) => run(scenario, { seed }).summary);
  expect(again).toEqual(first);
  expect(other?.fingerprint).not.toBe(first?.fingerprint);
  expect(first?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
});

test("replications are independent, and their counts are added up", () => {
  const merged = run(scenario, { runs: 3 }).summary;
  const alone = run(scenario).summary;
  expect(merged.runs).toBe(3);
  expect(merged.simulatedSeconds).toBe(360);
  expect(merged.requests.offered).not.toBe(3 * alone.requests.offered);
  expect(merged.requests.succeeded + merged.requests.failed).toBe(merged.requests.offered);
  const attributed = merged.requests.failedByAttribution.reduce((sum, { failed }) => sum + failed, 0);
  expect(attributed).toBe(merged.requests.failed);
  expect(merged.windows.reduce((sum, window) => sum + window.requests, 0)).toBe(merged.requests.offered);
});

test("the first replication is the same, however many follow", () => {
  const one = run(scenario, { everyFact: true });
  const five = run(scenario, { runs: 5, everyFact: true });
  expect(five.facts).toEqual(one.facts);
});

test("of so many facts as are asked for each is kept, and from then on those of the control plane; what is left out is counted", () => {
  const whole = run(scenario, { everyFact: true });
  const control = run(scenario);
  expect(whole.facts).toMatchObject({ dropped: 0, leftOut: 0, leftOutFrom: 0 });
  expect(control.facts).toMatchObject({ dropped: 0, leftOut: whole.facts.length - control.facts.length, leftOutFrom: 0 });
  for (const most of [0, 1, 300, whole.facts.length, whole.facts.length + 1]) {
    const { facts, summary } = run(scenario, { everyFact: most });
    const { length, leftOut, leftOutFrom } = facts;
    expect(length + leftOut).toBe(whole.facts.length);
    expect([...facts.id.subarray(0, most)]).toEqual([...whole.facts.id.subarray(0, most)]);
    const last = most === 0 ? -1 : (whole.facts.id[most - 1] ?? Number.POSITIVE_INFINITY);
    const later = [...control.facts.id].filter((id) => id > last);
    expect([...facts.id.subarray(most)]).toEqual(later);
    expect(leftOutFrom).toBe(most > whole.facts.length ? 0 : (whole.facts.at[most - 1] ?? 0));
    expect(summary).toEqual(whole.summary);
  }
});

test("one run has no intervals, from two on every figure has one that holds it", () => {
  expect(run(scenario).summary.intervals).toBeNull();
  const { intervals, requests, availability, byRole } = run(scenario, { runs: 8 }).summary;
  const inside = (interval: { low: number; high: number } | null | undefined, value: number | null | undefined) => {
    expect(interval?.low ?? Number.NaN).toBeLessThanOrEqual(value ?? Number.NaN);
    expect(interval?.high ?? Number.NaN).toBeGreaterThanOrEqual(value ?? Number.NaN);
  };
  inside(intervals?.requests.offered, requests.offered);
  inside(intervals?.requests.failed, requests.failed);
  inside(intervals?.availability.time, availability.time);
  inside(intervals?.byRole[0]?.degradedSeconds, byRole[0]?.degradedSeconds);
  expect(intervals?.availability.atLeast).toBeNull();
});

test("a run in slices is the same run, and can be ended early with what there is", () => {
  const valid = validate(scenario, { runs: 2 });
  const slices = runInSlices(valid, {}, 50);
  let last = 0;
  let step = slices.next();
  while (!step.done) {
    expect(step.value).toBeGreaterThanOrEqual(last);
    last = step.value;
    step = slices.next(true);
  }
  expect(step.value.summary).toEqual(run(valid).summary);
  const early = runInSlices(valid, {}, 50);
  early.next();
  const ended = early.next(false);
  expect(ended.done).toBe(true);
  if (ended.done) {
    const { requests, runs } = ended.value.summary;
    expect(runs).toBe(1);
    expect(requests.succeeded + requests.failed).toBe(requests.offered);
    expect(requests.offered).toBeLessThan(240);
  }
});

test("the order of roles, clients and queues in a scenario does not matter", () => {
  const roles = { a: { kind: "web", instances: 1 }, b: { kind: "web", instances: 1 } } as const;
  const clients = {
    x: { endpoint: "a", arrivals: "poisson(3/s)" },
    y: { endpoint: "b", arrivals: "poisson(2/s)" },
  };
  const written = run({ ...scenario, service: { roles }, clients, faults: [] }).summary;
  const turned = run({
    ...scenario,
    service: { roles: { b: roles.b, a: roles.a } },
    clients: { y: clients.y, x: clients.x },
    faults: [],
  }).summary;
  expect(turned).toEqual(written);
});

test("adding a host, a client or a fault that never strikes shifts nobody's draws", () => {
  const { summary } = run(scenario);
  const more: Scenario = {
    ...scenario,
    datacenter: { hostsPerFaultDomain: 30 },
    clients: { ...scenario.clients, z: { endpoint: "web", arrivals: { instants: ["119s"] } } },
  };
  const added = run(more).summary;
  expect(added.byClient[0]?.offered).toBe(summary.byClient[0]?.offered);
});

test("two lines of a scenario with the same words stay two sources over several runs", () => {
  const crash = { kind: "app-crash", instance: "web/0", repairAfter: "5s" } as const;
  const { requests, intervals } = run(
    {
      ...scenario,
      service: { roles: { web: { kind: "web", instances: 1 } } },
      clients: { a: { endpoint: "web", arrivals: { instants: ["21s", "22s", "71s"] } } },
      faults: [
        { at: "20s", ...crash },
        { at: "70s", ...crash },
      ],
    },
    { runs: 3 },
  ).summary;
  expect(requests.failedByAttribution).toMatchObject([
    { source: "app-crash of web/0", atSeconds: 20, failed: 6 },
    { source: "app-crash of web/0", atSeconds: 70, failed: 3 },
  ]);
  expect(intervals?.requests.failedByAttribution).toEqual([
    { source: "app-crash of web/0", kind: "app-crash", cause: "refused", failed: { low: 9, high: 9 } },
  ]);
});

test("of a run that was ended early, nobody was down for longer than it lasted", () => {
  const valid = validate({ ...scenario, faults: [{ at: "0s", kind: "app-hang", instance: "web/0" }], fabric: { operator: "none" } });
  const slices = runInSlices(valid, {}, 50);
  slices.next();
  const ended = slices.next(false);
  if (!ended.done) throw new Error("it goes on");
  const { simulatedSeconds, instances } = ended.value.summary;
  expect(instances[0]?.downSeconds).toBeLessThanOrEqual(simulatedSeconds);
});
