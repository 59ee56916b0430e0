import { describe, expect, test } from "vitest";
import { Estimator } from "../../../src/experiment/estimate/estimate.ts";
import { figureNamesOf, namesOf } from "../../../src/experiment/estimate/figureNames.ts";
import { estimateFigure } from "../../../src/experiment/estimate/interval.ts";
import { type Replication, replicate } from "../../../src/experiment/estimate/replication.ts";
import { runScenario } from "../../../src/experiment/run.ts";
import { readPrecisions } from "../../../src/scenario/precisionText.ts";
import { type ValidScenario, validate } from "../../../src/scenario/validate.ts";
import { plant, station } from "../../validation/cases.ts";

const queue = station({
  name: "queue",
  arrivals: "poisson(2/s)",
  service: "exponential(250ms)",
  concurrency: 1,
  horizon: "5min",
  warmUp: "10s",
});
const valid = validate({ ...queue, expect: ["latency.mean <= 10s", "latency.mean <= 499ms", "latency.mean <= 1ms"] });

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function replicationOf(scenario: ValidScenario, number: number): Replication {
  const steps = replicate(scenario, number);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

function estimateOf(scenario: ValidScenario, precision: string, replications: number) {
  const precisions = precision === "" ? [] : readPrecisions(precision, namesOf(scenario.design));
  const estimator = new Estimator(scenario, { precisions, confidence: 0.95, replications, figures: figureNamesOf(scenario.design) });
  while (!estimator.isDone) estimator.take(replicationOf(scenario, estimator.taken));
  return estimator.result();
}

describe("an estimate", () => {
  test("is of the same replications as a run with so many of them", () => {
    const estimate = estimateOf(valid, "", 5);
    const { summary } = runScenario({ ...valid, runs: 5 });
    expect(estimate.fingerprint).toBe(summary.fingerprint);
    expect(estimate.events).toBe(summary.events);
    const mean = estimate.figures.find(({ metric }) => metric === "latency.mean");
    // one ratio of sums over all of them, as the pooled mean is
    expect(mean?.value).toBeCloseTo(summary.latencyMs.mean ?? 0, 6);
  });

  test("stops when it is as exact as was asked, and not long after", () => {
    const estimate = estimateOf(valid, "latency.mean ±10%", 1000);
    const [mean] = estimate.precisions;
    expect(estimate.reached).toBe(true);
    expect(estimate.replications).toBeGreaterThanOrEqual(10);
    expect(estimate.replications).toBeLessThan(1000);
    const half = ((mean?.high ?? 0) - (mean?.low ?? 0)) / 2;
    expect(half).toBeLessThanOrEqual((0.1 / 1.1) * (mean?.value ?? 0));
    const before = estimateOf(valid, "", estimate.replications - Math.ceil(estimate.replications * 0.05) - 1);
    const wider = before.figures.find(({ metric }) => metric === "latency.mean");
    if (before.replications >= 10) expect(((wider?.high ?? 0) - (wider?.low ?? 0)) / 2).toBeGreaterThan((0.1 / 1.1) * (wider?.value ?? 0));
  });

  test("says so when the replications permitted do not suffice", () => {
    const estimate = estimateOf(valid, "latency.mean ±0.01%", 12);
    expect(estimate.replications).toBe(12);
    expect(estimate.reached).toBe(false);
  });

  test("judges an expectation by the whole interval", () => {
    const { expectations, figures } = estimateOf(valid, "", 20);
    const mean = figures.find(({ metric }) => metric === "latency.mean");
    expect(mean?.low).toBeLessThan(499);
    expect(mean?.high).toBeGreaterThan(499);
    expect(expectations.map(({ verdict }) => verdict)).toEqual(["met", "undecided", "missed"]);
  });

  test("refuses a replication out of turn", () => {
    const estimator = new Estimator(valid, { precisions: [], confidence: 0.95, replications: 3, figures: [] });
    expect(() => estimator.take(replicationOf(valid, 1))).toThrow("not the next one");
  });

  test("covers the exact mean time in M/M/1 in about 95 of 100 cases", () => {
    let covered = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { figures } = estimateOf(validate({ ...queue, seed }), "", 10);
      const mean = figures.find(({ metric }) => metric === "latency.mean");
      // from 10 s on the queue has forgotten that it began empty
      if (mean?.low != null && mean.high != null && mean.low <= 500 && mean.high >= 500) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(89);
  });
});

describe("figures with their own intervals", () => {
  const hosts = validate(
    plant({
      name: "hosts",
      faultDomains: 1,
      hostsPerFaultDomain: 2,
      faults: [{ every: "exponential(100h)", kind: "host-failure", host: "each(host)", repairAfter: "exponential(1h)" }],
      atLeast: 1,
      horizon: "100d",
    }),
  );
  const [time] = figureNamesOf(hosts.design).filter(({ metric }) => metric === "availability.time");

  test("few outages have the exact interval of a Poisson count", () => {
    if (time === undefined) throw new Error("no availability by time");
    const runs = Array.from({ length: 4 }, (_, number) => replicationOf(hosts, number).figures);
    const outages = sum(runs.map(({ downtime }) => downtime.outages));
    expect(outages).toBeGreaterThan(0);
    expect(outages).toBeLessThan(10);
    const figure = estimateFigure(time, runs, 0.95);
    expect(figure.method).toContain("exact Poisson");
    const mean = sum(runs.map(({ availability }) => 1 - (availability.time ?? 0))) / runs.length;
    expect(1 - (figure.value ?? 0)).toBeCloseTo(mean, 12);
    expect(figure.low).toBeLessThan(1 - mean);
    expect(figure.high).toBeGreaterThan(1 - mean);
  });

  test("no outage at all says nothing of how long one would be", () => {
    if (time === undefined) throw new Error("no availability by time");
    const runs = Array.from({ length: 40 }, (_, number) => replicationOf(hosts, number).figures).filter(
      ({ downtime }) => downtime.outages === 0,
    );
    expect(runs.length).toBeGreaterThan(1);
    const figure = estimateFigure(time, runs, 0.95);
    expect(figure).toMatchObject({ value: 1, low: null, high: 1 });
    expect(figure.method).toContain("no outage in");
  });

  test("an extreme has none", () => {
    const max = figureNamesOf(valid.design).find(({ metric }) => metric === "latency.max");
    if (max === undefined) throw new Error("no latency.max");
    const runs = [0, 1, 2].map((number) => replicationOf(valid, number).figures);
    const figure = estimateFigure(max, runs, 0.95);
    expect(figure.value).toBe(Math.max(...runs.map(({ latencyMs }) => latencyMs.max ?? 0)));
    expect(figure.low).toBeNull();
  });

  test("no failure in n requests leaves three in n", () => {
    const request = figureNamesOf(valid.design).find(({ metric }) => metric === "availability.request");
    if (request === undefined) throw new Error("no availability.request");
    const runs = [0, 1].map((number) => replicationOf(valid, number).figures);
    const offered = sum(runs.map(({ requests }) => requests.offered));
    const figure = estimateFigure(request, runs, 0.95);
    expect(figure.value).toBe(1);
    expect((1 - (figure.low ?? 0)) * offered).toBeCloseTo(2.9957, 3);
  });
});
