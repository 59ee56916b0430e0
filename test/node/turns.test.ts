import { describe, expect, it } from "vitest";
import { runScenario } from "../../src/experiment/run.ts";
import { runInTurns } from "../../src/node/turns.ts";
import { validate } from "../../src/scenario/validate.ts";

const scenario = validate({
  name: "busy",
  horizon: "2h",
  service: { roles: { web: { kind: "web", instances: 2, service: "lognormal(80ms, 1.2)" } } },
  clients: { browsers: { endpoint: "web", arrivals: "poisson(20/s)", timeout: "10s" } },
});

describe("a run in turns", () => {
  it("is the same as one in a piece", async () => {
    const told: number[] = [];
    const inTurns = await runInTurns(scenario, (done) => told.push(done) > 0);
    expect(inTurns.summary.fingerprint).toBe(runScenario(scenario).summary.fingerprint);
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    expect(inTurns.summary.wallSeconds).toBeGreaterThan(0);
    expect(inTurns.summary.peakMiB).toBeGreaterThan(10);
  });

  it("ends early with what there is once nobody wants more", async () => {
    const { summary } = await runInTurns(scenario, (done) => done < 0.3);
    expect(summary.simulatedSeconds).toBeGreaterThan(0.3 * 7200);
    expect(summary.simulatedSeconds).toBeLessThan(0.9 * 7200);
    expect(summary.requests.offered).toBeGreaterThan(1000);
  });

  it("leaves others their turn", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await runInTurns({ ...scenario, runs: 4 }, () => true);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });
});
