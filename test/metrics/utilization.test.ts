import { describe, expect, it } from "vitest";
import { type Plot, tell } from "../model/story.ts";

const web = { kind: "web" as const, instances: 1, concurrency: 1, service: "constant(10s)" };
const at = (...instants: string[]) => ({ instants });
const users = (instants: string[], timeout = "never") => ({ users: { endpoint: "web", arrivals: at(...instants), timeout } });

function plot(role: object, clients: NonNullable<Plot["clients"]>, more: Partial<Plot> = {}): Plot {
  return {
    horizon: "100s",
    balancer: { policy: "round-robin", probe: "none" },
    service: { roles: { web: { ...web, ...role } } },
    clients,
    ...more,
  };
}

const utilization = (of: Plot): number | null | undefined => tell(of).summary.byRole[0]?.utilization;

describe("utilization of a role", () => {
  it("is the share of slot time that was busy", () => {
    expect(utilization(plot({ instances: 2, concurrency: 2 }, users(["0s", "1s", "50s"])))).toBe(30 / 400);
  });

  it("counts work that the client has given up on", () => {
    const zombies = plot({}, users(["0s", "50s"], "2s"));
    expect(tell(zombies).summary.requests.succeeded).toBe(0);
    expect(utilization(zombies)).toBe(20 / 100);
  });

  it("counts only what was done of work that is stopped when its client gives up", () => {
    expect(utilization(plot({ cancelOnTimeout: true }, users(["0s", "50s"], "2s")))).toBe(4 / 100);
  });

  it("counts what is still in service at the end", () => {
    expect(utilization(plot({}, users(["95s"])))).toBe(5 / 100);
  });

  it("takes of each service what lies in the measured time", () => {
    const measure = { warmUp: "20s", to: "60s" };
    expect(utilization(plot({}, users(["15s", "58s", "90s"]), { measure }))).toBe((5 + 2) / 40);
  });

  it("leaves out instances while they do not serve, with what they hold then", () => {
    // half of the time there is one instance; what it holds when it crashes was work
    const crash = plot({ instances: 2 }, users(["40s", "41s"]), {
      faults: [{ at: "45s", kind: "app-crash", instance: "web/0", repairAfter: "50s" }],
    });
    expect(utilization(crash)).toBe((5 + 10) / 150);
    const paused = plot({}, users(["40s"]), { faults: [{ at: "45s", kind: "pause", instance: "web/0", repairAfter: "20s" }] });
    expect(utilization(paused)).toBe(10 / 80);
  });

  it("leaves out instances that drain", () => {
    const drained = plot({ instances: 2 }, users(["40s", "41s"]), {
      operations: [{ at: "45s", kind: "scale", role: "web", instances: 1 }],
    });
    // one of the two drains from second 45 on, with what it holds
    expect(utilization(drained)).toBe(
      (5 +
        10 -
        (tell(drained)
          .lines(/web\/1 draining/)[0]
          ?.startsWith("45")
          ? 1
          : 0)) /
        145,
    );
  });

  it("is of cores that compute, under processor sharing", () => {
    const shared = { concurrency: 100, discipline: "processor-sharing" as const, size: "Medium" };
    // two cores: one job uses one of them, three jobs both
    expect(utilization(plot({ ...shared, scaleBySize: false }, users(["0s"])))).toBe(10 / 200);
    expect(utilization(plot({ ...shared, scaleBySize: false }, users(["0s", "0s", "0s"], "2s")))).toBe(30 / 200);
    expect(utilization(plot({ ...shared, scaleBySize: false }, users(["98s", "98s", "98s"]), { measure: { warmUp: "99s" } }))).toBe(1);
  });

  it("weighs versions by how many slots they have", () => {
    const upgraded = plot({}, users(["0s", "60s"]), {
      operations: [{ at: "50s", kind: "upgrade", version: "v2", roles: { web: { concurrency: 4 } }, mode: "simultaneous" }] as never,
    });
    expect(utilization(upgraded)).toBe((10 + 10) / (50 + 50 * 4));
  });

  it("counts workers that fail their jobs or die with them", () => {
    const { summary } = tell({
      horizon: "100s",
      service: { roles: { worker: { kind: "worker", instances: 1, concurrency: 1, queue: "jobs", service: "constant(10s)" } } },
      queues: { jobs: { arrivals: at("0s", "50s"), visibilityTimeout: "1h" } },
      faults: [{ at: "55s", kind: "app-crash", instance: "worker/0", repairAfter: "25s" }],
    });
    expect(summary.byRole[0]?.utilization).toBe(15 / 75);
  });

  it("is of production, whichever deployment that is", () => {
    const swapped = plot(
      { instances: 1 },
      { ...users(["0s", "60s"]), testers: { endpoint: "web", slot: "staging", arrivals: at("20s", "45s"), timeout: "never" } } as never,
      {
        operations: [
          { at: "10s", kind: "deploy", slot: "staging", version: "v2" },
          { at: "50s", kind: "swap" },
        ] as never,
      },
    );
    // the job that staging began at second 45 is done in production
    expect(utilization(swapped)).toBe((10 + 5 + 10) / 100);
  });

  it("is unknown without instances that serve", () => {
    expect(utilization(plot({}, users(["0s"]), { faults: [{ at: "0s", kind: "app-hang", instance: "web/0" }] }))).toBeNull();
  });
});
