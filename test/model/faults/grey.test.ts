import { describe, expect, test } from "vitest";
import type { Scenario } from "../../../src/scenario/schema/scenario.ts";
import { validate } from "../../../src/scenario/validate.ts";
import { type Plot, tell } from "../story.ts";

type Probe = NonNullable<Scenario["balancer"]>["probe"];

const plot = (faults: Plot["faults"], more: Partial<Plot> & { probe?: Probe; instances?: number } = {}) => {
  const { probe = "none", instances = 1, ...rest } = more;
  return tell({
    service: { roles: { web: { kind: "web", instances, concurrency: 4, service: "1s" } } },
    balancer: { probe, policy: "round-robin" },
    clients: { users: { endpoint: "web", arrivals: "constant(6/min)", timeout: "60s" } },
    faults,
    horizon: "100s",
    ...rest,
  });
};
const deep = { interval: "5s", evictAfter: "11s", phase: "0s", asks: "application" } as const;

describe("slow", () => {
  test("multiplies the service times of what begins while it lasts, and the instance stays ready and in rotation", () => {
    const { lines, summary } = plot([{ at: "15s", kind: "slow", instance: "web/0", factor: 7, repairAfter: "30s" }], { probe: deep });
    expect(lines(/users \d+ ok/).slice(0, 6)).toEqual([
      "11 users 1 ok",
      "27 users 2 ok",
      "37 users 3 ok",
      "47 users 4 ok",
      "51 users 5 ok",
      "61 users 6 ok",
    ]);
    expect(lines(/web\/0 (out|hung|dead)/)).toEqual([]);
    expect(summary.availability.time).toBe(1);
  });

  test("several at once multiply, and each ends alone", () => {
    const { lines } = plot([
      { at: "5s", kind: "slow", instance: "web/0", factor: 2, repairAfter: "20s" },
      { at: "5s", kind: "slow", instance: "web/0", factor: 3 },
    ]);
    expect(lines(/users [123] ok/)).toEqual(["16 users 1 ok", "26 users 2 ok", "33 users 3 ok"]);
  });

  test("without a repair it ends when the process starts anew", () => {
    const { lines } = plot([
      { at: "5s", kind: "slow", instance: "web/0", factor: 3 },
      { at: "25s", kind: "app-crash", instance: "web/0", repairAfter: "1s" },
    ]);
    expect(lines(/slow/)).toEqual(["5 slow of web/0 strikes", "25 slow of web/0 ends"]);
    expect(lines(/users [23] ok/)).toEqual(["23 users 2 ok", "31 users 3 ok"]);
  });

  test("of a host it reaches every instance there, and those that are placed there while it lasts", () => {
    const { lines } = plot([{ at: "5s", kind: "slow-host", host: "host(0)", factor: 4, repairAfter: "60s" }], {
      datacenter: { faultDomains: 1, hostsPerFaultDomain: 1 },
      operations: [{ at: "15s", kind: "scale", role: "web", instances: 2 }],
    });
    expect(lines(/ to web|ok/).slice(0, 6)).toEqual([
      "10 users 1 to web/0",
      "14 users 1 ok",
      "20 users 2 to web/1",
      "24 users 2 ok",
      "30 users 3 to web/0",
      "34 users 3 ok",
    ]);
    expect(lines(/users 8 ok/)).toEqual(["81 users 8 ok"]);
  });

  test("strikes again and again by a law, each time from when the last one was over", () => {
    const { lines } = plot([{ every: "20s", kind: "slow", instance: "each(web)", repairAfter: "10s" }]);
    expect(lines(/slow.*strikes/).map((line) => line.split(" ")[0])).toEqual(["20", "50", "80"]);
  });
});

describe("app-errors", () => {
  test("fail all responses, or a share of them, with the cause app-error and the fault as their source", () => {
    const all = plot([{ at: "15s", kind: "app-errors", instance: "web/0", repairAfter: "30s" }]).summary.requests;
    expect(all.failedByCause).toEqual({ "app-error": 3 });
    expect(all.failedByAttribution).toMatchObject([{ source: "app-errors of web/0", cause: "app-error", failed: 3 }]);
    const some = plot([{ at: "0s", kind: "app-errors", instance: "web/0", share: "30%" }], {
      clients: { users: { endpoint: "web", arrivals: "constant(10/s)" } },
      service: { roles: { web: { kind: "web", instances: 1, concurrency: 100, service: "10ms" } } },
      horizon: "1000s",
    }).summary.requests;
    expect(some.failed / some.offered).toBeCloseTo(0.3, 1.5);
  });

  test("leave the messages of a worker undeleted, so that they become visible again", () => {
    const { lines } = tell({
      service: { roles: { work: { kind: "worker", instances: 1, queue: "jobs", service: "1s" } } },
      queues: { jobs: { arrivals: { instants: ["10s"] }, visibilityTimeout: "30s" } },
      faults: [{ at: "5s", kind: "app-errors", instance: "work/0", repairAfter: "20s" }],
      horizon: "100s",
    });
    expect(lines(/jobs 1/)).toEqual([
      "10 jobs 1 enqueued",
      "10 jobs 1 taken by work/0",
      "40 jobs 1 visible again",
      "40 jobs 1 taken by work/0",
      "41 jobs 1 completed",
    ]);
  });
});

describe("web-process-crash", () => {
  const faults = [{ at: "15s", kind: "web-process-crash", instance: "web/0", repairAfter: "40s" }];

  test("is not seen by the default probe: the instance stays in rotation and refuses", () => {
    const { lines, summary } = plot(faults, { probe: { ...deep, asks: "agent" }, instances: 2 });
    expect(lines(/web\/0 (in|out)/)).toEqual([]);
    expect(summary.requests.failedByCause).toEqual({ refused: 2 });
    expect(lines(/crash noticed|guest declared/)).toEqual([]);
  });

  test("is seen by a probe of the application, which evicts at its next tick", () => {
    const { lines } = plot(faults, { probe: deep, instances: 2 });
    expect(lines(/web\/0 (in|out)/)).toEqual(["20 web/0 out", "60 web/0 in"]);
  });

  test("without a repair lasts until the role starts anew", () => {
    const { lines } = plot([
      { at: "15s", kind: "web-process-crash", instance: "web/0" },
      { at: "35s", kind: "app-crash", instance: "web/0", repairAfter: "10s" },
    ]);
    expect(lines(/web-process-crash/)).toEqual(["15 web-process-crash of web/0 strikes", "35 web-process-crash of web/0 ends"]);
    expect(lines(/users \d+ refused/)).toEqual(["20 users 2 refused", "30 users 3 refused", "40 users 4 refused"]);
  });
});

describe("flap", () => {
  test("puts an instance out of rotation and back, again and again, until it is repaired", () => {
    const { lines } = plot([{ at: "12s", kind: "flap", instance: "web/0", down: "20s", up: "10s", repairAfter: "70s" }], {
      probe: deep,
      instances: 2,
      horizon: "150s",
    });
    expect(lines(/web\/0 (in|out|hung|ready)/)).toEqual([
      "12 web/0 hung",
      "21 web/0 out",
      "32 web/0 ready",
      "35 web/0 in",
      "42 web/0 hung",
      "51 web/0 out",
      "62 web/0 ready",
      "65 web/0 in",
      "72 web/0 hung",
      "81 web/0 out",
      "82 web/0 ready",
      "85 web/0 in",
    ]);
    expect(lines(/flap/)).toEqual(["12 flap of web/0 strikes", "82 flap of web/0 ends"]);
  });
});

test("slow-boot makes the starts of an instance longer, whatever starts it", () => {
  const { lines } = plot(
    [
      { at: "5s", kind: "slow-boot", instance: "web/0", factor: 3, repairAfter: "60s" },
      { at: "10s", kind: "vm-failure", instance: "web/0", repairAfter: "1s" },
      { at: "80s", kind: "vm-failure", instance: "web/0", repairAfter: "1s" },
    ],
    { fabric: { guestReboot: "10s" } },
  );
  expect(lines(/web\/0 (ready|rebooting)/)).toEqual(["11 web/0 rebooting", "41 web/0 ready", "81 web/0 rebooting", "91 web/0 ready"]);
});

test("overload is put beside slow starts only while they hold the instance back", () => {
  const { summary } = tell({
    service: { roles: { web: { kind: "web", instances: 2, service: "10s", concurrency: 1, queueLimit: 0 } } },
    balancer: { policy: "round-robin" },
    fabric: { guestReboot: "20s" },
    // the third is one too many; while web/0 boots, so is the second
    clients: { a: { endpoint: "web", arrivals: { instants: ["10s", "10s", "10s", "95s", "95s"] } } },
    faults: [
      { at: "5s", kind: "slow-boot", instance: "web/0", factor: 3 },
      { at: "80s", kind: "vm-failure", instance: "web/0", repairAfter: "1s" },
    ],
  });
  expect(summary.requests.failedByAttribution.map(({ cause, failed, source }) => [cause, failed, source])).toEqual([
    ["queue-full", 1, "load"],
    ["queue-full", 1, "load, while slow-boot of web/0 lasted"],
  ]);
});

describe("parameters of faults", () => {
  const mistake = (fault: Record<string, unknown>) => () =>
    validate({
      name: "a",
      horizon: "1min",
      service: { roles: { web: { kind: "web" } } },
      faults: [{ at: "1s", instance: "web/0", ...fault }],
    } as unknown as Scenario);

  test("have bounds, units and defaults, and belong to their kind", () => {
    expect(mistake({ kind: "slow", factor: 0.5 })).toThrow("factor");
    expect(mistake({ kind: "app-errors", share: 0.2 })).toThrow("share");
    expect(mistake({ kind: "app-errors", share: "120%" })).toThrow("nothing is above 100 %");
    expect(mistake({ kind: "app-crash", factor: 2 })).toThrow("factor");
    expect(mistake({ kind: "slow" })).not.toThrow();
  });
});
