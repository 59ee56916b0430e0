import fc from "fast-check";
import { type AutoscalePolicy, always, arb, check, type FaultInput, type Operation, type Scenario } from "nines/testing";
import { expect, test } from "vitest";

/** Keeps processors half busy, by the last value of the first rule. Its author did not think of the minutes in which nothing can be measured. */
const halfBusy: AutoscalePolicy = {
  kind: "half-busy",
  want({ asked, max, measured, min }) {
    const [cpu = []] = measured;
    const last = cpu[cpu.length - 1] ?? 0;
    return Math.min(max, Math.max(min, Math.ceil((asked * last) / 50)));
  },
};

/** The same, repaired: however little can be measured, there are as many as the setting says for such a case. */
const halfBusyAtBest: AutoscalePolicy = {
  kind: "half-busy",
  want: (view) => Math.max(view.default, halfBusy.want(view)),
};

/** Six instances carry this load half busy; four are too few. */
const scenario: Scenario = {
  name: "own autoscaler",
  preset: "ideal",
  horizon: "6min",
  datacenter: { faultDomains: 1, hostsPerFaultDomain: 4 },
  service: { roles: { web: { kind: "web", size: "Small", instances: 6, concurrency: 1, service: "500ms" } } },
  clients: { browsers: { endpoint: "web", arrivals: "constant(6/s)", timeout: "5s" } },
  autoscale: {
    job: "30s",
    grain: "30s",
    metricDelay: "0s",
    roles: {
      web: {
        policy: "half-busy",
        capacity: { min: 2, max: 8, default: 5 },
        rules: [{ metric: "cpu", operator: ">", threshold: 50, scale: "out", window: "30s" }],
      },
    },
  },
};

const enough = always(
  "at least five instances are asked for",
  (moment) => moment.asked("web") >= 5,
  (moment) => `${moment.asked("web")} are asked for`,
);

const drawn = fc.record({
  faults: arb.faultSchedule(scenario, { size: "small", kinds: ["app-crash", "vm-failure", "host-failure", "rack-power", "rack-switch"] }),
  operations: arb.operations(scenario, { size: "small", kinds: ["reboot", "reimage", "remote-desktop"] }),
});

/** Whether the policy keeps enough instances whatever fails and whatever is done. */
const keepsEnough = (policy: AutoscalePolicy) =>
  fc.property(drawn, (more) => {
    check({ ...scenario, ...more }, { policies: [policy], properties: [enough], replayTwice: false });
  });

test("without faults the policy does what it should", () => {
  const { summary } = check(scenario, { policies: [halfBusy], properties: [enough] });
  expect(summary.requests.failed).toBe(0);
});

test("the bug of the policy is found, and shrinks to what it takes", () => {
  const { counterexample, errorInstance, failed } = fc.check(keepsEnough(halfBusy), { numRuns: 100, seed: 1 });
  expect(failed).toBe(true);
  expect(String(errorInstance)).toContain("at least five instances are asked for");
  const [{ faults, operations }] = counterexample as [{ faults: FaultInput[]; operations: Operation[] }];
  expect(faults.length + operations.length).toBeLessThanOrEqual(3);
});

test("the repaired policy keeps enough instances whatever happens", () => {
  fc.assert(keepsEnough(halfBusyAtBest), { numRuns: 25, seed: 1 });
});
