import { expect, test } from "vitest";
import { run } from "../../src/experiment/library.ts";
import type { Scenario } from "../../src/scenario/schema/scenario.ts";

test("a queue that fills after the measured time was not deep in it, whether or not its last windows saw a change", () => {
  const scenario: Scenario = {
    name: "late",
    preset: "ideal",
    horizon: "1min",
    service: { roles: { work: { kind: "worker", instances: 1, queue: "jobs" } } },
    queues: { jobs: { arrivals: { instants: ["1s", "55s", "55s", "55s", "55s", "55s", "55s", "55s", "55s", "55s", "55s"] } } },
    faults: [{ at: "500ms", kind: "vm-failure", instance: "work/0", repairAfter: "1h" }],
    fabric: { healing: "none" },
    measure: { to: "50s", window: "7s" },
  };
  const [jobs] = run(scenario).summary.queues;
  expect(jobs).toMatchObject({ enqueued: 11, depthMax: 1 });
});
