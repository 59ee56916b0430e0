import { describe, expect, it } from "vitest";
import { runScenario } from "../../src/experiment/run.ts";
import { factAt } from "../../src/model/factLog.ts";
import { FactKind } from "../../src/model/facts.ts";
import { parse } from "../../src/scenario/parse.ts";
import { validate } from "../../src/scenario/validate.ts";

describe("jobs that share one core", () => {
  const scenario = `
name: sharing
preset: ideal
horizon: 1min
service:
  roles:
    server: { kind: web, size: Small, instances: 1, concurrency: 100, discipline: processor-sharing }
balancer: { probe: none }
clients:
  users: { endpoint: server, arrivals: { instants: [0s, 3s, 3s, 10s], demands: [8s, 8s, 1s, 500ms] }, timeout: never }
`;

  // 3 s alone; three share until the short one is done at 6 s; two until 10 s, three until 11.5 s, two until 14.5 s, the last alone
  it("finish at the exact microsecond", () => {
    const { facts } = runScenario(validate(parse(scenario)), { everyFact: true });
    const finished: { arrived: number; at: number }[] = [];
    for (let place = 0; place < facts.length; place++) {
      const { kind, at, value } = factAt(facts, place);
      if (kind === FactKind.requestSucceeded) finished.push({ arrived: at - value, at });
    }
    expect(finished).toEqual([
      { arrived: 3_000_000, at: 6_000_000 },
      { arrived: 10_000_000, at: 11_500_000 },
      { arrived: 0, at: 14_500_000 },
      { arrived: 3_000_000, at: 17_500_000 },
    ]);
  });
});

describe("an upgrade of ten instances in five upgrade domains", () => {
  const scenario = `
name: upgrade
preset: ideal
horizon: 1h
service:
  upgradeDomains: 5
  roles:
    web: { kind: web, instances: 10, service: 100ms, onStop: 30s, onStart: 90s }
fabric: { install: 120s }
operations:
  - { kind: upgrade, at: 10min, version: v2 }
measure: { warmUp: 10min, to: 30min }
`;

  // two instances at a time are away for 30 s + 120 s + 90 s, five times in a row
  it("takes exactly 20 minutes, never has fewer than 8 in service and loses 2400 instance-seconds", () => {
    const { summary } = runScenario(validate(parse(scenario)));
    const [operation] = summary.operations;
    expect(operation).toMatchObject({ outcome: "succeeded", startedAtSeconds: 600, finishedAtSeconds: 1800 });
    expect(summary.byRole[0]).toMatchObject({ asked: 10, readyMin: 8, readyMean: 8, degradedSeconds: 1200 });
    expect(summary.availability.capacity).toBe(0.8);
    expect(summary.instances.map(({ downSeconds }) => downSeconds)).toEqual(new Array(10).fill(240));
  });
});
