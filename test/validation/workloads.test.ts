import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runScenario } from "../../src/experiment/run.ts";
import { factAt } from "../../src/model/factLog.ts";
import { FactKind } from "../../src/model/facts.ts";
import { parse } from "../../src/scenario/parse.ts";
import { validate } from "../../src/scenario/validate.ts";
import { poissonInterval, tInterval } from "../../src/stats/confidence.ts";
import { contains, expectExact, missing, replicate } from "./replications.ts";

const seed = 2;

function workload(name: string): string {
  return readFileSync(new URL(`../../scenarios/bench/${name}.yaml`, import.meta.url), "utf8");
}

describe.concurrent("the workloads of the benchmark, shortened", () => {
  // 0.8/s before a server of 1/s: the wait is 0.8 / 0.2 s on average and longer than ln(0.8 / 0.01) / 0.2 s for one in a hundred
  it("w1: customers of a single server wait as long as theory says", async () => {
    const set = ["horizon=145000s", "measure.warmUp=1000s", "measure.window=145000s"];
    const { estimates } = await replicate(workload("w1-single-server"), { seed, runs: 60, set }, ({ waitingMs }) => ({
      wait: waitingMs.mean,
      waitP99: waitingMs.p99,
    }));
    expectExact(estimates, { wait: 4000 }, 0.1 / 4);
    expectExact(estimates, { waitP99: 21_910.13 }, 0.5 / 21.91);
  });

  // a server crashes every 3900 s, and until two probes have failed, 22.5 s on average, a twentieth of the requests meets it: 0.6 % in all.
  // The ranges of the quantiles are those of an independent program, plus the 0.8 % of a bucket.
  it("w2: the cluster loses what meets a dead server before its probes do, and serves the rest in time", async () => {
    const set = ["horizon=700s", "measure.window=700s"];
    const { estimates, summary } = await replicate(workload("w2-cluster"), { seed, runs: 15, set }, ({ availability, latencyMs }) => ({
      lost: missing(availability.request),
      p50: latencyMs.p50,
      p99: latencyMs.p99,
    }));
    expect(contains(estimates.lost, 0.006), "lost").toBe(true);
    expect(estimates.lost.halfWidth).toBeLessThanOrEqual(0.004);
    expect(contains({ low: 38 / 1.008, high: 39 * 1.008 }, estimates.p50.mean), "p50").toBe(true);
    expect(contains({ low: 250 / 1.008, high: 260 * 1.008 }, estimates.p99.mean), "p99").toBe(true);
    const { refused = 0, crash = 0 } = summary.requests.failedByCause;
    expect((refused + crash) / summary.requests.failed, "share of failures that crashes explain").toBeGreaterThanOrEqual(0.999);
  });

  // two misses, 15 s apart: uniform between 15 and 30 s; who is repaired before, after 300 s on average, is not evicted
  it("w2: the second failed probe takes a dead server out of rotation", () => {
    const set = ["horizon=200000s", "clients.users.arrivals=poisson(0.01/s)"];
    const { facts } = runScenario(validate(parse(workload("w2-cluster")), { seed, set }));
    const crashed = new Map<number, number>();
    const delays: number[] = [];
    for (let place = 0; place < facts.length; place++) {
      const { kind, at, subject, value } = factAt(facts, place);
      if (kind === FactKind.faultStruck) crashed.set(value, at);
      else if (kind === FactKind.rotationChanged && value === 0) delays.push((at - (crashed.get(subject) ?? 0)) / 1e6);
    }
    const delay = tInterval(delays, 0.99);
    expect(delay?.halfWidth).toBeLessThanOrEqual(0.4);
    expect(delay && contains(delay, 22.44), "mean delay").toBe(true);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(15);
    expect(Math.max(...delays)).toBeLessThanOrEqual(30);
  });

  // silence is noticed 15 s after the last of heartbeats 5 s apart, so 10 to 15 s after the failure
  it("w3: dead guests are declared dead 12.5 s after they failed, on average", () => {
    const hours = 4;
    const { facts } = runScenario(validate(parse(workload("w3-heartbeats")), { seed, set: [`horizon=${hours}h`] }));
    const delays: number[] = [];
    for (let place = 0; place < facts.length; place++) {
      const { kind, value } = factAt(facts, place);
      if (kind === FactKind.guestDeclaredDead) delays.push(value / 1e6);
    }
    const delay = tInterval(delays, 0.99);
    expect(delay && contains(delay, 12.5), "mean delay").toBe(true);
    expect(delay?.halfWidth).toBeLessThanOrEqual(0.2);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...delays)).toBeLessThanOrEqual(15);
    expect(contains(poissonInterval(delays.length, 0.99), (100_000 * hours) / (30 * 24)), "number of failures").toBe(true);
  });

  it("w4: twenty instances are up as often as the closed form says", async () => {
    const set = ["horizon=60y", "measure.window=60y"];
    const { estimates } = await replicate(workload("w4-thousand-years"), { seed, runs: 40, set }, ({ availability }) => ({
      down: missing(availability.capacity),
      fewer: missing(availability.atLeast),
    }));
    const rack = 8766 / 8767;
    const host = (2160 / 2160.5) * (14_400 / 14_402);
    expectExact(estimates, { down: 1 - rack * host }, 0.02);
    expectExact(estimates, { fewer: fewerThan16(rack, host) }, 0.05);
  });
});

/** Probability that fewer than 16 of 20 are up: four racks with five hosts each, independent. */
function fewerThan16(rack: number, host: number): number {
  let fewer = 0;
  for (let racks = 0; racks <= 4; racks++) {
    const enough = racks * 5 >= 16 ? atLeast(16, racks * 5, host) : 0;
    fewer += choose(4, racks) * rack ** racks * (1 - rack) ** (4 - racks) * (1 - enough);
  }
  return fewer;
}

function atLeast(least: number, of: number, each: number): number {
  let sum = 0;
  for (let k = least; k <= of; k++) sum += choose(of, k) * each ** k * (1 - each) ** (of - k);
  return sum;
}

function choose(of: number, k: number): number {
  return k === 0 ? 1 : (choose(of - 1, k - 1) * of) / k;
}
